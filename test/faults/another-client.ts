import { setTimeout as pause } from 'node:timers/promises'
import type { Product } from '../fixtures/product.js'
import { quantile } from './report.js'

/** A key of its own, so that what one holder does is told apart from what another one gets. */
export async function aKey(product: Product, name: string): Promise<string> {
  const { createApiKey } = await product.graphql<{ createApiKey: { key: string } }>(
    'mutation ($name: String!) { createApiKey(input: { name: $name, scopes: [READ] }) { key } }',
    { name },
  )
  return createApiKey.key
}

/** How somebody was served over a while. */
export interface Service {
  readonly p99Ms: number
  readonly count: number
  /** What was not answered as it must be, in words. */
  readonly failures: readonly string[]
}

/** How long the one client waits between two questions, in milliseconds. */
const BETWEEN_MS = 50

/** Somebody with a key of their own who asks all the while, until `during` is over. */
export async function servedDuring<Result>(
  product: Product,
  key: string,
  during: () => Promise<Result>,
): Promise<{ service: Service; result: Result }> {
  const took: number[] = []
  const failures: string[] = []
  const end = new AbortController()
  const asking = (async () => {
    while (!end.signal.aborted) {
      const askedAt = performance.now()
      try {
        const response = await fetch(`${product.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-api-key': key },
          body: '{"query":"{ logs(first: 10) { nodes { id status } } }"}',
        })
        const text = await response.text()
        if (response.status !== 200 || text.includes('"errors"')) failures.push(`another client: ${text}`)
      } catch (thrown) {
        failures.push(`another client was not answered: ${String(thrown)}`)
      }
      took.push(performance.now() - askedAt)
      await pause(BETWEEN_MS)
    }
  })()
  try {
    const result = await during()
    return { result, service: { p99Ms: Math.round(quantile(took, 0.99)), count: took.length, failures } }
  } finally {
    end.abort()
    await asking
  }
}

/**
 * Whether a client was served well enough: within `limitMs` (p99), or on a machine that is that busy anyway within twice what it took
 * when all was quiet.
 */
export function badService(during: Service, quiet: Service, limitMs: number): string[] {
  const most = Math.max(limitMs, 2 * quiet.p99Ms)
  const slow = during.p99Ms > most ? [`another client waited ${during.p99Ms} ms (p99)`] : []
  return [...slow, ...during.failures.slice(0, 3)]
}
