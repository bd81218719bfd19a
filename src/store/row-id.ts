import { NotFoundError } from '../errors.js'
import { isUuid } from './uuid.js'

/** The id as the store may be asked for it: whatever is no UUID names nothing. */
export function idOf(noun: string, id: string): string {
  if (!isUuid(id)) throw new NotFoundError(noun, id)
  return id.toLowerCase()
}
