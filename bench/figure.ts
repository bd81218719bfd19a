/** One measured figure beside what it is to reach. */
export interface Figure {
  /** What was measured, in words. */
  readonly what: string
  /** The product and its limit or peer, each with its unit. */
  readonly measured: string
  readonly value: number
  readonly unit: '×' | 'ms'
  /** null = shown beside the others, with no goal of its own. */
  readonly goal: { readonly atLeast: number } | { readonly atMost: number } | null
}

/** A row of a Markdown table. */
export function asRow({ what, measured, value, unit, goal }: Figure): string {
  return `| ${what} | ${measured} | ${goalInWords(goal, unit)} | ${rounded(value)} ${unit} |${verdict(value, goal)} |`
}

export const tableHead = '| what | measured | goal | reached | |\n|---|---|---|---|---|'

/** The value in the middle; of an even number the lower one of the two. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The smallest value that so large a part of all values does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  const value = sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)]
  if (value === undefined) throw new Error('nothing was measured')
  return value
}

/** Two digits that mean something, however large the number. */
export function rounded(value: number): string {
  if (value >= 100) return value.toFixed(0)
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

function goalInWords(goal: Figure['goal'], unit: Figure['unit']): string {
  if (goal === null) return ''
  return 'atLeast' in goal ? `≥ ${goal.atLeast} ${unit}` : `≤ ${goal.atMost} ${unit}`
}

function verdict(value: number, goal: Figure['goal']): string {
  if (goal === null) return ''
  const isReached = 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost
  return isReached ? ' reached' : ' missed'
}
