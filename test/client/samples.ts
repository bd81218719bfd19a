import type { HealthQuery } from '../../client/src/api/documents.js'
import type { Log } from '../../client/src/logs/log.js'

export function aLog(what: Partial<Log> = {}): Log {
  return {
    id: 'log-1',
    logType: 'MESSAGE',
    timestamp: '2026-03-01T12:00:00.000Z',
    twilioSid: 'SM1',
    status: 'sent',
    errorCode: null,
    fromNumber: '+12025550110',
    toNumber: '+14155550123',
    text: 'Hello',
    updatedAt: '2026-03-01T12:00:01.000Z',
    ...what,
  }
}

export function aHealth(what: Partial<HealthQuery['health']> = {}): HealthQuery['health'] {
  return {
    status: 'ok',
    demo: false,
    version: '0.1.0',
    database: 'embedded',
    jobs: 'postgres',
    pubsub: 'memory',
    notices: [],
    sources: [],
    ...what,
  }
}

/** The moment so many seconds after noon of the day of the samples. */
export function atSecond(seconds: number): string {
  return new Date(Date.UTC(2026, 2, 1, 12) + seconds * 1_000).toISOString()
}
