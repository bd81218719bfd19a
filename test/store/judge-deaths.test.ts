import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { Judge } from '../../src/alerts/judge.js'
import type { JudgedTransition } from '../../src/rules/evaluate.js'
import { Database } from '../../src/store/database.js'
import { PostgresJudgeSession, PostgresJudgeStore } from '../../src/store/judge-store.js'
import { aSighting, openCore } from '../fixtures/core.js'
import { databaseKinds, type EmptyDatabase } from '../fixtures/empty-database.js'

const silent = pino({ level: 'silent' })
const live = { backfillBefore: null }
const SIDS = Array.from({ length: 30 }, (_, place) => `SM${String(place).padStart(2, '0')}`)
const DEADLY = 'SM07'

/** Whoever writes what follows from the deadly status dies: its connections are gone, and it never learns of anything again. */
class DeadlySession extends PostgresJudgeSession {
  constructor(
    tx: ConstructorParameters<typeof PostgresJudgeSession>[0],
    private readonly database: Database,
  ) {
    super(tx)
  }

  override async write(outcome: Parameters<PostgresJudgeSession['write']>[0]) {
    const aside = await this.tx.query<{ id: string }>(
      'SELECT id FROM log_transitions WHERE set_aside IS NOT NULL',
    )
    const isDeadly = ({ id, twilioSid }: JudgedTransition) =>
      twilioSid === DEADLY && !aside.some((row) => Number(row.id) === id)
    if (outcome.transitions.some(isDeadly)) this.database.breakConnections()
    return super.write(outcome)
  }
}

class FailingSession extends PostgresJudgeSession {
  override write(): Promise<never> {
    throw new Error('not now')
  }
}

describe.each(databaseKinds)('a status at which whoever judges it dies, on $kind', ({ isThere, make }) => {
  describe.skipIf(!isThere)('', () => suite(make))
})

function suite(make: () => Promise<EmptyDatabase>): void {
  let empty: EmptyDatabase
  let databases: Database[]
  let setAside: { readonly sid: string; readonly reason: string }[]
  beforeAll(async () => {
    empty = await make()
  })
  beforeEach(async () => {
    databases = []
    setAside = []
    await (await connected()).query('TRUNCATE logs, log_transitions, feed, suspected_transitions')
  })
  afterEach(async () => {
    for (const database of databases) await database.close()
  })
  afterAll(() => empty.drop())

  async function connected(): Promise<Database> {
    const database = await Database.open(empty.connection, silent)
    databases.push(database)
    return database
  }

  /** A judge as a process that has just begun has it; answers whether it lived through judging all. */
  async function process(): Promise<{ lives(): Promise<boolean> }> {
    const database = await connected()
    const judge = new Judge<PostgresJudgeSession>(
      {
        session: (work) => database.underJudgeLock((tx) => work(new DeadlySession(tx, database))),
        mayPass: (failure) => new PostgresJudgeStore(database).mayPass(failure),
      },
      {
        judged: () => undefined,
        ruleFailed: () => expect.fail('no rule fails'),
        setAside: ({ twilioSid }, failure) =>
          void setAside.push({ sid: twilioSid, reason: (failure as Error).message }),
      },
    )
    return {
      lives: () =>
        judge.judgeAll().then(
          () => true,
          () => false,
        ),
    }
  }

  async function store(...sids: readonly string[]): Promise<void> {
    const database = await connected()
    await openCore(database).ingest(
      sids.map((twilioSid) => aSighting({ twilioSid })),
      [],
      live,
    )
  }

  async function waiting(): Promise<string[]> {
    const rows = await (
      await connected()
    ).query<{ sid: string }>(
      `SELECT twilio_sid AS sid FROM logs l JOIN log_transitions t ON t.log_id = l.id WHERE NOT judged ORDER BY t.id`,
    )
    return rows.map(({ sid }) => sid)
  }

  it('is passed over after three deaths at it alone, and all others are judged', async () => {
    await store(...SIDS)
    const lived: boolean[] = []
    const waited: number[] = []
    while (!lived.includes(true) && lived.length < 10) {
      lived.push(await (await process()).lives())
      waited.push((await waiting()).length)
    }
    // At the batch, then alone, those before it judged, three times.
    expect(lived).toEqual([false, false, false, false, true])
    expect(waited).toEqual([30, 23, 23, 23, 0])
    expect(setAside).toEqual([{ sid: DEADLY, reason: '3 processes died while they judged it alone' }])
  })

  it('lets a process that lives on judge with care as well', async () => {
    const other = await process()
    expect(await other.lives()).toBe(true)
    await store(...SIDS)
    expect(await (await process()).lives()).toBe(false)
    expect(await other.lives()).toBe(false)
    expect(await waiting()).toEqual(SIDS.slice(7))
  })

  it('is told from one whose judging fails, however often', async () => {
    await store(...SIDS)
    const database = await connected()
    const failing = new Judge(
      {
        session: (work) => database.underJudgeLock((tx) => work(new FailingSession(tx))),
        mayPass: () => true,
      },
      { judged: () => undefined, ruleFailed: () => undefined, setAside: () => undefined },
    )
    for (let times = 0; times < 5; times++) await expect(failing.judgeAll()).rejects.toThrow('not now')
    const suspects = await database.underJudgeLock((tx) => new PostgresJudgeSession(tx).suspects())
    expect([...suspects.values()].filter((deaths) => deaths > 0)).toEqual([])
  })

  it('is noted before the lock is let go: others see the note, and have no turn until it is judged', async (context) => {
    if (!('url' in empty.connection)) return context.skip('the embedded database serves one at a time anyway')
    const [one, other, watcher] = [await connected(), await connected(), await connected()]
    const turns: string[] = []
    const locks = (granted: boolean) =>
      watcher.query(
        `SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted = $1
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        [granted],
      )
    let others: Promise<unknown> = Promise.resolve()
    await one.underJudgeLock(async (tx) => {
      others = other.underJudgeLock(async () => turns.push('other'))
      await vi.waitUntil(async () => (await locks(false)).length === 1, 8_000)
      await new PostgresJudgeSession(tx).noting([1], async () => {
        expect(await watcher.query('SELECT in_hand FROM suspected_transitions')).toEqual([{ in_hand: true }])
        await tx.query('SELECT pg_sleep(0.2)')
        turns.push('one')
      })
    })
    await others
    expect(turns).toEqual(['one', 'other'])
    expect(await locks(true)).toEqual([])
  })
}
