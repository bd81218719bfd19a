import { InputError, PublicError } from '../errors.js'
import type { FeedBounds } from './feed-reader.js'

/** The format of the text inside; a cursor of another version is refused as garbage, never misread. */
const VERSION = 'f1'

/** A position in the feed as clients hold it: opaque text, valid for every subscription and filter. */
export function encodeFeedCursor(position: number): string {
  return Buffer.from(`${VERSION}:${position}`).toString('base64url')
}

/**
 * The position behind `cursor`, which came as the argument `after`.
 * @throws InputError for anything that is no cursor of this feed; CursorExpiredError where what followed it has been dropped
 */
export function decodeFeedCursor(cursor: string, { floor, head }: FeedBounds): number {
  const [version, digits = ''] = Buffer.from(cursor, 'base64url').toString().split(':')
  const position = Number(digits)
  const isOurs =
    version === VERSION && Number.isSafeInteger(position) && encodeFeedCursor(position) === cursor
  if (!isOurs) throw new InputError([{ path: 'after', message: 'is not a feed cursor' }])
  if (position < 0 || position > head)
    throw new InputError([{ path: 'after', message: 'lies beyond the end of this feed' }])
  if (position < floor) throw new CursorExpiredError()
  return position
}

/** What followed a cursor is no longer kept: the client must begin with a page and its `feedCursor`. */
export class CursorExpiredError extends PublicError {
  override readonly name = 'CursorExpiredError'

  constructor() {
    super(
      'CURSOR_EXPIRED',
      'The events after this cursor are no longer kept. Read a page and go on from its feedCursor.',
    )
  }
}
