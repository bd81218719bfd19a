import { z } from 'zod'
import { expectation } from '../actions/expectation.js'
import { InputError, type FieldFault } from '../errors.js'

/** What of an input could be read: a part that is missing here is refused elsewhere. */
export type Parts<Whole> = Whole extends readonly (infer Item)[]
  ? readonly (Parts<Item> | undefined)[]
  : Whole extends object
    ? { readonly [Key in keyof Whole]?: Parts<Whole[Key]> | undefined }
    : Whole

/** What `schema` makes of an input. Throws `InputError` with every bad field at once, by its path in the input. */
export function parseInput<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const parsed = schema.safeParse(withoutAbsent(input), { reportInput: true, error: expectation })
  if (parsed.success) return parsed.data
  throw new InputError(parsed.error.issues.flatMap(faultsOf))
}

/**
 * Parses, and has `check` judge whatever could be read, so that a field of the wrong type hides no fault of another. Throws
 * `InputError` with the faults of both.
 */
export function parseChecked<Output>(
  schema: z.ZodType<Output>,
  input: unknown,
  check: (parts: Parts<Output>) => void,
): Output {
  let whole: { readonly output: Output } | null = null
  checkAll(
    () => (whole = { output: parseInput(schema, input) }),
    () => check((partsOf(schema, withoutAbsent(input)) ?? {}) as Parts<Output>),
  )
  return whole!.output
}

/** Runs checks that may each refuse the input, and throws all their faults together; of a field those of the first that has any. */
export function checkAll(...checks: readonly (() => void)[]): void {
  const faults: FieldFault[] = []
  for (const check of checks) {
    try {
      check()
    } catch (thrown) {
      if (!(thrown instanceof InputError)) throw thrown
      const told = new Set(faults.map(({ path }) => path))
      faults.push(...thrown.fields.filter(({ path }) => !told.has(path)))
    }
  }
  refuse(faults)
}

/** Throws the faults, where there are any. */
export function refuse(faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw new InputError(faults)
}

/** The output of every part of `input` that its schema takes, a field that was given and is not taken being undefined. */
function partsOf(schema: z.core.$ZodType, input: unknown): unknown {
  const parsed = z.safeParse(schema, input)
  if (parsed.success) return parsed.data
  if (schema instanceof z.ZodPipe) return partsOf(schema.in, input)
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return partsOf(schema.unwrap(), input)
  if (schema instanceof z.ZodArray && Array.isArray(input))
    return input.map((item) => partsOf(schema.element, item))
  if (!(schema instanceof z.ZodObject) || typeof input !== 'object' || input === null) return undefined
  const fields = Object.entries(schema.shape as Record<string, z.core.$ZodType>).map(
    ([key, field]) => [key, partsOf(field, (input as Record<string, unknown>)[key])] as const,
  )
  return Object.fromEntries(fields.filter(([key, value]) => value !== undefined || key in input))
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
