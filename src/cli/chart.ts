const LEVELS = '▁▂▃▄▅▆▇█'

/** One row of a small chart: a bar for each count, the highest a full one; a dot where there is nothing. */
export function sparkline(counts: readonly number[]): string {
  const most = Math.max(...counts, 1)
  return counts
    .map((count) => (count === 0 ? '·' : LEVELS[Math.ceil((count / most) * LEVELS.length) - 1]))
    .join('')
}

/** The ends of a chart's time under it, left and right. */
export function timeAxis(from: string, until: string, width: number): string {
  const [left, right] = [from, until].map((time) => time.slice(0, 16).replace('T', ' '))
  return `${left}${(right ?? '').padStart(Math.max(width - (left ?? '').length, (right ?? '').length + 1))}`
}
