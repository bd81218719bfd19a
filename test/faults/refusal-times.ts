import type { Draws } from '../../src/demo/draws.js'
import { quantile } from './report.js'

/** Answers of each kind whose times are compared. */
const TIMED = 5_000
/** Of all answers the slowest part says something of the machine only. */
const KEPT = 0.9
/** From here on a difference of two means is none by chance (one in a hundred thousand). */
export const SIGNIFICANT = 4.5

/**
 * Whether what is nearly right is refused at another time than what is right in nothing but its form: Welch's t of 5,000 answers each,
 * asked for in turn. From {@link SIGNIFICANT} on, either way, the time tells of it.
 * @param refuse asks with one of them, and throws where it is not refused
 */
export async function differenceInTime(
  draws: Draws,
  { nearly, not }: { readonly nearly: string; readonly not: string },
  refuse: (one: string) => Promise<void>,
): Promise<number> {
  const times = new Map<string, number[]>([
    [nearly, []],
    [not, []],
  ])
  for (let n = 0; n < TIMED; n++)
    for (const one of draws.chance(0.5) ? [nearly, not] : [not, nearly]) {
      const askedAt = performance.now()
      await refuse(one)
      times.get(one)?.push(performance.now() - askedAt)
    }
  const most = quantile([...times.values()].flat(), KEPT)
  const [a, b] = [...times.values()].map((all) => spread(all.filter((time) => time <= most)))
  return a && b ? (a.mean - b.mean) / Math.sqrt(a.variance / a.count + b.variance / b.count) : 0
}

/** The same text with every letter and digit another one. */
export function otherThan(text: string): string {
  return text.replaceAll(/\w/g, (one) => (one === 'x' ? 'y' : 'x'))
}

function spread(values: readonly number[]): { mean: number; variance: number; count: number } {
  const count = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1)
  return { mean, variance, count }
}
