import { z } from 'zod'
import { InputError, type FieldFault } from '../errors.js'
import { storableFault } from '../sources/storable.js'
import { toSnake } from './spelling.js'

/** One parameter of a query: how it is described, and what each of its texts is read as. */
export interface Parameter<Value> {
  readonly description: string
  /** Given again and again, or as a comma list. */
  readonly isList: boolean
  readonly text: z.ZodType<Value extends readonly (infer Item)[] ? Item : Value, string>
  /** The type that OpenAPI gives it, where that of the text is not the whole truth. */
  readonly type?: 'boolean' | 'integer'
}

/** The parameters of a route, by their names in the code. */
export type Parameters = Readonly<Record<string, Parameter<unknown>>>

/** What is read of them; what is not given is not there. */
export type QueryOf<Given extends Parameters> = {
  readonly [Name in keyof Given]?: Given[Name] extends Parameter<infer Value> ? Value : never
}

const plain = z.string().superRefine((given, context) => {
  const fault = storableFault(given)
  if (fault !== null) context.addIssue({ code: 'custom', message: fault })
})

const INSTANT =
  'must be an RFC 3339 instant, such as 2026-03-01T00:00:00Z; a + in it is written %2B in an address'
const instantText = z.iso.datetime({ offset: true, error: INSTANT }).transform((value) => new Date(value))

export function text(description: string): Parameter<string> {
  return { description, isList: false, text: plain }
}

export function texts(description: string): Parameter<readonly string[]> {
  return { description, isList: true, text: plain }
}

/** Some of the values of an enumeration. */
export function values<Value extends string>(
  known: Readonly<Record<string, Value>>,
  description: string,
): Parameter<readonly Value[]> {
  const list = Object.values(known)
  return { description, isList: true, text: z.enum(list, `must be one of ${list.join(', ')}`) }
}

export function flag(description: string): Parameter<boolean> {
  const truth = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true')
  return { description, isList: false, text: truth, type: 'boolean' }
}

export function instant(description: string): Parameter<Date> {
  return { description, isList: false, text: instantText }
}

export function whole(description: string): Parameter<number> {
  const digits = z.string().regex(/^\d{1,9}$/, 'must be a whole number')
  return { description, isList: false, text: digits.transform(Number), type: 'integer' }
}

/**
 * Reads a query by the parameters that there are, in snake_case. An empty text says nothing, like a parameter left out.
 *
 * @throws InputError with every bad and every unknown parameter
 */
export function readQuery<Given extends Parameters>(
  parameters: Given,
  query: URLSearchParams,
): QueryOf<Given> {
  const faults: FieldFault[] = []
  const known = new Set(Object.keys(parameters).map(toSnake))
  for (const name of new Set(query.keys()))
    if (!known.has(name)) faults.push({ path: name, message: 'is no parameter here' })
  const read: Record<string, unknown> = {}
  for (const [name, parameter] of Object.entries(parameters)) {
    const value = readParameter(parameter, toSnake(name), query, faults)
    if (value !== undefined) read[name] = value
  }
  if (faults.length > 0) throw new InputError(faults)
  return read as QueryOf<Given>
}

function readParameter(
  { isList, text: schema }: Parameter<unknown>,
  name: string,
  query: URLSearchParams,
  faults: FieldFault[],
): unknown {
  const all = query.getAll(name)
  const given = (isList ? all.flatMap((one) => one.split(',')).map((one) => one.trim()) : all).filter(Boolean)
  if (!isList && given.length > 1) faults.push({ path: name, message: 'may be given only once' })
  const read = given.map((one) => {
    const parsed = schema.safeParse(one)
    if (!parsed.success) faults.push(...parsed.error.issues.map(({ message }) => ({ path: name, message })))
    return parsed.data
  })
  if (given.length === 0) return undefined
  return isList ? read : read[0]
}
