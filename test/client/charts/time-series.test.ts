import { describe, expect, it } from 'vitest'
import { type Counted, seriesOf, shares, stacked } from '../../../client/src/charts/time-series.js'

const counted: Counted = {
  groups: [
    { key: 'delivered', count: 9 },
    { key: 'failed', count: 3 },
    { key: 'other', count: 2 },
  ],
  buckets: [
    {
      counts: [
        { key: 'delivered', count: 4 },
        { key: 'failed', count: 3 },
      ],
    },
    { counts: [] },
    {
      counts: [
        { key: 'delivered', count: 5 },
        { key: 'other', count: 2 },
      ],
    },
  ],
}
const upper = (key: string): string => key.toUpperCase()

describe('series', () => {
  it('have a figure for each bucket, and one for what is beyond the largest groups', () => {
    const series = seriesOf(counted, upper, () => null)
    expect(series.map(({ name, values }) => [name, ...values])).toEqual([
      ['DELIVERED', 4, 0, 5],
      ['FAILED', 3, 0, 0],
      ['OTHER', 0, 0, 2],
    ])
  })

  it('count groups for which there is no colour left among the rest', () => {
    const series = seriesOf(counted, upper, () => null, 1)
    expect(series.map(({ name, values }) => [name, ...values])).toEqual([
      ['DELIVERED', 4, 0, 5],
      ['OTHER', 3, 0, 2],
    ])
  })

  it('get the colour that they like, each another one', () => {
    const liked = seriesOf(counted, upper, () => '--series-5')
    expect(liked[0]?.colour).toBe('--series-5')
    expect(new Set(liked.map(({ colour }) => colour)).size).toBe(3)
  })

  it('stand on one another', () => {
    expect(stacked(seriesOf(counted, upper, () => null))).toEqual([
      [4, 0, 5],
      [7, 0, 5],
      [7, 0, 7],
    ])
  })
})

describe('a share', () => {
  it('is in percent, and is missing where there is nothing to compare', () => {
    expect(shares([1, 0, null], [4, 0, 5])).toEqual([25, null, 0])
  })
})
