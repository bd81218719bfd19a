/** Whole numbers from `from` to `to`, both included. */
export interface Interval {
  readonly from: number
  readonly to: number
}

/** The same numbers as sorted intervals that neither overlap nor touch. */
export function merged(intervals: readonly Interval[]): readonly Interval[] {
  const result: Interval[] = []
  for (const next of [...intervals].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last && next.from <= last.to + 1) {
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, next.to) }
    } else {
      result.push(next)
    }
  }
  return result
}

/** The numbers of `intervals` that are not in `removed`; both as `merged` leaves them. */
export function without(intervals: readonly Interval[], removed: readonly Interval[]): readonly Interval[] {
  const result: Interval[] = []
  let first = 0
  for (const { from, to } of intervals) {
    while (first < removed.length && removed[first]!.to < from) first++
    let start = from
    for (let at = first; at < removed.length && removed[at]!.from <= to; at++) {
      const hole = removed[at]!
      if (hole.from > start) result.push({ from: start, to: hole.from - 1 })
      start = hole.to + 1
    }
    if (start <= to) result.push({ from: start, to })
  }
  return result
}

/** Whether `value` lies in one of the `intervals`, which are as `merged` leaves them: a binary search. */
export function contains(intervals: readonly Interval[], value: number): boolean {
  let low = 0
  let high = intervals.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const { from, to } = intervals[middle]!
    if (value < from) high = middle - 1
    else if (value > to) low = middle + 1
    else return true
  }
  return false
}

/** How many numbers the intervals hold together. */
export function sizeOf(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, { from, to }) => sum + to - from + 1, 0)
}
