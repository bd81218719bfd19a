import { isDeepStrictEqual } from 'node:util'

/** What a field was and what it is: null for what was not there or is no longer. */
export interface Difference {
  readonly from: unknown
  readonly to: unknown
}

/** By the path of the field, such as `config.url`. */
export type Differences = Readonly<Record<string, Difference>>

type Fields = Readonly<Record<string, unknown>>

/** What differs between two states of one thing; null stands for none, before it was made or once it is gone. */
export function differences(before: Fields | null, after: Fields | null): Differences {
  const [from, to] = [leavesOf(before ?? {}), leavesOf(after ?? {})]
  const changed = [...new Set([...from.keys(), ...to.keys()])]
    .map((path) => [path, { from: from.get(path) ?? null, to: to.get(path) ?? null }] as const)
    .filter(([, difference]) => !isDeepStrictEqual(difference.from, difference.to))
  return Object.fromEntries(changed)
}

/** Lists are values: a part of one means little without the rest. */
function leavesOf(fields: object, prefix = ''): Map<string, unknown> {
  const leaves = new Map<string, unknown>()
  for (const [key, value] of Object.entries(fields)) {
    const isBranch =
      typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
    if (!isBranch) leaves.set(prefix + key, value)
    else for (const [path, leaf] of leavesOf(value as object, `${prefix}${key}.`)) leaves.set(path, leaf)
  }
  return leaves
}
