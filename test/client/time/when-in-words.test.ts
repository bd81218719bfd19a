import { describe, expect, it } from 'vitest'
import { whenInWords } from '../../../client/src/time/when-in-words.js'
import { atSecond } from '../samples.js'

describe('from when to when', () => {
  const noon = atSecond(0)
  const later = atSecond(5_400)

  it('is a span up to now, a beginning, an end or both, in the zone asked for', () => {
    const inUtc = (since: string, until: string) => whenInWords({ since, until }, 'utc')
    expect(inUtc('24h', '')).toBe('Last 24 h')
    expect(inUtc('90m', '')).toBe('Last 90 min')
    expect(inUtc(noon, '')).toBe('Since 1 Mar, 12:00')
    expect(inUtc('', noon)).toBe('Until 1 Mar, 12:00')
    expect(inUtc(noon, later)).toBe('1 Mar, 12:00 – 1 Mar, 13:30')
  })

  it('is nothing where it is all of time', () => {
    expect(whenInWords({ since: '', until: '' }, 'utc')).toBeNull()
  })
})
