import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Inbox, TRIES, UnreadableEntry } from '../../src/inbox/inbox.js'
import type { Arrival, ClaimedEntry } from '../../src/inbox/inbox-entry.js'
import type { Sighting } from '../../src/sources/log.js'
import { Database } from '../../src/store/database.js'
import { PostgresInboxStore } from '../../src/store/inbox-store.js'
import { Retention } from '../../src/store/retention.js'
import { aSighting } from '../fixtures/core.js'
import { databaseKinds, type EmptyDatabase } from '../fixtures/empty-database.js'

describe.each(databaseKinds)('the inbox on $kind', ({ isThere, make }) => {
  describe.skipIf(!isThere)('', () => suite(make))
})

function suite(make: () => Promise<EmptyDatabase>): void {
  let empty: EmptyDatabase
  let database: Database
  let store: PostgresInboxStore
  beforeAll(async () => {
    empty = await make()
    database = await Database.open(empty.connection, pino({ level: 'silent' }))
    store = new PostgresInboxStore(database)
  })
  afterAll(async () => {
    await database.close()
    await empty.drop()
  })
  afterEach(() => database.query('DELETE FROM inbox'))

  /** An inbox whose entries say their own body; `broken` ones make ingest fail. */
  function open({
    ingested = [] as string[],
    works = true,
    broken = new Set<string>(),
    failure = new Map<string, Error>(),
    unreadable = new Set<string>(),
  } = {}) {
    const errors: unknown[] = []
    const inbox = new Inbox({
      store,
      reader: async () => (entry: ClaimedEntry) => {
        if (unreadable.has(entry.body)) throw new UnreadableEntry('rubbish')
        return aSighting({ twilioSid: entry.body })
      },
      ingest: async (sightings: readonly Sighting[]) => {
        if (sightings.some(({ twilioSid }) => broken.has(twilioSid))) throw new Error('no good')
        for (const { twilioSid } of sightings) if (failure.has(twilioSid)) throw failure.get(twilioSid)
        ingested.push(...sightings.map(({ twilioSid }) => twilioSid))
      },
      works,
      onError: (error) => void errors.push(error),
    })
    return { inbox, ingested, errors }
  }

  const states = () =>
    database.query<{ body: string; state: string; error: string | null; tries: number }>(
      `SELECT body, state, error, tries FROM inbox ORDER BY id`,
    )
  const due = () =>
    database.query(`UPDATE inbox SET next_try_at = now(), lease_until = NULL WHERE state = 'pending'`)

  it('works what it received, in its order, and keeps it', async () => {
    const { inbox, ingested } = open()
    await inbox.receive(['a', 'b', 'c'].map((body) => anArrival(body)))
    await inbox.work()
    expect(ingested).toEqual(['a', 'b', 'c'])
    expect((await states()).map(({ state }) => state)).toEqual(['done', 'done', 'done'])
  })

  it('stores repeats once, even those that come at once', async () => {
    const { inbox, ingested } = open({ works: false })
    await Promise.all(Array.from({ length: 50 }, () => inbox.receive([anArrival('same'), anArrival('same')])))
    expect(await states()).toHaveLength(1)
    await inbox.work()
    await inbox.receive([anArrival('same')])
    await inbox.work()
    expect(ingested).toEqual(['same'])
  })

  it('only stores where another process works; what that left is worked by the next sweep', async () => {
    const api = open({ works: false })
    await api.inbox.receive([anArrival('a')])
    expect(api.ingested).toEqual([])
    const worker = open()
    await worker.inbox.work()
    expect(worker.ingested).toEqual(['a'])
  })

  it('shares the work: two processes work each entry once', async () => {
    const ingested: string[] = []
    const [one, other] = [open({ ingested }), open({ ingested })]
    await one.inbox.receive(Array.from({ length: 1_200 }, (_, n) => anArrival(`e${n}`)))
    await Promise.all([one.inbox.work(), other.inbox.work()])
    expect(ingested).toHaveLength(1_200)
    expect(new Set(ingested).size).toBe(1_200)
  })

  it('takes up what a dead process had begun once its claim runs out, one by one', async () => {
    const { inbox, ingested } = open({ works: false })
    await inbox.receive([anArrival('a'), anArrival('b')])
    await store.claim(10)
    await inbox.work()
    expect(ingested).toEqual([])
    await due()
    await inbox.work()
    expect(ingested).toEqual(['a', 'b'])
  })

  it('takes up what was begun although new entries never end', async () => {
    const { inbox } = open({ works: false })
    await inbox.receive([anArrival('begun')])
    await store.claim(10)
    await due()
    const claimed: string[] = []
    for (const body of ['new 1', 'new 2', 'new 3']) {
      await inbox.receive([anArrival(body)])
      claimed.push(...(await store.claim(1)).entries.map((entry) => entry.body))
    }
    expect(claimed).toContain('begun')
  })

  it('gives up what kills its process again and again, and goes on with the rest', async () => {
    const { inbox, ingested } = open({ works: false })
    await inbox.receive([anArrival('deadly')])
    for (let tries = 0; tries < TRIES; tries++) {
      expect((await store.claim(10)).entries).toHaveLength(1)
      await database.query(`UPDATE inbox SET lease_until = now() - interval '1 second'`)
    }
    await inbox.receive([anArrival('a')])
    await inbox.work()
    expect(ingested).toEqual(['a'])
    expect(await states()).toMatchObject([
      {
        body: 'deadly',
        state: 'failed',
        error: `given up: ${TRIES} times the process ended while it was worked`,
      },
      { body: 'a', state: 'done' },
    ])
  })

  it('sets aside what cannot be stored after a few tries, at growing pauses; nothing else waits for it', async () => {
    const { inbox, ingested, errors } = open({ works: false, broken: new Set(['poison']) })
    await inbox.receive(['a', 'poison', 'b'].map((body) => anArrival(body)))
    await inbox.work()
    expect(ingested).toEqual(['a', 'b'])
    expect((await states())[1]).toMatchObject({ state: 'pending', error: 'no good', tries: 1 })
    await inbox.work()
    expect((await states())[1]).toMatchObject({ tries: 1 })
    for (let tries = 1; tries < TRIES; tries++) {
      await due()
      await inbox.work()
    }
    expect((await states())[1]).toMatchObject({
      state: 'failed',
      error: `given up after ${TRIES} tries: no good`,
    })
    expect(errors.length).toBe(TRIES)
  })

  it('never sets aside what only a database that was away kept from being stored', async () => {
    const away = Object.assign(new Error('no room'), { code: '53100' })
    const failure = new Map<string, Error>([['a', away]])
    const { inbox, ingested } = open({ works: false, failure })
    await inbox.receive([anArrival('a')])
    for (let tries = 0; tries <= TRIES; tries++) {
      await inbox.work()
      await due()
    }
    expect(await states()).toMatchObject([{ state: 'pending', tries: TRIES + 1 }])
    failure.clear()
    await inbox.work()
    expect(ingested).toEqual(['a'])
  })

  it('sets aside at once what will never say anything', async () => {
    const { inbox, errors } = open({ works: false, unreadable: new Set(['rubbish']) })
    await inbox.receive([anArrival('rubbish')])
    await inbox.work()
    expect(await states()).toMatchObject([{ state: 'failed', error: 'rubbish', tries: 1 }])
    expect(errors).toEqual([])
  })

  it('works an entry once more when it is replayed', async () => {
    const { inbox, ingested } = open({ works: false })
    await inbox.receive([anArrival('a')])
    await inbox.work()
    const [row] = await database.query<{ id: string }>('SELECT id FROM inbox')
    expect(await inbox.replay(row!.id)).toBe(true)
    await inbox.work()
    expect(ingested).toEqual(['a', 'a'])
    expect(await inbox.replay(randomUUID())).toBe(false)
  })

  it('leaves what somebody else has claimed since as it is', async () => {
    const { inbox } = open({ works: false })
    await inbox.receive([anArrival('a')])
    const { token, entries } = await store.claim(10)
    await due()
    await store.claim(10)
    const ended = {
      id: entries[0]!.id,
      state: 'done' as const,
      error: null,
      twilioSid: null,
      retryInSeconds: 0,
    }
    await store.finish(token, [ended])
    expect(await states()).toMatchObject([{ state: 'pending', tries: 2 }])
  })

  it('is kept for seven days, thirty where it was set aside, and for as long as it waits', async () => {
    const { inbox } = open({ works: false })
    await inbox.receive(['done8', 'done6', 'failed8', 'failed31', 'pending31'].map((body) => anArrival(body)))
    for (const { body } of await states()) {
      const [, state, days] = /([a-z]+)(\d+)/.exec(body) ?? []
      await database.query(
        `UPDATE inbox SET state = $2, received_at = now() - $3::int * interval '1 day' WHERE body = $1`,
        [body, state, days],
      )
    }
    await new Retention(database, {
      logsDays: null,
      alertsDays: null,
      receivedDays: 7,
    }).run()
    expect((await states()).map(({ body }) => body)).toEqual(['done6', 'failed8', 'pending31'])
  })
}

let place = 0
function anArrival(body: string): Arrival {
  return {
    channel: 'test',
    idempotencyId: body,
    receiverId: null,
    accountSid: null,
    givenId: null,
    twilioSid: null,
    body,
    receivedAt: new Date(Date.now() + place++),
    state: 'pending',
    error: null,
  }
}
