import { describe, expect, it } from 'vitest'
import { isSkewed, secondsAhead, skewInWords } from '../../src/watch/clock-skew.js'

const at = (second: number) => new Date(1_000 * second)
const look = (before: number, database: number, after: number) =>
  secondsAhead({ before: at(before), database: at(database), after: at(after) })

describe('the clock of a process', () => {
  it('agrees with that of the database where its answer came in between, however long that took', () => {
    expect(look(100, 100, 101)).toBe(0)
    expect(look(100, 100, 400)).toBe(0)
    expect(look(100, 400, 400)).toBe(0)
  })

  it('is ahead or behind by what no delay explains', () => {
    expect(look(400, 100, 401)).toBe(300)
    expect(look(100, 400, 101)).toBe(-299)
  })

  it('is worth a word where that is more than a minute', () => {
    expect([60, 61, -60, -61].map(isSkewed)).toEqual([false, true, false, true])
  })

  it('is told with which way and how far', () => {
    expect(skewInWords(300)).toMatch(/^The clock of this process is 300 s ahead of the database's/)
    expect(skewInWords(-300)).toMatch(/^The clock of this process is 300 s behind the database's/)
  })
})
