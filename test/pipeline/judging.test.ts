import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PatternType } from '../../src/rules/rule.js'
import { AlertReads } from '../../src/store/alert-reads.js'
import { LogReads } from '../../src/store/log-reads.js'
import { readStanding } from '../../src/store/standing-reads.js'
import { weaknessesOf } from '../../src/watch/weaknesses.js'
import { aSighting, openCore, type Core } from '../fixtures/core.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'

let test: TestDatabase
let core: Core

beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.query(
    `TRUNCATE logs, log_transitions, rules, rule_verdicts, threshold_matches, threshold_episodes, alerts, alert_logs, actions, deliveries, feed`,
  )
  core = openCore(test.database)
})

const live = { backfillBefore: null }

async function see(...sightings: Parameters<typeof aSighting>[0][]) {
  const result = await core.ingest(sightings.map(aSighting), [], live)
  await core.judge.judgeAll()
  return result
}

async function alertsOf(ruleId: string) {
  return test.database.query<{ id: string; sid: string; matches: number }>(
    `SELECT a.id, l.twilio_sid AS sid, a.match_count AS matches FROM alerts a JOIN logs l ON l.id = a.log_id
      WHERE a.rule_id = $1 ORDER BY a.triggered_at, a.transition_id`,
    [ruleId],
  )
}

/** Where the alerts of each log opened, by SIDs; logs that have none are left out. */
async function openingsOf(...sids: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>> {
  const logs = await test.database.query<{ id: string; sid: string }>(
    `SELECT id, twilio_sid AS sid FROM logs`,
  )
  const sidOf = new Map(logs.map(({ id, sid }) => [id, sid]))
  const wanted = logs.filter(({ sid }) => sids.includes(sid)).map(({ id }) => id)
  const openings: Record<string, string[]> = {}
  for (const { ofLogId, logId } of await new AlertReads(test.database).ofLogs(wanted))
    (openings[sidOf.get(ofLogId) ?? ''] ??= []).push(sidOf.get(logId ?? '') ?? '')
  return openings
}

/** Which logs each alert of a rule stands for, by SIDs, newest first. */
async function logsOf(ruleId: string): Promise<string[][]> {
  const alerts = await alertsOf(ruleId)
  const pages = await new LogReads(test.database).pagesOfAlerts(
    alerts.map(({ id }) => id),
    { first: 200, after: null },
  )
  return alerts.map(({ id }) => (pages.get(id)?.rows ?? []).map(({ twilioSid }) => twilioSid))
}

const at = (minute: number, second = 0) => new Date(Date.UTC(2026, 10, 1, 12, minute, second))

describe('a page of a list', () => {
  it('that holds much text is stored whole, and judged in the order of its times', async () => {
    const rule = await core.createRule({ cooldownMinutes: 0 })
    const newestFirst = Array.from({ length: 40 }, (_, n) => ({
      twilioSid: `SM${String(n).padStart(32, '0')}`,
      timestamp: new Date(Date.UTC(2026, 10, 1, 12, 0, 40 - n)),
      errorCode: n % 2 === 0 ? '30003' : null,
      text: String(n).repeat(30_000),
    }))
    expect(await see(...newestFirst)).toEqual({ stored: 40, changed: 0 })
    const judged = await test.database.query<{ sid: string }>(
      `SELECT l.twilio_sid AS sid FROM log_transitions t JOIN logs l ON l.id = t.log_id WHERE t.judged ORDER BY t.id`,
    )
    expect(judged.map(({ sid }) => sid)).toEqual(newestFirst.map(({ twilioSid }) => twilioSid).toReversed())
    expect(await alertsOf(rule.id)).toHaveLength(20)
    expect(await see(...newestFirst)).toEqual({ stored: 0, changed: 0 })
  })
})

describe('storing', () => {
  it('stores a record once and every status it passes through', async () => {
    const first = aSighting({ status: 'queued' })
    expect(await core.ingest([first], [], live)).toEqual({ stored: 1, changed: 0 })
    expect(await core.ingest([first], [], live)).toEqual({ stored: 0, changed: 0 })
    const failed = aSighting({
      twilioSid: first.twilioSid,
      status: 'failed',
      errorCode: '30003',
      changedAt: at(9),
    })
    expect(await core.ingest([failed, first, failed], [], live)).toEqual({ stored: 0, changed: 1 })
    expect(await test.database.query(`SELECT status, error_code FROM log_transitions ORDER BY id`)).toEqual([
      { status: 'queued', error_code: null },
      { status: 'failed', error_code: '30003' },
    ])
  })

  it('counts each record once when the same page is stored by two at once', async () => {
    const page = Array.from({ length: 200 }, () => aSighting({}))
    const results = await Promise.all([
      core.ingest(page, [], live),
      core.ingest(page, [], live),
      core.ingest(page, [], live),
    ])
    expect(results.reduce((sum, { stored }) => sum + stored, 0)).toBe(200)
    expect(await test.database.query(`SELECT count(*)::int AS n FROM log_transitions`)).toEqual([{ n: 200 }])
  })

  it('fills in a price without calling it a change', async () => {
    const seen = aSighting({ status: 'delivered' })
    await core.ingest([seen], [], live)
    const priced = { ...seen, rawData: { ...(seen.rawData as object), price: '-0.0075' } }
    expect(await core.ingest([priced], [], live)).toEqual({ stored: 0, changed: 0 })
    expect(await test.database.query(`SELECT raw_data->>'price' AS price FROM logs`)).toEqual([
      { price: '-0.0075' },
    ])
  })
})

describe('a rule without threshold', () => {
  it('fires when a log starts to match, and not again while it goes on matching', async () => {
    const rule = await core.createRule({
      patternType: PatternType.STATUS,
      patternValue: 'undelivered,failed',
    })
    await see({ twilioSid: 'SM1', status: 'sent' })
    expect(await alertsOf(rule.id)).toHaveLength(0)
    await see({ twilioSid: 'SM1', status: 'undelivered', changedAt: at(5) })
    await see({ twilioSid: 'SM1', status: 'undelivered', errorCode: '30003', changedAt: at(6) })
    expect(await alertsOf(rule.id)).toMatchObject([{ sid: 'SM1', matches: 1 }])
  })

  it('fires again when a log stopped matching in between', async () => {
    const rule = await core.createRule({ patternType: PatternType.STATUS, patternValue: 'queued,delivered' })
    await see({ twilioSid: 'SM1', status: 'queued' })
    await see({ twilioSid: 'SM1', status: 'sent', changedAt: at(5) })
    await see({ twilioSid: 'SM1', status: 'delivered', changedAt: at(6) })
    expect(await alertsOf(rule.id)).toHaveLength(2)
  })

  it('judges what is stored after it was made, and the first change of an older log', async () => {
    await see(
      { twilioSid: 'SM1', status: 'failed', errorCode: '30003' },
      { twilioSid: 'SM2', status: 'sent' },
    )
    const rule = await core.createRule({ patternValue: '30003' })
    await see({ twilioSid: 'SM2', status: 'failed', errorCode: '30003', changedAt: at(5) })
    expect(await alertsOf(rule.id)).toMatchObject([{ sid: 'SM2' }])
  })

  it('judges by the old rules what was stored before an edit', async () => {
    const rule = await core.createRule({ patternValue: '30003' })
    await core.ingest([aSighting({ twilioSid: 'SM1', errorCode: '30003' })], [], live)
    await core.updateRule(rule, { patternValue: '30005' })
    expect(await alertsOf(rule.id)).toMatchObject([{ sid: 'SM1' }])
    await see({ twilioSid: 'SM2', errorCode: '30003' }, { twilioSid: 'SM3', errorCode: '30005' })
    expect(await alertsOf(rule.id)).toMatchObject([{ sid: 'SM1' }, { sid: 'SM3' }])
  })

  it('fires nothing for backfill until it changes', async () => {
    const rule = await core.createRule({ patternValue: '30003,30004' })
    await core.ingest([aSighting({ twilioSid: 'SM1', errorCode: '30003' })], [], { backfillBefore: at(30) })
    await core.judge.judgeAll()
    expect(await alertsOf(rule.id)).toHaveLength(0)
    await see({ twilioSid: 'SM1', errorCode: '30004', changedAt: at(31) })
    expect(await alertsOf(rule.id)).toMatchObject([{ sid: 'SM1' }])
  })

  it('joins matches inside the cooldown to the open alert, with one delivery', async () => {
    const rule = await core.createRule({ patternValue: '30003', cooldownMinutes: 10 }, [{}])
    await see({ twilioSid: 'SM1', errorCode: '30003' }, { twilioSid: 'SM2', errorCode: '30003' })
    await see({ twilioSid: 'SM3', errorCode: '30003' })
    expect(await alertsOf(rule.id)).toMatchObject([{ sid: 'SM1', matches: 3 }])
    expect(await test.database.query(`SELECT status FROM deliveries`)).toEqual([{ status: 'pending' }])
    await test.database.query(`UPDATE alerts SET triggered_at = triggered_at - interval '10 minutes'`)
    await see({ twilioSid: 'SM4', errorCode: '30003' })
    expect(await alertsOf(rule.id)).toMatchObject([{ matches: 3 }, { sid: 'SM4', matches: 1 }])
  })
})

describe('the logs of an alert', () => {
  const failing = (twilioSid: string, minute: number) => ({
    twilioSid,
    timestamp: at(minute),
    errorCode: '30003',
  })
  const threshold = {
    patternType: PatternType.THRESHOLD,
    patternValue: 'code:30003',
    thresholdCount: 3,
    thresholdWindowMinutes: 5,
  }
  const letCooldownEnd = () =>
    test.database.query(`UPDATE alerts SET triggered_at = triggered_at - interval '10 minutes'`)

  it('are the one at which it opened and all that joined it inside the cooldown', async () => {
    const rule = await core.createRule({ patternValue: '30003', cooldownMinutes: 10 })
    await see(failing('SM1', 1), failing('SM2', 2), { twilioSid: 'SM9' })
    await see(failing('SM3', 0))
    expect(await logsOf(rule.id)).toEqual([['SM2', 'SM1', 'SM3']])
    await letCooldownEnd()
    await see(failing('SM4', 4), failing('SM5', 5))
    expect(await logsOf(rule.id)).toEqual([
      ['SM2', 'SM1', 'SM3'],
      ['SM5', 'SM4'],
    ])
    expect(await openingsOf('SM3', 'SM5', 'SM9')).toEqual({ SM3: ['SM1'], SM5: ['SM4'] })
  })

  it('are told once where one stopped to match and started again', async () => {
    const rule = await core.createRule({
      patternValue: 'failing',
      patternType: PatternType.STATUS,
      cooldownMinutes: 10,
    })
    for (const [minute, status] of ['failing', 'fine', 'failing'].entries())
      await see({ twilioSid: 'SM1', status, changedAt: at(minute) })
    expect(await alertsOf(rule.id)).toMatchObject([{ sid: 'SM1', matches: 2 }])
    expect(await logsOf(rule.id)).toEqual([['SM1']])
  })

  it('stay named by it where they do not match any more, and where its rule looks for something else', async () => {
    const rule = await core.createRule({
      patternType: PatternType.STATUS,
      patternValue: 'sending',
      cooldownMinutes: 10,
    })
    await see(
      { twilioSid: 'SM1', status: 'sending' },
      { twilioSid: 'SM2', status: 'sending', timestamp: at(1) },
    )
    await see({ twilioSid: 'SM2', status: 'delivered', timestamp: at(1), changedAt: at(2) })
    await core.updateRule(rule, { patternValue: 'busy' })
    await see({ twilioSid: 'SM1', status: 'sent', changedAt: at(3) })
    expect(await logsOf(rule.id)).toEqual([['SM2', 'SM1']])
  })

  it('of a threshold are those of its fullest window too, and whatever comes into its episode later', async () => {
    const rule = await core.createRule(threshold)
    await see(failing('SM1', 0), failing('SM2', 6))
    await see(failing('SM3', 7), failing('SM4', 8))
    expect(await logsOf(rule.id)).toEqual([['SM4', 'SM3', 'SM2']])
    await see(failing('SM5', 16), failing('SM6', 17))
    expect(await logsOf(rule.id)).toEqual([['SM4', 'SM3', 'SM2']])
    // With it SM5 and SM6 come into the episode, and SM1 stays alone.
    await see(failing('SM7', 12))
    expect(await alertsOf(rule.id)).toMatchObject([{ sid: 'SM4', matches: 6 }])
    expect(await logsOf(rule.id)).toEqual([['SM6', 'SM5', 'SM7', 'SM4', 'SM3', 'SM2']])
  })

  it('of a threshold are shared out among the alerts of one episode, and stay so when the rule is edited', async () => {
    const rule = await core.createRule({ ...threshold, cooldownMinutes: 10 })
    await see(failing('SM1', 0), failing('SM2', 1), failing('SM3', 2), failing('SM4', 3))
    await letCooldownEnd()
    await see(failing('SM5', 4), failing('SM6', 5))
    const shared = [
      ['SM4', 'SM3', 'SM2', 'SM1'],
      ['SM6', 'SM5'],
    ]
    expect(await logsOf(rule.id)).toEqual(shared)
    await core.updateRule(rule, { thresholdWindowMinutes: 4 })
    await see(failing('SM7', 6))
    expect(await logsOf(rule.id)).toEqual([shared[0], ['SM7', 'SM6', 'SM5']])
  })

  it('of a threshold are none of those from before its rule that its window does not hold', async () => {
    await see(...[0, 2, 4, 6, 8].map((minute) => failing(`SM${minute}`, minute)))
    const rule = await core.createRule(threshold)
    await see(failing('SM9', 9))
    expect(await alertsOf(rule.id)).toMatchObject([{ sid: 'SM9', matches: 4 }])
    expect(await logsOf(rule.id)).toEqual([['SM9', 'SM8', 'SM6', 'SM4']])
  })
})

describe('a threshold rule', () => {
  const threshold = {
    patternType: PatternType.THRESHOLD,
    patternValue: 'code:30003',
    thresholdCount: 3,
    thresholdWindowMinutes: 5,
  }
  const failing = (twilioSid: string, timestamp: Date) => ({ twilioSid, timestamp, errorCode: '30003' })

  it('opens one alert for an episode at the log that reaches the count', async () => {
    const rule = await core.createRule(threshold)
    await see(failing('SM1', at(0)), failing('SM2', at(1)))
    expect(await alertsOf(rule.id)).toHaveLength(0)
    await see(failing('SM3', at(5)))
    await see(failing('SM4', at(6)))
    expect(await alertsOf(rule.id)).toMatchObject([{ sid: 'SM3', matches: 4 }])
  })

  it('judges new and changed logs that are stored together by their own time', async () => {
    const rule = await core.createRule({ ...threshold, thresholdCount: 2 })
    await see({ twilioSid: 'SM1', timestamp: at(1), status: 'sent' })
    await see(
      failing('SM3', at(2)),
      { ...failing('SM1', at(1)), status: 'failed', changedAt: at(9) },
      failing('SM2', at(0)),
    )
    expect(await alertsOf(rule.id)).toMatchObject([{ sid: 'SM1', matches: 3 }])
  })

  it('counts logs older than itself and backfill, which open nothing', async () => {
    await see(failing('SM1', at(0)), failing('SM2', at(1)), failing('SM3', at(2)))
    const rule = await core.createRule(threshold)
    await core.ingest([aSighting(failing('SM4', at(3)))], [], { backfillBefore: at(30) })
    await core.judge.judgeAll()
    expect(await alertsOf(rule.id)).toHaveLength(0)
    await see(failing('SM5', at(4)))
    expect(await alertsOf(rule.id)).toMatchObject([{ sid: 'SM5', matches: 5 }])
  })

  it('keeps both alerts when a late log joins two episodes', async () => {
    const rule = await core.createRule(threshold)
    await see(failing('SM1', at(0)), failing('SM2', at(1)), failing('SM3', at(2)))
    await see(failing('SM4', at(10)), failing('SM5', at(11)), failing('SM6', at(12)))
    expect(await alertsOf(rule.id)).toHaveLength(2)
    await see(failing('SM7', at(6)))
    const alerts = await alertsOf(rule.id)
    expect(alerts.map(({ sid, matches }) => [sid, matches])).toEqual([
      ['SM3', 3],
      ['SM6', 4],
    ])
  })

  it('fires again in the same episode only after a cooldown', async () => {
    const rule = await core.createRule({ ...threshold, cooldownMinutes: 1 })
    await see(failing('SM1', at(0)), failing('SM2', at(1)), failing('SM3', at(2)))
    await see(failing('SM4', at(3)))
    expect(await alertsOf(rule.id)).toHaveLength(1)
    await test.database.query(`UPDATE alerts SET triggered_at = triggered_at - interval '1 minute'`)
    await see(failing('SM5', at(4)))
    expect(await alertsOf(rule.id)).toMatchObject([
      { sid: 'SM3', matches: 4 },
      { sid: 'SM5', matches: 1 },
    ])
    expect(await test.database.query(`SELECT reason, cause FROM alerts ORDER BY transition_id`)).toEqual([
      { reason: 'count-reached', cause: expect.stringMatching(/^message SM3 /) },
      { reason: 'cooldown-over', cause: expect.stringMatching(/^message SM5 /) },
    ])
  })

  it('is related to the logs that helped to open its alert, and to those that joined it', async () => {
    await core.createRule({ ...threshold, cooldownMinutes: 1 })
    const counted = ['SM1', 'SM2', 'SM3', 'SM4', 'SM5'].map((sid, minute) => failing(sid, at(minute)))
    await see(...counted.slice(0, 4), failing('SM8', at(20)), { twilioSid: 'SM9', timestamp: at(3) })
    expect(await openingsOf('SM1', 'SM3', 'SM4', 'SM8', 'SM9')).toEqual({
      SM1: ['SM3'],
      SM3: ['SM3'],
      SM4: ['SM3'],
    })
    await test.database.query(`UPDATE alerts SET triggered_at = triggered_at - interval '1 minute'`)
    await see(...counted.slice(4), failing('SM6', at(5)))
    expect(await openingsOf('SM2', 'SM4', 'SM5', 'SM6')).toEqual({
      SM2: ['SM3'],
      SM4: ['SM3'],
      SM5: ['SM5'],
      SM6: ['SM5'],
    })
  })

  it('is not named twice where one log opened its alert and that of another rule', async () => {
    await core.createRule(threshold)
    await core.createRule({ patternValue: '30003' })
    await see(failing('SM1', at(0)), failing('SM2', at(1)), failing('SM3', at(2)))
    expect(await openingsOf('SM3')).toEqual({ SM3: ['SM3', 'SM3'] })
  })

  it('joins the alert of an earlier version when its log still counts', async () => {
    const rule = await core.createRule(threshold)
    await see(failing('SM1', at(0)), failing('SM2', at(1)), failing('SM3', at(2)))
    await core.updateRule(rule, { thresholdWindowMinutes: 4 })
    await see(failing('SM4', at(3)))
    expect(await alertsOf(rule.id)).toMatchObject([{ sid: 'SM3', matches: 4 }])
  })

  it('joins the alert of an earlier version once a window around its log holds the new count', async () => {
    const rule = await core.createRule({ ...threshold, thresholdCount: 2 })
    await see(failing('SM1', at(0)), failing('SM2', at(1)))
    await core.updateRule(rule, { thresholdCount: 4 })
    await see(failing('SM3', at(2)))
    await see(failing('SM4', at(3)))
    expect(await alertsOf(rule.id)).toMatchObject([{ sid: 'SM2', matches: 3 }])
  })
})

describe('slow patterns', () => {
  /** Each look at this clock takes 100 ms, so matching a log takes that long at least. */
  function slowClock(): () => number {
    let time = 0
    return () => (time += 100)
  }

  it('are judged a part at a time, each of them kept before the next is begun', async () => {
    const slow = openCore(test.database, slowClock())
    const rule = await slow.createRule({ patternType: PatternType.REGEX, patternValue: 'h.llo' })
    const sids = Array.from({ length: 25 }, (_, n) => `SM${n + 10}`)
    await slow.ingest(
      sids.map((twilioSid) => aSighting({ twilioSid })),
      [],
      live,
    )
    expect(await slow.judge.judgeAll()).toBe(25)
    const parts = slow.reports.map((report) => report.judged)
    expect(Math.max(...parts)).toBeLessThanOrEqual(10)
    expect(parts.reduce((sum, judged) => sum + judged)).toBe(25)
    const alerts = await alertsOf(rule.id)
    expect(alerts.map(({ sid }) => sid).toSorted()).toEqual(sids)
  })

  it('let their rule be disabled, after what is stored was judged by it', async () => {
    const slow = openCore(test.database, slowClock())
    const rule = await slow.createRule({ patternType: PatternType.REGEX, patternValue: 'h.llo' })
    const stored = Array.from({ length: 25 }, () => aSighting())
    await slow.ingest(stored, [], live)
    expect(await slow.updateRule(rule, { enabled: false })).toMatchObject({ enabled: false })
    expect(slow.reports.length).toBeGreaterThan(2)
    expect(await alertsOf(rule.id)).toHaveLength(25)
  })
})

describe('a status whose alert the database refuses', () => {
  it('is set aside and told of for an hour; what comes before and after it is judged', async () => {
    await test.database.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF (SELECT twilio_sid FROM logs WHERE id = NEW.log_id) = 'SM3' THEN
           RAISE EXCEPTION 'out of range' USING ERRCODE = '22003'; END IF;
         RETURN NEW; END $$`,
    )
    await test.database.query(
      `CREATE TRIGGER refuse BEFORE INSERT ON alerts FOR EACH ROW EXECUTE FUNCTION refuse()`,
    )
    const rule = await core.createRule({ patternType: PatternType.REGEX, patternValue: 'h.llo' })
    await see(...[1, 2, 3, 4, 5].map((n) => ({ twilioSid: `SM${n}`, timestamp: at(n) })))
    await test.database.query(`DROP TRIGGER refuse ON alerts`)
    await test.database.query(`DROP FUNCTION refuse`)
    const sids = (await alertsOf(rule.id)).map(({ sid }) => sid)
    expect(sids.toSorted()).toEqual(['SM1', 'SM2', 'SM4', 'SM5'])
    expect(core.setAside).toEqual(['SM3'])
    const standing = await readStanding(test.database)
    expect(weaknessesOf(standing)).toEqual([
      {
        code: 'LOG_SET_ASIDE',
        text: 'A status of a log could not be judged and no rule has seen it: the log says why.',
      },
    ])
    await test.database.query(
      `UPDATE log_transitions SET set_aside_at = set_aside_at - interval '61 minutes'`,
    )
    expect(weaknessesOf(await readStanding(test.database))).toEqual([])
  })
})
