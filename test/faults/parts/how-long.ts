import { quantile } from '../report.js'

/** How long one piece of work took, in milliseconds. */
export interface Times {
  readonly middle: number
  /** The longest of all: on a machine that does something else meanwhile, that too. */
  readonly most: number
}

/** Often enough that the middle is of code that is warm. */
const TIMES = 15

export function howLong(work: () => unknown): Times {
  const took = Array.from({ length: TIMES }, () => {
    const begunAt = performance.now()
    work()
    return performance.now() - begunAt
  })
  return { middle: quantile(took, 0.5), most: quantile(took, 1) }
}

export function slowest(all: readonly Times[]): Times {
  return {
    middle: Math.max(...all.map(({ middle }) => middle)),
    most: Math.max(...all.map(({ most }) => most)),
  }
}

/** For the notes of a row. */
export const inWords = ({ middle, most }: Times): string =>
  `${Math.round(middle)} ms in the middle of its times, ${Math.round(most)} ms at most`
