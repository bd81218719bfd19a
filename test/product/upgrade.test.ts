import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { MASK } from '../../src/actions/config-secrets.js'
import { rfc2822 } from '../../src/demo/raw-records.js'
import type { RawRecord } from '../../src/demo/world.js'
import type { Connection } from '../../src/store/data-source.js'
import { type InstallationPlace, openInstallation } from '../../src/store/installation.js'
import { onClient } from '../../src/store/on-client.js'
import { type Received, startHttpSink } from '../actions/http-sink.js'
import { startSmtpSink } from '../actions/smtp-sink.js'
import { emailSends, webhookSends } from '../faults/ledgers.js'
import { aDataDir } from '../fixtures/database-dir.js'
import { aServerDatabase, testServer } from '../fixtures/empty-database.js'
import { everythingStored } from '../fixtures/everything-stored.js'
import {
  type FirstRelease,
  firstSecrets,
  missingFrom,
  restoreFirstRelease,
} from '../fixtures/first-release.js'
import {
  aDirectory,
  endProducts,
  type Product,
  productKey,
  readyProduct,
  watching,
} from '../fixtures/product.js'
import { ScriptedWorld } from '../fixtures/scripted-world.js'
import { type SimulatedTwilio, simulatedTwilio } from '../fixtures/simulated-twilio.js'

vi.setConfig({ testTimeout: 240_000 })

/** Where the first release kept what it held, and how to leave nothing behind. */
interface Home extends InstallationPlace {
  drop(): Promise<void>
}

const homes = [
  {
    kind: 'the embedded database',
    isThere: true,
    make: async (): Promise<Home> => ({
      databaseUrl: null,
      dataDir: await aDataDir(),
      demo: false,
      drop: async () => {},
    }),
  },
  {
    kind: 'a real server (skipped without TEST_DATABASE_URL)',
    isThere: Boolean(testServer),
    make: async (): Promise<Home> => {
      const { url, drop } = await aServerDatabase(testServer ?? '')
      return { databaseUrl: url, dataDir: aDirectory(), demo: false, drop }
    },
  },
]

/** What the API must say of what was at rest, and what says so in the tables of the first release. */
const lists = {
  logs: {
    fields: `id twilioSid logType timestamp status errorCode errorMessage fromNumber toNumber text rawData processed
             transitions { status errorCode }`,
    sql: `SELECT id, twilio_sid AS "twilioSid", upper(log_type) AS "logType", timestamp, status, error_code AS "errorCode",
                 error_message AS "errorMessage", from_number AS "fromNumber", to_number AS "toNumber", text, raw_data AS "rawData", processed,
                 (SELECT jsonb_agg(jsonb_build_object('status', t.status, 'errorCode', t.error_code) ORDER BY t.id)
                    FROM log_transitions t WHERE t.log_id = l.id) AS transitions
            FROM logs l WHERE processed AND status IS DISTINCT FROM 'scheduled'`,
  },
  alerts: {
    fields: 'id ruleId logId matchCount summary triggeredAt rule { name }',
    sql: `SELECT a.id, rule_id AS "ruleId", log_id AS "logId", match_count AS "matchCount", summary, triggered_at AS "triggeredAt",
                 jsonb_build_object('name', r.name) AS rule
            FROM alerts a JOIN rules r ON r.id = a.rule_id`,
  },
  deliveries: {
    fields: `id alertId actionId status success attemptCount actionResult triggeredAt completedAt
             attempts { success durationMs statusCode error response }`,
    sql: `SELECT id, alert_id AS "alertId", action_id AS "actionId", upper(status) AS status, success, attempt_count AS "attemptCount",
                 action_result AS "actionResult", triggered_at AS "triggeredAt", completed_at AS "completedAt",
                 (SELECT coalesce(jsonb_agg(jsonb_build_object('success', t.success, 'durationMs', t.duration_ms,
                           'statusCode', t.status_code, 'error', t.error, 'response', t.response) ORDER BY t.id), '[]')
                    FROM delivery_attempts t WHERE t.delivery_id = d.id) AS attempts
            FROM deliveries d WHERE status <> 'pending'`,
  },
} as const
const ruleFields = `id name description enabled logType patternType patternValue thresholdCount thresholdWindowMinutes cooldownMinutes
                    createdAt actions { id actionType enabled }`
const ruleSql = `SELECT id, name, description, enabled, upper(log_type) AS "logType", upper(pattern_type) AS "patternType",
                        pattern_value AS "patternValue", threshold_count AS "thresholdCount",
                        threshold_window_minutes AS "thresholdWindowMinutes", cooldown_minutes AS "cooldownMinutes", created_at AS "createdAt",
                        (SELECT jsonb_agg(jsonb_build_object('id', a.id, 'actionType', upper(a.action_type), 'enabled', a.enabled)
                                          ORDER BY a.created_at, a.id) FROM actions a WHERE a.rule_id = r.id AND a.deleted_at IS NULL) AS actions
                   FROM rules r WHERE deleted_at IS NULL`
type Noun = keyof typeof lists
const nouns = Object.keys(lists) as Noun[]

/** Where the product notes how far it is, and drops what is a week old. */
const bookkeeping: ReadonlySet<string> = new Set([
  'accounts',
  'feed',
  'poll_cursors',
  'rules',
  'sends',
  'system_state',
])

interface Row {
  readonly id: string
}

/** What the first release held, as its tables say before anything else is started on them. */
interface Held {
  readonly release: FirstRelease
  readonly atRest: Readonly<Record<Noun, readonly Row[]>>
  readonly rules: readonly Row[]
  readonly owed: readonly string[]
  /** SIDs of what was stored and not judged. */
  readonly unjudged: readonly string[]
  /** What Twilio said of the message that it had not sent yet. */
  readonly scheduled: RawRecord
}

async function holding(connection: Connection, receiver: string): Promise<Held> {
  const release = await restoreFirstRelease(connection, receiver)
  return onClient(connection, async (statements) => {
    // Times as the API writes them.
    const ask = async <Found>(sql: string): Promise<Found[]> =>
      JSON.parse(JSON.stringify(await statements.query(sql))) as Found[]
    const texts = async (sql: string) => (await ask<{ text: string }>(sql)).map(({ text }) => text)
    const [scheduled] = await ask<{ record: RawRecord }>(
      `SELECT raw_data AS record FROM public.logs WHERE status = 'scheduled'`,
    )
    return {
      release,
      atRest: {
        logs: await ask(lists.logs.sql),
        alerts: await ask(lists.alerts.sql),
        deliveries: await ask(lists.deliveries.sql),
      },
      rules: await ask(ruleSql),
      owed: await texts(`SELECT id AS text FROM deliveries WHERE status = 'pending'`),
      unjudged: await texts(`SELECT twilio_sid AS text FROM logs WHERE NOT processed`),
      scheduled: scheduled!.record,
    }
  })
}

/** The database of a product that does not run. */
async function on<Result>(home: Home, work: (connection: Connection) => Promise<Result>): Promise<Result> {
  const { connection, close } = await openInstallation(home)
  try {
    return await work(connection)
  } finally {
    await close()
  }
}

describe.each(homes)('the product, started on what the first release left in $kind', ({ isThere, make }) => {
  describe.skipIf(!isThere)('', () => suite(make))
})

function suite(make: () => Promise<Home>): void {
  let home: Home
  let held: Held
  let twilio: SimulatedTwilio
  let http: Awaited<ReturnType<typeof startHttpSink>>
  let smtp: Awaited<ReturnType<typeof startSmtpSink>>
  let product: Product
  /** SIDs of what came while nobody looked: what one rule is about, and another. */
  let undelivered: string
  let lost: string

  beforeAll(async () => {
    home = await make()
    // Other records than those of then, which had the first seed.
    twilio = await simulatedTwilio({ world: new ScriptedWorld({ seed: 2 }) })
    http = await startHttpSink()
    smtp = await startSmtpSink({ disabledCommands: ['STARTTLS'] })
    held = await on(home, (connection) => holding(connection, new URL(http.url).origin))
    const { world } = twilio
    const failed = { status: 'undelivered', error_code: 30003 }
    world.addRaw('messages', { ...held.scheduled, ...failed, date_updated: rfc2822(Date.now()) })
    undelivered = world.addMessage(failed).sid
    lost = world.addMessage({ body: 'The parcel 99 is lost.' }).sid
    for (let n = 0; n < 3; n++) world.addAlert()
    product = await readyProduct({
      env: {
        ...watching(twilio),
        DATABASE_URL: home.databaseUrl ?? undefined,
        DATA_DIR: home.dataDir,
        SMTP_HOST: '127.0.0.1',
        SMTP_PORT: String(smtp.settings.port),
      },
    })
    await vi.waitFor(async () => expect(await stillToCome()).toEqual({ silent: [], owed: 0 }), {
      timeout: 120_000,
      interval: 500,
    })
  })
  afterAll(async () => {
    await endProducts()
    await Promise.all([twilio.stop(), http.stop(), smtp.stop()])
    await home.drop()
  })

  /** Logs that have to fire and have not, and how much is owed. */
  async function stillToCome(): Promise<{ readonly silent: readonly string[]; readonly owed: number }> {
    const { alerts, deliveries } = await product.graphql<{
      alerts: { nodes: { log: { twilioSid: string } | null }[] }
      deliveries: { totalCount: number }
    }>(
      '{ alerts(first: 200) { nodes { log { twilioSid } } } deliveries(filter: { status: [PENDING] }) { totalCount } }',
    )
    const fired = new Set(alerts.nodes.map(({ log }) => log?.twilioSid))
    const due = [...held.unjudged, held.scheduled.sid, undelivered, lost]
    return { silent: due.filter((sid) => !fired.has(sid)), owed: deliveries.totalCount }
  }
  const sentTo = (path: string) => http.received.filter((one) => one.path === path)
  const sidsIn = (received: readonly Received[]) =>
    received.map(
      ({ body }) => (JSON.parse(body) as { data: { log: { twilioSid: string } } }).data.log.twilioSid,
    )
  const inOrder = (rows: readonly Row[]) => rows.toSorted((one, other) => one.id.localeCompare(other.id))

  it.each(nouns)('lists the %s that were at rest as they were', async (noun) => {
    const { [noun]: listed } = await product.graphql<Record<Noun, { nodes: Row[] }>>(
      `{ ${noun}(first: 200) { nodes { ${lists[noun].fields} } } }`,
    )
    const known = new Set(held.atRest[noun].map(({ id }) => id))
    expect(known.size).toBeGreaterThan(5)
    expect(inOrder(listed.nodes.filter(({ id }) => known.has(id)))).toEqual(inOrder(held.atRest[noun]))
  })

  it('has every rule with its actions, their secrets masked', async () => {
    const { rules } = await product.graphql<{ rules: Row[] }>(`{ rules { ${ruleFields} } }`)
    expect(inOrder(rules)).toEqual(inOrder(held.rules))
    const { shown } = await product.graphql<{ shown: { name: string; actions: { config: object }[] }[] }>(
      '{ shown: rules { name actions { config } } }',
    )
    const configs = shown.find(({ name }) => name === 'Not delivered')?.actions.map(({ config }) => config)
    expect(configs).toContainEqual(
      expect.objectContaining({ secret: MASK, headers: { Authorization: MASK, 'X-Team': MASK } }),
    )
  })

  it('sends what was owed once each, and nothing again that had come to its end', () => {
    const ended = new Set(held.atRest.deliveries.map(({ id }) => id))
    const sent = [...webhookSends(http.received), ...emailSends(smtp.received)]
    expect(held.owed.length).toBeGreaterThan(3)
    expect(sent.filter((id) => held.owed.includes(id)).sort()).toEqual([...held.owed].sort())
    expect(sent.filter((id) => ended.has(id))).toEqual([])
  })

  it('judges what was stored, what moved on and what is new by the rules of then, and opens their secrets to tell of it', () => {
    const signed = sentTo('/signed')
    const judged = signed.filter(({ headers }) => !held.owed.includes(String(headers['webhook-id'])))
    expect(judged.length).toBeLessThan(signed.length)
    expect(sidsIn(judged).sort()).toEqual([...held.unjudged, held.scheduled.sid, undelivered].sort())
    for (const { headers, body } of signed) {
      const given = headers as Record<string, string>
      expect(() => new Webhook(firstSecrets.signing).verify(body, given)).not.toThrow()
      expect(headers.authorization).toBe(firstSecrets.header)
    }
    const [put, ...more] = sentTo(`/services/T0123ABCD/B0123ABCD/${firstSecrets.pathToken}`)
    expect(put).toMatchObject({ method: 'PUT', body: expect.stringContaining(lost) as string })
    expect(more).toEqual([])
    expect(sentTo('/threshold')).toHaveLength(1)
  })

  it('answers by REST, too', async () => {
    const ask = async (path: string): Promise<unknown> => {
      const response = await fetch(product.url + path, { headers: { 'x-api-key': productKey } })
      return response.json()
    }
    expect(await ask(`/api/deliveries/${held.owed[0]}`)).toMatchObject({ status: 'delivered', success: true })
    expect(await ask(`/api/logs?twilio_sid=${held.scheduled.sid}`)).toMatchObject([
      { status: 'undelivered', error_code: '30003' },
    ])
  })

  it('has changed no row but those it worked on, and keeps no secret plain', async () => {
    expect(await product.stop()).toEqual({ code: 0, signal: null })
    const now = await on(home, held.release.rowsNow)
    const changed = new Map<string, number>()
    for (const row of missingFrom(now, held.release.rows)) {
      const [table = ''] = row.split(' ')
      if (!bookkeeping.has(table)) changed.set(table, (changed.get(table) ?? 0) + 1)
    }
    expect(Object.fromEntries(changed)).toEqual({
      actions: 1, // a token in a URL is encrypted since then
      deliveries: held.owed.length,
      delivery_attempts: 1, // of the process that died
      logs: held.unjudged.length + 1,
      log_transitions: held.unjudged.length,
    })
    expect((await everythingStored(home)).join()).not.toContain(firstSecrets.pathToken)
  })
}
