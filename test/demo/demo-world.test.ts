import { describe, expect, it } from 'vitest'
import { DemoWorld } from '../../src/demo/demo-world.js'
import type { RawRecord } from '../../src/demo/world.js'
import { sourceNames, type SourceName } from '../../src/sources/log.js'
import { testAccountSid } from '../fixtures/records.js'

const start = Date.parse('2026-11-22T09:00:00Z')
const twoHours = 7_200_000
const at = (seconds: number) => new Date(start + seconds * 1_000)
const newWorld = (seed = 7) => new DemoWorld(testAccountSid, seed)
const list = (world: DemoWorld, source: SourceName, now: Date) => [...world.records(source, now)]

const messageRanks: Readonly<Record<string, number>> = {
  accepted: 0,
  queued: 1,
  receiving: 1,
  sending: 2,
  sent: 3,
  received: 9,
  delivered: 9,
  undelivered: 9,
  failed: 9,
}
const callRanks: Readonly<Record<string, number>> = {
  queued: 1,
  ringing: 2,
  'in-progress': 3,
  completed: 9,
  busy: 9,
  'no-answer': 9,
  failed: 9,
  canceled: 9,
}

describe('the demo account', () => {
  it.each(sourceNames)('shows the same %s to another process, and to one that was there before', (source) => {
    const old = newWorld()
    for (const seconds of [0, 200, 400]) list(old, source, at(seconds))
    const shown = list(old, source, at(600))
    expect(shown).toEqual(list(newWorld(), source, at(600)))
    expect(shown).not.toEqual(list(newWorld(8), source, at(600)))
  })

  it.each(sourceNames)(
    'lists %s newest first, each SID once, none older than two hours or yet to come',
    (source) => {
      const records = list(newWorld(), source, at(0))
      const born = records.map((record) => Date.parse(String(record['date_created'])))
      expect(born).toEqual(born.toSorted((one, other) => other - one))
      expect(new Set(records.map(({ sid }) => sid)).size).toBe(records.length)
      expect(born[0]).toBeLessThanOrEqual(start)
      expect(born.at(-1)).toBeGreaterThanOrEqual(start - twoHours - 1_000)
    },
  )

  it('finds by SID what it lists, as it lists it, until it is two hours old', () => {
    const world = newWorld()
    for (const source of sourceNames) {
      const listed = list(world, source, at(0))
      for (const record of listed) expect(world.find(source, record.sid, at(0))).toEqual(record)
      for (const { sid } of listed) expect(world.find(source, sid, new Date(start + twoHours))).toBeNull()
      expect(world.find(source, `SM${'0'.repeat(32)}`, at(0))).toBeNull()
    }
  })

  it('finds records after 2038 too', () => {
    const later = new Date('2045-01-01T00:00:00Z')
    const [newest] = list(newWorld(), 'messages', later)
    expect(newest && newWorld().find('messages', newest.sid, later)).toEqual(newest)
  })

  it('moves at about the promised pace: a message in 2 s, a call in 6 s, an alert in 15 s', () => {
    const count = (source: SourceName) => list(newWorld(), source, at(0)).length
    expect(twoHours / count('messages')).toBeGreaterThan(1_500)
    expect(twoHours / count('messages')).toBeLessThan(2_600)
    expect(twoHours / count('calls')).toBeGreaterThan(5_000)
    expect(twoHours / count('calls')).toBeLessThan(7_000)
    expect(twoHours / count('alerts')).toBeGreaterThan(9_000)
    expect(twoHours / count('alerts')).toBeLessThan(20_000)
  })

  it.each([
    ['messages', messageRanks],
    ['calls', callRanks],
  ] as const)(
    'lets the status and date_updated of %s go forward only, by known statuses',
    (source, ranks) => {
      const world = newWorld()
      const followed = list(world, source, at(0)).slice(0, 60)
      const statuses = new Set<string>()
      for (const { sid } of followed) {
        let before = { rank: -1, updated: 0 }
        for (let seconds = 0; seconds <= 300; seconds += 1) {
          const record = world.find(source, sid, at(seconds))
          const status = String(record?.['status'])
          statuses.add(status)
          const now = { rank: ranks[status] ?? -2, updated: Date.parse(String(record?.['date_updated'])) }
          expect(now.rank).toBeGreaterThanOrEqual(before.rank)
          expect(now.updated).toBeGreaterThanOrEqual(before.updated)
          if (before.rank === 9) expect(now.rank).toBe(9)
          before = now
        }
      }
      expect(statuses.size).toBeGreaterThan(4)
    },
  )

  it('never changes a record that is older than five minutes', () => {
    for (const source of ['messages', 'calls'] as const) {
      for (const { sid } of list(newWorld(), source, at(0))) {
        const young = newWorld().find(source, sid, at(300))
        expect(young).toEqual(newWorld().find(source, sid, at(600)) ?? young)
      }
    }
  })

  it('lets a message newly fail with a code of 30003 to 30008 within any 60 seconds, at any start', () => {
    for (const seed of [1, 2, 3]) {
      const world = newWorld(seed)
      for (let seconds = 0; seconds < 3_600; seconds += 60) {
        const before = new Set(failures(world, at(seconds)))
        expect(failures(world, at(seconds + 60)).some((sid) => !before.has(sid))).toBe(true)
      }
    }
  })

  it('has an incident every ten minutes that shows', () => {
    const minutes = new Map<number, number>()
    for (const source of ['messages', 'calls', 'alerts'] as const) {
      for (const record of list(newWorld(), source, at(0)).filter(isTrouble)) {
        const minute = Math.floor(Date.parse(String(record['date_created'])) / 60_000)
        minutes.set(minute, (minutes.get(minute) ?? 0) + 1)
      }
    }
    const counts = [...minutes.values()].sort((one, other) => one - other)
    const median = counts[Math.floor(counts.length / 2)] ?? 0
    expect(counts.filter((count) => count > 2 * median).length).toBeGreaterThanOrEqual(10)
  })

  it('gives an error code and price only where they belong', () => {
    for (const message of list(newWorld(), 'messages', at(0))) {
      const failed = message['status'] === 'failed' || message['status'] === 'undelivered'
      expect(message['error_code'] !== null).toBe(failed)
      expect(message['error_message'] !== null).toBe(failed)
      if (message['status'] === 'failed') expect(message['price']).toBeNull()
    }
    for (const call of list(newWorld(), 'calls', at(0))) {
      expect(call['duration'] !== null).toBe(call['status'] === 'completed')
    }
  })

  it('links alerts to calls and messages that exist, and codes their text as Twilio does', () => {
    const world = newWorld()
    for (const alert of list(world, 'alerts', at(0)).slice(0, 100)) {
      const resource = String(alert['resource_sid'])
      const source = resource.startsWith('CA') ? 'calls' : 'messages'
      expect(world.find(source, resource, at(0))).not.toBeNull()
      const text = new URLSearchParams(String(alert['alert_text']))
      expect(text.get('ErrorCode')).toBe(alert['error_code'])
      expect(text.get('Msg')).toBeTruthy()
    }
  })
})

/** SIDs of the failed messages born in the last three minutes. */
function failures(world: DemoWorld, now: Date): readonly string[] {
  const found: string[] = []
  for (const message of world.records('messages', now)) {
    if (Date.parse(String(message['date_created'])) < now.getTime() - 180_000) break
    const code = Number(message['error_code'])
    if (code >= 30003 && code <= 30008) found.push(message.sid)
  }
  return found
}

function isTrouble(record: RawRecord): boolean {
  return 'alert_text' in record || record['status'] === 'failed' || record['status'] === 'undelivered'
}
