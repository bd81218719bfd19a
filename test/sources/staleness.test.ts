import { describe, expect, it } from 'vitest'
import type { SourceHealth } from '../../src/sources/source-health.js'
import { staleSources } from '../../src/sources/staleness.js'

const aSource = (lagSeconds: number | null): SourceHealth => ({
  accountSid: 'AC1',
  source: 'calls',
  lastSuccessAt: null,
  lagSeconds,
  error: null,
  errorKind: null,
})
const stale = (lagSeconds: number | null, intervalSeconds: number, watchedForSeconds: number) =>
  staleSources([aSource(lagSeconds)], { intervalSeconds, watchedForSeconds }).length === 1

describe('a source', () => {
  it('is stale once three intervals have passed without a good sweep', () => {
    expect(stale(900, 300, 10_000)).toBe(false)
    expect(stale(901, 300, 10_000)).toBe(true)
  })

  it('gets a minute however short the interval', () => {
    expect(stale(60, 1, 10_000)).toBe(false)
    expect(stale(61, 1, 10_000)).toBe(true)
  })

  it('that was never read is stale once the process has watched that long', () => {
    expect(stale(null, 300, 900)).toBe(false)
    expect(stale(null, 300, 901)).toBe(true)
  })

  it('gets its time after a start, however long nobody watched', () => {
    expect(stale(1_000_000, 300, 10)).toBe(false)
  })
})
