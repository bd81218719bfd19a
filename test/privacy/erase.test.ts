import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { numberPattern } from '../../src/sources/number-pattern.js'
import { someHandlers } from '../actions/samples.js'
import { commandsOn } from '../commands/commands-on.js'
import { type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import { insertAction, insertAlert, insertDelivery, insertLog, insertRule } from '../fixtures/rows.js'

describe('a number', () => {
  const found = (text: string) => new RegExp(numberPattern('+14155552671')!.expression, 'i').test(text)

  it.each([
    'to +14155552671.',
    '14155552671',
    '4155552671',
    '+1 (415) 555-2671',
    '001 415 555 2671',
    '415.555.2671',
    'To=%2B14155552671&',
    'whatsapp:+14155552671',
    '0415 555 2671',
    'Body=call+%28415%29+555-2671+now',
    'Body=415+555+2671',
    'call%20415-555-2671',
    'To=%2B1+415+555+2671',
  ])('is found in %s', (text) => {
    expect(found(text)).toBe(true)
  })

  it.each(['+14155552672', '94155552671', '41555526710', 'SM14155552', '+1 415 555'])(
    'is not found in %s',
    (text) => {
      expect(found(text)).toBe(false)
    },
  )

  it('that could be a day is not found in days', () => {
    const expression = new RegExp(numberPattern('+4520261122')!.expression, 'i')
    for (const day of ['2026-11-22', '2026-11-22T10:00:00Z', '2026/11/22 10', 'on 2026.11.22.'])
      expect(day).not.toMatch(expression)
    for (const text of ['+45 20 26 11 22', '20 26 11 22', '20261122', '+4520261122', '+45 2026-11-22'])
      expect(text).toMatch(expression)
    expect('22.11.2026').not.toMatch(new RegExp(numberPattern('+4522112026')!.expression, 'i'))
  })

  it.each(['', '4155552671', 'abc', '+1', '+1415555267112345678'])('is not %s', (text) => {
    expect(numberPattern(text)).toBeNull()
  })
})

describe('eraseNumber', () => {
  const number = '+14155552671'
  const handlers = someHandlers()
  let graphql: TestGraphql
  beforeAll(async () => {
    graphql = await openTestGraphql({
      commandsFor: (database, caller) => commandsOn(database, handlers, 'a secret key', caller),
    })
  })
  afterAll(async () => {
    await graphql.close()
    await handlers.close()
  })

  /** Every row of every table, as text. */
  async function everything(): Promise<string[]> {
    const tables = await graphql.database.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()`,
    )
    const rows: string[] = []
    for (const { name } of tables)
      rows.push(
        ...(await graphql.database.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`)).map(
          ({ text }) => `${name} ${text}`,
        ),
      )
    return rows
  }
  const hits = async () =>
    (await everything()).filter((row) => row.replaceAll(/%2\d|[\s().+/-]/g, '').includes('4155552671'))

  /** The number in every column that can hold it, spelled in many ways; another one beside it. */
  async function fill(): Promise<string[]> {
    const { database } = graphql
    const rawData = {
      sid: 'SM1',
      to: number,
      from: '+14155552672',
      num: 14155552671,
      deep: [{ n: `a ${number}` }],
    }
    const [first, second] = [
      await insertLog(database, {
        toNumber: number,
        fromNumber: '+14155552672',
        errorMessage: `no ${number}`,
        rawData,
      }),
      await insertLog(database, {
        twilioSid: 'custom:x:4155552671',
        text: 'call (415) 555-2671 now',
        rawData: {},
      }),
    ]
    await insertLog(database, { twilioSid: `custom:x:${number}`, rawData: {} })
    await database.query(`UPDATE log_transitions SET error_message = $1 WHERE log_id = $2`, [
      `no ${number}`,
      first,
    ])
    const rule = await insertRule(database, { name: `about ${number}` })
    await database.query(
      `UPDATE rules SET pattern_type = 'regex', pattern_value = '14155552671', description = $1`,
      [number],
    )
    const action = await insertAction(database, rule, { config: { message: `to ${number}` } })
    const alert = await insertAlert(database, rule, first)
    await database.query(`UPDATE alerts SET summary = $1, cause = $1`, [`it fired for ${number}`])
    const delivery = await insertDelivery(
      database,
      { alertId: alert, ruleId: rule, actionId: action },
      { attempts: 2 },
    )
    await database.query(`UPDATE deliveries SET action_result = $1`, [JSON.stringify({ message: number })])
    await database.query(`UPDATE delivery_attempts SET response = $1, error = $1`, [`refused ${number}`])
    await database.query(
      `INSERT INTO inbox (id, channel, idempotency_id, twilio_sid, given_id, body, received_at)
       VALUES (gen_random_uuid(), 'custom:x', 'digest', 'custom:x:4155552671', '4155552671', $1, now())`,
      [`{"to":"${number}"}`],
    )
    await database.query(
      `INSERT INTO unreadable_records (digest, account_sid, source, reason, record) VALUES ('d', 'AC1', 'messages', 'odd', $1)`,
      [number],
    )
    await database.query(
      `INSERT INTO inbox (id, channel, idempotency_id, body, received_at)
       VALUES (gen_random_uuid(), 'twilio-message', 'digest', 'To=%2B1+%28415%29+555-2671&Body=415+555+2671', now())`,
    )
    await database.query(`INSERT INTO sends (key) VALUES ($1)`, [`sms ${number}`])
    // As an earlier version may have left it, in a spelling that no mask knows.
    await database.query(
      `INSERT INTO audit_log (id, at, actor, actor_name, action, object_type, object_name, changes)
       VALUES (gen_random_uuid(), now(), 'key', '415/5552671', 'create', 'rule', $1, $2)`,
      [`about ${number}`, JSON.stringify({ name: { from: null, to: `about ${number}` } })],
    )
    return [first, second, delivery]
  }

  const counts = async () => {
    const sizes = new Map<string, number>()
    for (const row of await everything())
      sizes.set(row.split(' ')[0]!, (sizes.get(row.split(' ')[0]!) ?? 0) + 1)
    return Object.fromEntries(
      [...sizes].filter(([name]) => !['audit_log', 'erased_numbers', 'feed'].includes(name)),
    )
  }

  it('leaves no trace of it in any column of any table, and every row where it was', async () => {
    await fill()
    // Erasing begins with judging: nothing of that is to be counted here.
    await graphql.database.query(`UPDATE log_transitions SET judged = true`)
    const before = await counts()
    expect((await hits()).length).toBeGreaterThan(10)
    const { data, errors } = await graphql.ask(
      `mutation { eraseNumber(number: "+1 (415) 555-2671") { number rows } }`,
    )
    expect(errors).toEqual([])
    expect(data).toMatchObject({ eraseNumber: { number: '+1415***2671' } })
    expect(await hits()).toEqual([])
    expect(await counts()).toEqual(before)

    const [log] = await graphql.database.query<{ to: string; from: string; raw: unknown }>(
      `SELECT to_number AS to, from_number AS from, raw_data AS raw FROM logs WHERE from_number IS NOT NULL`,
    )
    expect(log).toEqual({
      to: '(erased)',
      from: '+14155552672',
      raw: { sid: 'SM1', to: '(erased)', from: '+14155552672', num: '(erased)', deep: [{ n: 'a (erased)' }] },
    })
    const [linked] = await graphql.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM logs JOIN inbox USING (twilio_sid)`,
    )
    expect(linked?.count).toBe(1)
    expect(await graphql.database.query(`SELECT enabled FROM rules`)).toEqual([{ enabled: false }])

    const noted = await graphql.ask(`{ auditLog { nodes { action objectType objectName changes } } }`)
    expect(noted.data).toEqual({
      auditLog: {
        nodes: [
          {
            action: 'UPDATE',
            objectType: 'RULE',
            objectName: 'about +1415***2671',
            changes: { enabled: { from: true, to: false } },
          },
          { action: 'ERASE', objectType: 'NUMBER', objectName: '+1415***2671', changes: {} },
          {
            action: 'CREATE',
            objectType: 'RULE',
            objectName: 'about (erased)',
            changes: { name: { from: null, to: 'about (erased)' } },
          },
        ],
      },
    })
  })

  it('knows every kind of column that could hold one', async () => {
    const others = await graphql.database.query<{ name: string }>(
      `SELECT DISTINCT table_name || '.' || column_name AS name FROM information_schema.columns
        WHERE table_schema = current_schema() AND data_type NOT IN (
          'text', 'character varying', 'json', 'jsonb', 'uuid', 'boolean', 'integer', 'bigint', 'timestamp with time zone')`,
    )
    // A hash of a key, and names of scopes.
    expect(others.map(({ name }) => name).toSorted()).toEqual(['api_keys.hash', 'api_keys.scopes'])
  })

  it('says what is no number', async () => {
    const { errors } = await graphql.ask(`mutation { eraseNumber(number: "4155552671") { rows } }`)
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', fields: [{ path: 'number' }] } }])
  })

  it('is noted before anything is gone, so that half of it is noted too', async () => {
    const { database } = graphql
    const log = await insertLog(database, { toNumber: '+442071838750', rawData: {} })
    await database.query(
      `CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''killed''; END'`,
    )
    await database.query(`CREATE TRIGGER die BEFORE UPDATE OF to_number ON logs EXECUTE FUNCTION die()`)
    const refused = await graphql.ask(`mutation { eraseNumber(number: "+442071838750") { rows } }`)
    expect(refused.errors).toHaveLength(1)
    const entries = () =>
      database.query(`SELECT FROM audit_log WHERE action = 'erase' AND object_name = '+4420***8750'`)
    expect(await entries()).toHaveLength(1)

    await database.query(`DROP TRIGGER die ON logs`)
    await graphql.ask(`mutation { eraseNumber(number: "+442071838750") { rows } }`)
    const [row] = await database.query(`SELECT to_number FROM logs WHERE id = $1`, [log])
    expect(row).toEqual({ to_number: '(erased)' })
    expect(await entries()).toHaveLength(2)
  })

  it('leaves the audit log as closed as it was', async () => {
    const { database } = graphql
    const erasing = `SELECT set_config('giftpulse.erasing', 'on', true)`
    const kept = {
      id: 'gen_random_uuid()',
      at: `at - interval '1 hour'`,
      actor: `actor || 'x'`,
      key_id: 'gen_random_uuid()',
      action: `'x'`,
      object_type: `'x'`,
      object_id: `'x'`,
      ip: `'192.0.2.1'`,
    }
    const tries = [
      `UPDATE audit_log SET object_name = 'x'`,
      ...Object.entries(kept).map(
        ([column, value]) => `${erasing}; UPDATE audit_log SET ${column} = ${value}`,
      ),
      `${erasing}; DELETE FROM audit_log`,
    ]
    for (const statement of tries)
      await expect(
        database.transaction(async (tx) => {
          for (const one of statement.split('; ')) await tx.query(one)
        }),
      ).rejects.toThrow(/only be added to/)
  })
})
