import { InputError } from '../errors.js'
import { type Paged, decodePageCursor } from './page-cursor.js'
import type { PageRequest } from './page.js'

/** How much of a list one page holds: what is taken where nothing is said, and what may be asked for. */
export const DEFAULT_PAGE = 50
export const LARGEST_PAGE = 200

/** What a client says of the page it wants; null is as good as nothing. */
export interface PageWish {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

/** @throws InputError with the path `first` or `after` */
export function toPageRequest(list: Paged, { first, after }: PageWish): PageRequest {
  const size = first ?? DEFAULT_PAGE
  if (size < 1 || size > LARGEST_PAGE)
    throw new InputError([{ path: 'first', message: `must be from 1 to ${LARGEST_PAGE}` }])
  return { first: size, after: after == null ? null : decodePageCursor(list, after) }
}
