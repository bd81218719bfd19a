import { describe, expect, it } from 'vitest'
import {
  isFinal,
  nextReadAt,
  supersedes,
  unfinishedSince,
  type RecordState,
} from '../../src/sources/life-cycle.js'
import { toSighting } from '../../src/sources/to-sighting.js'
import type { Sighting } from '../../src/sources/log.js'
import { aMessage } from '../fixtures/records.js'

const noon = new Date('2026-08-18T12:00:00Z')
const after = (seconds: number) => new Date(noon.getTime() + seconds * 1_000)
const HOUR = 3_600

function state(status: string | null, changes: Partial<RecordState> = {}): RecordState {
  return { logType: 'message', status, errorCode: null, errorMessage: null, changedAt: noon, ...changes }
}

describe('isFinal', () => {
  it.each(['delivered', 'undelivered', 'failed', 'received', 'read', 'canceled'])(
    'a %s message is',
    (status) => {
      expect(isFinal('message', status)).toBe(true)
    },
  )
  it.each(['queued', 'sending', 'sent', 'accepted', 'scheduled', 'partially_delivered', 'brand-new', null])(
    'a message that is %s is not',
    (status) => {
      expect(isFinal('message', status)).toBe(false)
    },
  )
  it.each(['completed', 'busy', 'failed', 'no-answer', 'canceled'])('a %s call is', (status) => {
    expect(isFinal('call', status)).toBe(true)
  })
  it.each(['queued', 'ringing', 'in-progress', 'delivered'])('a call that is %s is not', (status) => {
    expect(isFinal('call', status)).toBe(false)
  })
  it('an alert always is', () => {
    expect(isFinal('error', null)).toBe(true)
  })
})

describe('supersedes', () => {
  const error = { errorCode: '30003', errorMessage: 'Unreachable' }
  const newer = { changedAt: after(1) }
  const older = { changedAt: after(-1) }
  const undated = { changedAt: null }
  it.each<[string, RecordState, RecordState, boolean]>([
    ['a newer status replaces an older one', state('queued'), state('sent', newer), true],
    ['a newer date wins over a lower rank while unfinished', state('sent'), state('queued', newer), true],
    ['an older date never wins', state('queued'), state('sent', older), false],
    ['at the same date the further status wins', state('queued'), state('delivered'), true],
    ['at the same date the lesser status loses', state('sent'), state('queued'), false],
    ['an unfinished status never replaces a final one', state('delivered'), state('sent', newer), false],
    ['an unknown status never replaces a final one', state('failed'), state('brand-new', newer), false],
    ['no status never replaces a final one', state('failed'), state(null, newer), false],
    ['delivered may become read', state('delivered'), state('read'), true],
    ['read never becomes delivered', state('read'), state('delivered', newer), false],
    ['one final status corrects another when newer', state('undelivered'), state('delivered', newer), true],
    [
      'of two final statuses at the same date the first stays',
      state('delivered'),
      state('undelivered'),
      false,
    ],
    ['an unknown status comes after queued', state('queued'), state('brand-new'), true],
    ['an unknown status comes before sent', state('sent'), state('brand-new'), false],
    ['an error is filled in at the same date', state('failed'), state('failed', error), true],
    [
      'an error is corrected at the same date',
      state('failed', { errorCode: '1' }),
      state('failed', error),
      true,
    ],
    ['an error is not taken away at the same date', state('failed', error), state('failed'), false],
    [
      'a message is not taken from a code at the same date',
      state('failed', error),
      state('failed', { errorCode: '30003' }),
      false,
    ],
    ['an error may go when newer', state('failed', error), state('failed', newer), true],
    [
      'an error of an older reading is not filled in',
      state('failed'),
      state('failed', { ...error, ...older }),
      false,
    ],
    ['what has no date counts by rank: further', state('sent'), state('delivered', undated), true],
    ['what has no date counts by rank: behind', state('sent'), state('queued', undated), false],
    ['what is stored without a date too', state('delivered', undated), state('sent'), false],
  ])('%s', (_rule, stored, seen, expected) => {
    expect(supersedes(stored, seen)).toBe(expected)
  })

  it('knows the order of calls', () => {
    const call = (status: string) => state(status, { logType: 'call' })
    const order = ['queued', 'ringing', 'brand-new', 'in-progress', 'completed']
    for (const [index, status] of order.entries())
      for (const [other, next] of order.entries())
        expect([status, next, supersedes(call(status), call(next))]).toEqual([status, next, other >= index])
  })

  it('takes any later word on records without a life cycle', () => {
    const custom = (status: string, changedAt: Date | null) => state(status, { logType: 'custom', changedAt })
    expect(supersedes(custom('open', noon), custom('closed', noon))).toBe(true)
    expect(supersedes(custom('open', noon), custom('closed', after(-1)))).toBe(false)
  })
})

describe('unfinishedSince', () => {
  function seen(status: string, updated = noon): Sighting {
    const record = aMessage('SM1', after(-5 * 24 * HOUR), { status, date_updated: updated.toUTCString() })
    const read = toSighting(record, { source: 'messages', accountSid: 'AC1', readAt: noon })
    return read as Sighting
  }
  it('is null for what is final', () => {
    expect(unfinishedSince(undefined, seen('delivered'), noon)).toBeNull()
  })
  it('is the newest date of what is first seen, never in the future', () => {
    expect(unfinishedSince(undefined, seen('sent', after(-60)), noon)).toEqual(after(-60))
    expect(unfinishedSince(undefined, seen('sent', after(60)), noon)).toEqual(noon)
  })
  it('stays while nothing but the status changes', () => {
    const before = { status: 'queued', unfinishedSince: after(-600) }
    expect(unfinishedSince(before, seen('sent'), noon)).toEqual(after(-600))
  })
  it('starts anew when a message leaves scheduled', () => {
    const before = { status: 'scheduled', unfinishedSince: after(-30 * 24 * HOUR) }
    expect(unfinishedSince(before, seen('queued'), noon)).toEqual(noon)
    expect(unfinishedSince(before, seen('scheduled'), noon)).toEqual(before.unfinishedSince)
  })
})

describe('nextReadAt', () => {
  const asked = {
    logType: 'message',
    status: 'sent',
    isWhole: true,
    now: noon,
    intervalSeconds: 300,
  } as const
  const pauseOf = (changes: Partial<Parameters<typeof nextReadAt>[0]>) => {
    const next = nextReadAt({
      ...asked,
      unfinishedSince: after(-HOUR),
      lastChangeAt: after(-HOUR),
      ...changes,
    })
    return next && (next.getTime() - noon.getTime()) / 1_000
  }
  it.each([
    ['at least an interval away', { lastChangeAt: noon }, 300],
    ['after half the time since the last change', { lastChangeAt: after(-HOUR) }, HOUR / 2],
    ['at most two hours away', { lastChangeAt: after(-10 * HOUR) }, 2 * HOUR],
    ['an interval away even where that is longer', { intervalSeconds: 3 * HOUR }, 3 * HOUR],
    ['never for what is final', { status: 'failed' }, null],
    ['at once for what only a webhook told', { status: 'failed', isWhole: false, lastChangeAt: noon }, 0],
    ['later and later where that is not read', { status: 'failed', isWhole: false }, HOUR / 2],
    ['never for an alert of which a webhook told', { logType: 'error', isWhole: false } as const, null],
    ['never for alerts', { logType: 'error', status: null } as const, null],
    ['never after 72 hours', { unfinishedSince: after(-72 * HOUR) }, null],
    ['just before 72 hours still', { unfinishedSince: after(-72 * HOUR + 1) }, HOUR / 2],
    [
      'without limit while scheduled',
      { status: 'scheduled', unfinishedSince: after(-30 * 24 * HOUR) },
      HOUR / 2,
    ],
  ])('is %s', (_rule, changes, seconds) => {
    expect(pauseOf(changes)).toBe(seconds)
  })
})
