import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Trouble } from '../../src/watch/troubles.js'
import { SystemWatch } from '../../src/watch/system-watch.js'
import { PostgresSystemAlerts } from '../../src/store/system-alerts.js'
import { someHandlers } from '../actions/samples.js'
import { commandsOn } from '../commands/commands-on.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'

const stale: Trouble = {
  condition: 'SOURCE_STALE',
  subject: 'AC1',
  opens: true,
  words: 'GiftPulse is behind.',
}
const handlers = someHandlers()
const actions = [
  { actionType: 'log', config: {} },
  { actionType: 'log', config: {}, enabled: false },
]

let test: TestDatabase
let troubles: readonly Trouble[]
let written: number[]
beforeAll(async () => {
  test = await openTestDatabase()
})
beforeEach(() => {
  troubles = []
  written = []
})
afterAll(async () => {
  await handlers.close()
  await test.close()
})

const aWatch = () =>
  new SystemWatch({
    store: new PostgresSystemAlerts(test.database),
    troubles: async () => troubles,
    onWritten: (upTo) => void written.push(upTo),
  })
const commands = () => commandsOn(test.database, handlers, 'a secret key')
const aRule = async () =>
  (
    await commands().createRule({
      name: 'watch',
      patternType: 'system',
      patternValue: 'source_stale',
      actions,
    })
  ).rule

const alertsOf = (ruleId: string) =>
  test.database.query<{ summary: string; firing: boolean; log: string | null }>(
    `SELECT summary, reason, cause, resolves_at > now() AS firing, log_id AS log FROM alerts WHERE rule_id = $1 ORDER BY triggered_at`,
    [ruleId],
  )
const kindsOwedBy = async (ruleId: string) =>
  (
    await test.database.query<{ kind: string; status: string }>(
      `SELECT kind, status FROM deliveries WHERE rule_id = $1 ORDER BY triggered_at, kind`,
      [ruleId],
    )
  ).map(({ kind, status }) => `${kind} ${status}`)

describe('what is wrong with GiftPulse itself', () => {
  it('opens one alert that stands until it is over, and owes a message at both ends', async () => {
    const { id } = await aRule()
    troubles = [stale]
    for (let look = 0; look < 3; look++) await aWatch().look()
    expect(await alertsOf(id)).toEqual([
      {
        summary: 'watch: GiftPulse is behind.',
        reason: 'started-to-match',
        cause: 'GiftPulse is behind.',
        firing: true,
        log: null,
      },
    ])
    expect(await kindsOwedBy(id)).toEqual(['alert pending'])
    expect(written).toHaveLength(1)

    troubles = []
    for (let look = 0; look < 3; look++) await aWatch().look()
    expect(await alertsOf(id)).toMatchObject([{ firing: false }])
    expect(await kindsOwedBy(id)).toEqual(['alert pending', 'resolve pending'])

    troubles = [stale]
    await aWatch().look()
    expect(await alertsOf(id)).toHaveLength(2)
    await commands().deleteRule(id)
    await aWatch().look()
    expect((await alertsOf(id)).map(({ firing }) => firing)).toEqual([false, false])
    expect(await kindsOwedBy(id)).not.toContain('resolve pending')
  })

  it('opens one alert although several processes look at once', async () => {
    const { id } = await aRule()
    troubles = [stale]
    await Promise.all(Array.from({ length: 4 }, () => aWatch().look()))
    expect(await alertsOf(id)).toHaveLength(1)
    await commands().deleteRule(id)
    await aWatch().look()
  })

  it('is told to whoever follows the feed', async () => {
    const { id } = await aRule()
    const head = async () =>
      Number((await test.database.query<{ head: string }>(`SELECT max(position) AS head FROM feed`))[0]?.head)
    const before = await head()
    troubles = [stale]
    await aWatch().look()
    const kinds = await test.database.query<{ kind: string }>(
      `SELECT kind FROM feed WHERE position > $1 ORDER BY position`,
      [before],
    )
    expect(kinds.map(({ kind }) => kind)).toEqual(['alert_triggered', 'delivery_changed'])
    expect(written).toEqual([await head()])
    await commands().deleteRule(id)
    await aWatch().look()
  })
})

describe('the rule about it', () => {
  it('is refused where it names what there is not', async () => {
    const refused = commands().createRule({
      name: 'watch',
      patternType: 'system',
      patternValue: 'SOURCE_STALE,MOON',
    })
    await expect(refused).rejects.toMatchObject({
      fields: [{ path: 'patternValue', message: expect.stringContaining('entry 2 ("MOON")') }],
    })
  })
})
