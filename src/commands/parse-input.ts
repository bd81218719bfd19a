import type { z } from 'zod'
import { InputError, type FieldFault } from '../errors.js'

/** What `schema` makes of an input. Throws `InputError` with every bad field at once, by its path in the input. */
export function parseInput<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const parsed = schema.safeParse(withoutAbsent(input))
  if (parsed.success) return parsed.data
  throw new InputError(parsed.error.issues.flatMap(faultsOf))
}

/** Runs checks that may each refuse the input, and throws all their faults together. */
export function checkAll(...checks: readonly (() => void)[]): void {
  const faults: FieldFault[] = []
  for (const check of checks) {
    try {
      check()
    } catch (thrown) {
      if (!(thrown instanceof InputError)) throw thrown
      faults.push(...thrown.fields)
    }
  }
  if (faults.length > 0) throw new InputError(faults)
}

function faultsOf(issue: z.core.$ZodIssue): FieldFault[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'is not known here' }))
  const message = issue.input === undefined && issue.code === 'invalid_type' ? 'is required' : issue.message
  return [{ path: path.join('.'), message }]
}

/** A field that is present but undefined was not given. */
function withoutAbsent(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
}
