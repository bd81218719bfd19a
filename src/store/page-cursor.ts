import { InputError } from '../errors.js'
import type { PageKey } from './page.js'
import { isUuid } from './uuid.js'

/** The paged lists; a cursor of one is refused by another. */
export type Paged = 'logs' | 'alerts' | 'deliveries' | 'received' | 'changes' | 'logs of an alert'

/** The first and the last instant that a cursor may name, in milliseconds: the years 0 to 9999, as in the API's dates. */
const EARLIEST = Date.parse('0000-01-01T00:00:00Z')
const LATEST = Date.parse('9999-12-31T23:59:59.999Z')

/** A row's place in its list as clients hold it: opaque text. Instants are stored to the millisecond, so nothing is lost. */
export function encodePageCursor(list: Paged, { at, id }: PageKey): string {
  return Buffer.from(`${list}1:${at.getTime()}:${id}`).toString('base64url')
}

/** @throws InputError with the path `after` for anything that is no cursor of this list */
export function decodePageCursor(list: Paged, cursor: string): PageKey {
  const [, time = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(':')
  const key = { at: new Date(Number(time)), id }
  const isPossible = isUuid(id) && key.at.getTime() >= EARLIEST && key.at.getTime() <= LATEST
  if (!isPossible || encodePageCursor(list, key) !== cursor)
    throw new InputError([{ path: 'after', message: `is not a cursor of a page of ${list}` }])
  return key
}
