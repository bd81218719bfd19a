import type { HealthQuery } from '../../client/src/api/documents.js'

export function aHealth(what: Partial<HealthQuery['health']> = {}): HealthQuery['health'] {
  return {
    status: 'ok',
    demo: false,
    version: '0.1.0',
    database: 'embedded',
    jobs: 'postgres',
    pubsub: 'memory',
    messages: [],
    sources: [],
    ...what,
  }
}

/** The moment so many seconds after noon of the day of the samples. */
export function atSecond(seconds: number): string {
  return new Date(Date.UTC(2026, 2, 1, 12) + seconds * 1_000).toISOString()
}
