import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors.js'
import { CursorExpiredError, decodeFeedCursor, encodeFeedCursor } from '../../src/events/feed-cursor.js'

const bounds = { floor: 100, head: 1_000 }

describe('a feed cursor', () => {
  it('comes back as the position it was made from, from the floor to the head', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 1_000 }), (position) => {
        expect(decodeFeedCursor(encodeFeedCursor(position), bounds)).toBe(position)
      }),
    )
  })

  it('has expired below the floor', () => {
    expect(() => decodeFeedCursor(encodeFeedCursor(99), bounds)).toThrow(CursorExpiredError)
  })

  it('is refused beyond the head', () => {
    expect(() => decodeFeedCursor(encodeFeedCursor(1_001), bounds)).toThrow(InputError)
  })

  it('is refused where it is garbage', () => {
    const garbage = [
      '',
      '500',
      'zzz',
      ...['f1:5e2', 'f1:-5', 'f2:500', 'f1:500:1', 'f1: 500', 'f1:0500', 'f1:NaN', 'f1:1.5'].map(encoded),
    ]
    for (const cursor of [...garbage, `${encodeFeedCursor(500)}=`, ` ${encodeFeedCursor(500)}`])
      expect(() => decodeFeedCursor(cursor, bounds), cursor).toThrow(InputError)
    fc.assert(
      fc.property(fc.string(), (cursor) => {
        fc.pre(!cursor.startsWith('ZjE6'))
        expect(() => decodeFeedCursor(cursor, bounds)).toThrow(InputError)
      }),
    )
  })
})

const encoded = (text: string): string => Buffer.from(text).toString('base64url')
