import type { FieldFault } from './api-error.js'

/** What is wrong with the field at `path` (`patternValue`, `actions.0.config.url`) or below it; undefined where nothing is. */
export function faultAt(fields: readonly FieldFault[], path: string): string | undefined {
  const found = fields.filter((field) => isAt(pathOf(field), path))
  return found.length === 0 ? undefined : found.map(({ message }) => message).join('; ')
}

/** The faults that lie below `path`, named from there. */
export function faultsBelow(fields: readonly FieldFault[], path: string): readonly FieldFault[] {
  return fields
    .filter((field) => pathOf(field).startsWith(`${path}.`))
    .map((field) => ({ ...field, path: pathOf(field).slice(path.length + 1) }))
}

/** The server names fields from the argument on (`input.name`), or from what is in it. */
function pathOf({ path }: FieldFault): string {
  return path.replace(/^input\./, '')
}

function isAt(path: string, wanted: string): boolean {
  return path === wanted || path.startsWith(`${wanted}.`)
}
