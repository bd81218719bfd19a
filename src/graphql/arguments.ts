import { InputError } from '../errors.js'

/** Text with a NUL character can be neither stored nor looked for; the database would refuse the whole statement. */
export function refuseNul(path: string, values: object): void {
  const fields = Object.entries(values)
    .filter(([, value]) => [value].flat().some((one) => typeof one === 'string' && one.includes('\0')))
    .map(([key]) => ({ path: `${path}.${key}`, message: 'must not contain a NUL character' }))
  if (fields.length > 0) throw new InputError(fields)
}

/** Names the fields of a command as this API's callers spell them: within the argument `input`. */
export async function withinInput<Result>(command: Promise<Result>): Promise<Result> {
  try {
    return await command
  } catch (failure) {
    if (!(failure instanceof InputError)) throw failure
    throw new InputError(failure.fields.map((field) => ({ ...field, path: `input.${field.path}` })))
  }
}
