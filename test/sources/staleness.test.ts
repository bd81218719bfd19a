import { describe, expect, it } from 'vitest'
import type { PolledSource } from '../../src/sources/source-health.js'
import { latenessOf } from '../../src/sources/staleness.js'

const aSource = (fields: Partial<PolledSource>): PolledSource => ({
  accountSid: 'AC1',
  source: 'calls',
  lastSuccessAt: null,
  lagSeconds: 0,
  error: null,
  errorKind: null,
  failures: 0,
  dueInSeconds: 0,
  watchedForSeconds: 10_000,
  ...fields,
})
const judged = (fields: Partial<PolledSource>, intervalSeconds = 300) => {
  const { late, stale } = latenessOf([aSource(fields)], intervalSeconds)
  return stale.length === 1 ? 'stale' : late.length === 1 ? 'late' : 'fine'
}

describe('a source', () => {
  it('is stale once three intervals have passed without a good sweep', () => {
    expect(judged({ lagSeconds: 900 })).toBe('fine')
    expect(judged({ lagSeconds: 901 })).toBe('stale')
  })

  it('gets a minute however short the interval', () => {
    expect(judged({ lagSeconds: 60 }, 1)).toBe('fine')
    expect(judged({ lagSeconds: 61 }, 1)).toBe('stale')
  })

  it('that was never read is stale once it has been watched that long', () => {
    expect(judged({ lagSeconds: null, watchedForSeconds: 900 })).toBe('late')
    expect(judged({ lagSeconds: null, watchedForSeconds: 901 })).toBe('stale')
  })

  it('gets its time where nobody watched, but what was said of it is not over', () => {
    expect(judged({ lagSeconds: 1_000_000, watchedForSeconds: 10 })).toBe('late')
  })

  it('is excused by one failed poll until that is tried again, and a minute for the try', () => {
    const failedOnce = { lagSeconds: 905, failures: 1 }
    expect(judged({ ...failedOnce, dueInSeconds: 10 })).toBe('late')
    expect(judged({ ...failedOnce, dueInSeconds: -59 })).toBe('late')
    expect(judged({ ...failedOnce, dueInSeconds: -60 })).toBe('stale')
    expect(judged({ ...failedOnce, failures: 2, dueInSeconds: 1_200 })).toBe('stale')
  })
})
