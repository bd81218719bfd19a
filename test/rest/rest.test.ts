import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Commands } from '../../src/commands/commands.js'
import type { Readiness } from '../../src/http/health.js'
import { routes } from '../../src/rest/routes.js'
import type { Statements } from '../../src/store/database.js'
import { someHandlers } from '../actions/samples.js'
import { commandsOn } from '../commands/commands-on.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'
import { keys, openRestServer, type RestServer } from '../fixtures/rest-server.js'
import { insertAlert, insertDelivery, insertLog, insertRule } from '../fixtures/rows.js'

const handlers = someHandlers()
const ready: Readiness = { isReady: true, reasons: [] }
let readiness: Readiness
/** What the next statement fails with, where it does. */
let trouble: Error | null
let test: TestDatabase
let rest: RestServer
let call: RestServer['call']

beforeAll(async () => {
  test = await openTestDatabase()
  const statements: Statements = {
    query: (sql, parameters) => (trouble ? Promise.reject(trouble) : test.database.query(sql, parameters)),
  }
  const commands: Partial<Commands> = {
    ...commandsOn(test.database, handlers, 'a key'),
    pollNow: async () => ({ stored: 2, changed: 1 }),
  }
  rest = await openRestServer({ statements, commands, handlers, readiness: () => readiness })
  call = rest.call
})
beforeEach(async () => {
  readiness = ready
  trouble = null
  for (const table of [
    'delivery_attempts',
    'deliveries',
    'alerts',
    'actions',
    'rules',
    'log_transitions',
    'logs',
  ])
    await test.database.query(`DELETE FROM ${table}`)
})
afterAll(async () => {
  await rest.close()
  await handlers.close()
  await test.close()
})

const post = (path: string, body: unknown = undefined) => call('POST', path, { body })
const put = (path: string, body: unknown) => call('PUT', path, { body })
const get = (path: string) => call('GET', path)
const pathsOf = ({ body }: { readonly body: never }) =>
  (body as { errors: { path: string }[] }).errors.map(({ path }) => path)

const aRule = { name: 'Failures', log_type: 'message', pattern_type: 'status', pattern_value: 'failed' }

/** A rule with one action. */
async function saved(): Promise<{ readonly id: string; readonly actionId: string }> {
  const { body } = await post('/rules', { ...aRule, actions: [{ type: 'log', config: {} }] })
  const { id, actions } = body as { id: string; actions: { id: string }[] }
  return { id, actionId: actions[0]?.id ?? '' }
}

describe('rules', () => {
  it('are made with their actions, under either name of their type', async () => {
    const answer = await post('/rules', {
      ...aRule,
      cooldown_minutes: 5,
      actions: [
        { type: 'email', config: { recipients: ['ops@example.com'] } },
        { action_type: 'webhook', config: { url: 'https://hooks.example.com/', secret: 'hush hush' } },
      ],
    })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      ...aRule,
      description: null,
      enabled: true,
      threshold_count: null,
      cooldown_minutes: 5,
      actions: [
        { action_type: 'email', config: { recipients: ['ops@example.com'] }, enabled: true },
        { action_type: 'webhook', config: { secret: '********' } },
      ],
      warnings: [expect.stringContaining('SMTP_HOST')],
    })
    const { id } = answer.body as { id: string }
    expect(answer.headers.get('location')).toBe(`${rest.http.url}/api/rules/${id}`)
    expect((await get(`/rules/${id}`)).body).toMatchObject({ id, name: 'Failures', actions: [{}, {}] })
  })

  it('are listed oldest first, each with its own actions, all or by whether they are enabled', async () => {
    const { id, actionId } = await saved()
    const off = await insertRule(test.database, { name: 'off', enabled: false })
    await insertRule(test.database, { name: 'gone', deletedAt: new Date() })
    expect((await get('/rules')).body).toMatchObject([
      { id, actions: [{ id: actionId, rule_id: id }] },
      { id: off, actions: [] },
    ])
    expect((await get('/rules?enabled=false')).body).toMatchObject([{ id: off }])
    expect((await get('/rules?enabled=true')).body).toMatchObject([{ id }])
  })

  it('change in part: absent keeps, null clears', async () => {
    const { id } = await saved()
    const answer = await put(`/rules/${id}`, { log_type: null, cooldown_minutes: 7 })
    expect([answer.status, answer.body]).toEqual([
      200,
      expect.objectContaining({ name: 'Failures', log_type: null, cooldown_minutes: 7, warnings: [] }),
    ])
    expect((await put(`/rules/${id}`, {})).status).toBe(200)
  })

  it('are deleted with their actions, and are gone then', async () => {
    const { id, actionId } = await saved()
    const answer = await call('DELETE', `/rules/${id}`)
    expect([answer.status, answer.body]).toEqual([204, undefined])
    for (const [method, path] of [
      ['GET', `/rules/${id}`],
      ['DELETE', `/rules/${id}`],
      ['GET', `/actions/${actionId}`],
    ] as const)
      expect((await call(method, path)).status, path).toBe(404)
    expect((await put(`/rules/${id}`, { enabled: false })).status).toBe(404)
    expect((await get('/rules')).body).toEqual([])
  })

  it('that can never match are saved with a warning', async () => {
    const answer = await post('/rules', {
      name: 'Failed Call Detection',
      log_type: 'call',
      pattern_type: 'error_code',
      pattern_value: '30001,30002,30003',
    })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({ warnings: [expect.stringMatching(/call/i)] })
  })
})

describe('actions', () => {
  it('are made, listed, read, changed and deleted', async () => {
    const { id: ruleId, actionId } = await saved()
    const config = {
      recipients: ['ops@example.com'],
      subject: 'Twilio Alert',
      template: 'error_notification',
    }
    const made = await post('/actions', { rule_id: ruleId, action_type: 'email', config, enabled: true })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ rule_id: ruleId, action_type: 'email', config, enabled: true })
    const { id } = made.body as { id: string }
    expect(made.headers.get('location')).toBe(`${rest.http.url}/api/actions/${id}`)

    expect((await get('/actions')).body).toMatchObject([{ id: actionId }, { id }])
    expect((await get(`/actions?rule_id=${ruleId}`)).body).toHaveLength(2)
    expect((await get(`/actions?rule_id=${randomUUID()}`)).body).toEqual([])
    expect((await get('/actions?rule_id=none')).body).toEqual([])
    expect((await get(`/actions/${id}`)).body).toMatchObject({ id, config })

    const changed = await put(`/actions/${id}`, { enabled: false })
    expect([changed.status, changed.body]).toEqual([200, expect.objectContaining({ config, enabled: false })])
    expect((await call('DELETE', `/actions/${id}`)).status).toBe(204)
    expect((await get(`/actions/${id}`)).status).toBe(404)
    expect((await put(`/actions/${id}`, { enabled: true })).status).toBe(404)
  })

  it('show no secret, and keep the one whose mask is written back', async () => {
    const { id: ruleId } = await saved()
    const config = {
      url: 'https://hooks.example.com/',
      headers: { 'X-Token': 'hush hush' },
      timeoutSeconds: 5,
    }
    const made = await post('/actions', { rule_id: ruleId, type: 'webhook', config })
    const { id, config: shown } = made.body as { id: string; config: object }
    expect(shown).toEqual({ ...config, headers: { 'X-Token': '********' } })
    expect((await put(`/actions/${id}`, { config: { ...shown, timeoutSeconds: 6 } })).status).toBe(200)
    expect((await get(`/actions/${id}`)).body).toMatchObject({
      config: { headers: { 'X-Token': '********' }, timeoutSeconds: 6 },
    })
    expect(JSON.stringify((await get('/rules')).body)).not.toContain('hush')
  })

  it('of a rule that is not there are refused', async () => {
    for (const rule_id of [randomUUID(), 'none'])
      expect((await post('/actions', { rule_id, action_type: 'log', config: {} })).status).toBe(404)
  })

  it('are tried for real', async () => {
    const { actionId } = await saved()
    const log = await insertLog(test.database)
    expect((await post(`/actions/${actionId}/test`)).body).toMatchObject({ success: true })
    expect((await post(`/actions/${actionId}/test?log_id=${log}`)).body).toMatchObject({ success: true })
    expect((await post(`/actions/${actionId}/test?log_id=${randomUUID()}`)).status).toBe(404)
  })
})

describe('logs', () => {
  it('are shown with every field that is theirs, and one alone with its transitions', async () => {
    const id = await insertLog(test.database, {
      errorCode: '30003',
      text: 'private',
      rawData: { Any_Key: 1 },
    })
    const [row] = (await get('/logs')).body as Record<string, unknown>[]
    expect(Object.keys(row ?? {})).toEqual(
      (
        'id twilio_sid account_sid log_type timestamp status error_code error_message from_number to_number raw_data ' +
        'processed created_at updated_at'
      ).split(' '),
    )
    expect(row).toMatchObject({ id, raw_data: { Any_Key: 1 }, timestamp: '2026-11-01T12:00:00.000Z' })
    expect((await get(`/logs/${id.toUpperCase()}`)).body).toMatchObject({
      id,
      transitions: [{ status: 'delivered', error_code: null, at: expect.any(String) }],
    })
  })

  it('are filtered by lists, repeated or with commas, and by the rest', async () => {
    const failed = await insertLog(test.database, { status: 'failed', fromNumber: '+15550100' })
    const busy = await insertLog(test.database, {
      logType: 'call',
      status: 'busy',
      errorMessage: 'Nobody, home',
    })
    const early = await insertLog(test.database, { timestamp: new Date('2026-10-01T00:00:00Z') })
    const found = async (query: string) =>
      ((await get(`/logs?${query}`)).body as { id: string }[]).map(({ id }) => id).toSorted()
    expect(await found('status=FAILED,busy')).toEqual([failed, busy].toSorted())
    expect(await found('status=failed&status=busy')).toEqual([failed, busy].toSorted())
    expect(await found('log_type=call')).toEqual([busy])
    expect(await found('from_number=%2B15550100')).toEqual([failed])
    expect(await found('search=nobody,')).toEqual([busy])
    expect(await found('until=2026-10-02T02:00:00%2B02:00')).toEqual([early])
    expect(await found('status=&search=&since=2026-10-02T00:00:00Z')).toEqual([failed, busy].toSorted())
    expect(await found('processed=false')).toEqual([])
    expect(await found('account_sid=AC1&error_code=1&twilio_sid=SM1')).toEqual([])
  })
})

describe('a list by pages', () => {
  /** All rows, page after page along the Link headers. */
  async function walk(path: string): Promise<{ readonly ids: string[]; readonly pages: number }> {
    const ids: string[] = []
    let pages = 0
    for (let next: string | null = path; next !== null; pages += 1) {
      const { body, headers } = await get(next)
      ids.push(...(body as { id: string }[]).map(({ id }) => id))
      const [, url] = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '') ?? []
      if (url !== undefined) expect(url.startsWith(`${rest.http.url}/api/`)).toBe(true)
      next = url?.slice(`${rest.http.url}/api`.length) ?? null
    }
    return { ids, pages }
  }

  it('leads through every log once, newest first, keeping the filter', async () => {
    const times = [1, 2, 2, 2, 3, 4, 5].map((hour) => new Date(Date.UTC(2026, 10, 1, hour)))
    const rows = await Promise.all(
      times.map(async (timestamp) => ({ timestamp, id: await insertLog(test.database, { timestamp }) })),
    )
    await insertLog(test.database, { status: 'failed' })
    const { ids, pages } = await walk('/logs?status=delivered,sent&limit=2')
    expect(pages).toBe(4)
    expect(ids.toSorted()).toEqual(rows.map(({ id }) => id).toSorted())
    const timeOf = (id: string) => rows.find((row) => row.id === id)?.timestamp.getTime() ?? 0
    expect(ids.map(timeOf)).toEqual(times.map((time) => time.getTime()).toReversed())
    // Exactly full pages end too.
    expect((await walk('/logs?status=delivered&first=7')).pages).toBe(1)
  })

  it('of deliveries has a row for each, whatever became of it', async () => {
    const { id: ruleId, actionId } = await saved()
    const logId = await insertLog(test.database)
    for (let n = 0; n < 5; n += 1) {
      const alertId = await insertAlert(test.database, ruleId, logId, { triggeredAt: new Date(n * 1000) })
      await insertDelivery(
        test.database,
        { alertId, ruleId, actionId, logId },
        { status: n === 0 ? 'failed' : 'delivered', triggeredAt: new Date(n * 1000) },
      )
    }
    const { ids, pages } = await walk('/alerts?limit=2')
    expect([new Set(ids).size, pages]).toEqual([5, 3])
    expect((await get('/alerts?status=failed')).body).toMatchObject([
      { rule_id: ruleId, log_id: logId, action_id: actionId, triggered_at: '1970-01-01T00:00:00.000Z' },
    ])
    expect((await get(`/alerts?rule_id=${randomUUID()},none`)).body).toEqual([])
    expect((await get('/alerts?action_id=none')).body).toEqual([])
  })

  it('refuses sizes and cursors that are none, by the name they were given', async () => {
    await insertLog(test.database)
    for (const [query, path] of [
      ['limit=0', 'limit'],
      ['limit=201', 'limit'],
      ['first=201', 'first'],
      ['limit=ten', 'limit'],
      ['limit=-1', 'limit'],
      ['limit=1&first=1', 'first'],
      ['after=nonsense', 'after'],
    ]) {
      const answer = await get(`/logs?${query}`)
      expect([query, answer.status, pathsOf(answer)]).toEqual([query, 400, [path]])
    }
  })
})

describe('deliveries', () => {
  it('are read with their tries and owed again', async () => {
    const { id: ruleId, actionId } = await saved()
    const alertId = await insertAlert(test.database, ruleId, null)
    const owed = { alertId, ruleId, actionId }
    const id = await insertDelivery(test.database, owed, { status: 'failed', attempts: 2 })
    expect((await get(`/deliveries/${id}`)).body).toMatchObject({
      id,
      log_id: null,
      attempt_count: 2,
      attempts: [{ success: false, duration_ms: 0 }, { duration_ms: 1 }],
    })
    expect((await post(`/deliveries/${id}/retry`)).body).toMatchObject({ id, status: 'pending' })
    const again = await post(`/deliveries/${id}/retry`)
    expect([again.status, again.body]).toEqual([409, expect.objectContaining({ code: 'CONFLICT' })])
  })
})

describe('the examples of the description', () => {
  const examples = routes.flatMap(({ method, path, examples: given = {} }) =>
    Object.entries(given).map(([summary, body]) => ({ summary, method, path, body })),
  )

  it.each(examples)('are taken: $method $path, $summary', async ({ method, path, body }) => {
    const { id, actionId } = await saved()
    const to = path.replace(':id', path.startsWith('/rules') ? id : actionId)
    const answer = await call(method, to, { body: 'rule_id' in body ? { ...body, rule_id: id } : body })
    expect([200, 201]).toContain(answer.status)
    const { warnings } = answer.body as { warnings: string[] }
    expect(warnings.filter((warning) => !warning.includes('SMTP_HOST'))).toEqual([])
  })
})

describe('polling', () => {
  it('tells what it brought', async () => {
    expect((await post('/poll')).body).toEqual({ stored: 2, changed: 1 })
  })
})

describe('input', () => {
  it('is refused with every bad field, as the caller spells it', async () => {
    const answer = await post('/rules', {
      name: 7,
      logType: 'call',
      log_type: 'fax',
      pattern_type: 'STATUS',
      Pattern_Value: 'x',
      cooldown_minutes: 1.5,
      nonsense: 1,
      actions: [{ type: 'fax', config: {}, Enabled: true, deep: { log_type: 1 } }, 'x'],
    })
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.body).toMatchObject({ title: 'Bad Request', status: 400, code: 'BAD_USER_INPUT' })
    expect(pathsOf(answer).toSorted()).toEqual(
      (
        'Pattern_Value actions.0.Enabled actions.0.deep actions.0.type actions.1 cooldown_minutes logType log_type name nonsense ' +
        'pattern_type'
      ).split(' '),
    )
    expect((answer.body as { detail: string }).detail).toContain('log_type: must be one of call, message')
  })

  it('with very many bad fields is refused with the first hundred, and with more than a thousand for that', async () => {
    const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [n, n]))
    expect(pathsOf(await post('/rules', fields(900)))).toHaveLength(100)
    const answer = await post('/rules', fields(10_000))
    expect([answer.status, pathsOf(answer)]).toEqual([400, ['body']])
    expect((await post('/rules', fields(20_001))).status).toBe(413)
  })

  it('of an action is refused with every bad field, those of its handler among them', async () => {
    const answer = await post('/actions', {
      rule_id: 7,
      type: 'email',
      enabled: 'yes',
      config: { recipients: ['nobody'], colour: 'red' },
    })
    expect(answer.status).toBe(400)
    expect(pathsOf(answer).toSorted()).toEqual(['config.colour', 'config.recipients.0', 'enabled', 'rule_id'])
  })

  it('is refused by what it means too, with the settings of handlers in their own spelling', async () => {
    const answer = await post('/rules', {
      ...aRule,
      pattern_value: ' ',
      cooldown_minutes: -1,
      actions: [
        { action_type: 'webhook', config: { url: 'ftp://x', timeoutSeconds: 'x', log_type: 1 } },
        { type: 'email', config: { recipients: ['nobody'] } },
      ],
    })
    expect(pathsOf(answer).toSorted()).toEqual([
      'actions.0.config.log_type',
      'actions.0.config.timeoutSeconds',
      'actions.0.config.url',
      'actions.1.config.recipients.0',
      'cooldown_minutes',
      'pattern_value',
    ])
    const missing = await post('/rules', { actions: [{ config: {} }] })
    expect(pathsOf(missing).toSorted()).toEqual(['actions.0.action_type', 'name', 'pattern_type'])
    const twice = await post('/rules', {
      ...aRule,
      actions: [{ type: 'log', action_type: 'log', config: {} }],
    })
    expect(pathsOf(twice)).toEqual(['actions.0.action_type'])
    const { id } = await saved()
    expect(pathsOf(await put(`/rules/${id}`, { name: null }))).toEqual(['name'])
  })

  it('with the keys of prototypes names them, and changes nothing', async () => {
    const body =
      '{"name":"x","pattern_type":"status","pattern_value":"failed","__proto__":{"enabled":false},"constructor":{"prototype":{"x":1}}}'
    const answer = await post('/rules', body)
    expect([answer.status, pathsOf(answer).toSorted()]).toEqual([400, ['__proto__', 'constructor']])
    const inside = `{"name":"x","pattern_type":"status","pattern_value":"failed","actions":[{"type":"log","config":{"__proto__":{"x":1}}}]}`
    expect((await post('/rules', inside)).status).toBeOneOf([201, 400])
    expect(({} as { x?: number }).x).toBeUndefined()
  })

  it.each(['[]', '"text"', '7', 'null', '{', '{"name":"x"', '\u0000', '{"a":1}{"b":2}'])(
    'that is no JSON object is refused: %j',
    async (body) => {
      const answer = await post('/rules', body)
      expect([answer.status, pathsOf(answer)]).toEqual([400, ['body']])
      expect(JSON.stringify(answer.body)).not.toContain('at ')
    },
  )

  it('may be left out where nothing is needed, and names what is needed where something is', async () => {
    const { id } = await saved()
    expect((await put(`/rules/${id}`, '')).status).toBe(200)
    expect(pathsOf(await post('/rules', ''))).toEqual(['name', 'pattern_type'])
  })

  it('nested without end is refused', async () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    for (const body of [
      deep,
      `{"name":${deep}}`,
      `{"actions":[{"type":"webhook","config":{"payload":${deep}}}]}`,
    ])
      expect((await post('/rules', body)).status).toBe(400)
  })

  it('of more than 1 MB is refused, compressed or not', async () => {
    const large = JSON.stringify({ name: 'x'.repeat(1024 * 1024) })
    expect((await post('/rules', large)).status).toBe(413)
    const response = await fetch(`${rest.http.url}/api/rules`, {
      method: 'POST',
      headers: {
        'x-api-key': keys.operate,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      },
      body: gzipSync(large),
    })
    expect(response.status).toBe(413)
  })

  it.each([
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/jsonx' },
    { 'content-type': 'application/json; charset=latin1' },
    { 'content-type': 'application/json; charset=utf-7' },
    { 'content-type': 'application/json; charset=utf-16' },
    { 'content-encoding': 'compress' },
  ])('of another kind is refused: %j', async (headers) => {
    expect((await call('POST', '/rules', { headers, body: aRule })).status).toBe(415)
  })

  it('in a query is refused where it is unknown, twice or no value, all at once', async () => {
    const answer = await get(
      '/logs?logType=call&since=yesterday&until=2026-01-01&processed=yes&log_type=fax&search=a&search=b&x=1&x=2&status=%00',
    )
    expect(answer.status).toBe(400)
    expect(pathsOf(answer).toSorted()).toEqual(
      'logType log_type processed search since status until x'.split(' '),
    )
    expect(pathsOf(await get('/rules?enabled=1'))).toEqual(['enabled'])
    expect(pathsOf(await post('/poll?force=true'))).toEqual(['force'])
    expect((await get('/logs?__proto__=1&constructor=2')).status).toBe(400)
  })
})

describe('what is not there', () => {
  it.each(routes.filter(({ path }) => path.includes(':')).map(({ method, path }) => [method, path] as const))(
    'is answered 404: %s %s',
    async (method, path) => {
      for (const id of [randomUUID(), 'none', '%00', "'"]) {
        const answer = await call(method, path.replace(':id', id), method === 'PUT' ? { body: {} } : {})
        expect([id, answer.status, answer.body]).toEqual([id, 404, expect.objectContaining({ status: 404 })])
      }
    },
  )

  it.each(['', '/', '/nothing', '/rules/x/y', '/Rules', '/openapi.yaml'])(
    'no route is: /api%s',
    async (path) => {
      for (const key of [keys.operate, null]) {
        const answer = await call('GET', path, { key })
        expect(answer.status).toBe(404)
        expect(answer.headers.get('content-type')).toContain('application/problem+json')
      }
    },
  )

  it('a path with broken escapes is answered without a stack', async () => {
    const answer = await get('/rules/%E0%A4%A')
    expect([answer.status, answer.body]).toEqual([400, expect.objectContaining({ status: 400 })])
  })

  it('a wrong method is told which are possible', async () => {
    for (const [method, path, allow] of [
      ['DELETE', '/rules', 'GET, HEAD, OPTIONS, POST'],
      ['PATCH', `/rules/${randomUUID()}`, 'DELETE, GET, HEAD, OPTIONS, PUT'],
      ['POST', '/logs', 'GET, HEAD, OPTIONS'],
      ['GET', '/poll', 'OPTIONS, POST'],
      ['POST', '/openapi.json', 'GET, HEAD, OPTIONS'],
    ] as const) {
      const answer = await call(method, path)
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
    }
    const options = await call('OPTIONS', '/rules')
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS, POST'])
  })
})

describe('the key', () => {
  const asked = routes.map(({ method, path, scope }) => ({
    method,
    path: path.replace(':id', randomUUID()),
    scope,
  }))

  it.each(asked)('is asked for before anything else: $method $path', async ({ method, path, scope }) => {
    trouble = new Error('nothing is read')
    for (const key of [null, '', 'wrong']) {
      const answer = await call(method, path, { key, body: method === 'GET' ? undefined : '{' })
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
      expect(answer.body).toMatchObject({ code: 'UNAUTHENTICATED' })
    }
    const tooSmall = scope === 'read' ? keys.pii : keys.read
    const answer = await call(method, path, { key: tooSmall, body: method === 'GET' ? undefined : '{' })
    expect([answer.status, answer.body]).toEqual([403, expect.objectContaining({ code: 'FORBIDDEN' })])
  })

  it('may come as a bearer', async () => {
    const headers = { authorization: `Bearer ${keys.read}` }
    expect((await call('GET', '/rules', { key: null, headers })).status).toBe(200)
  })

  it('reads with the scope READ, and is needed by every route that changes something to be more', () => {
    expect(routes.map(({ method, scope }) => [method, scope])).toEqual(
      routes.map(({ method }) => [method, method === 'GET' ? 'read' : 'operate']),
    )
  })
})

describe('while something is away', () => {
  it('everything is answered 503, and when to come again', async () => {
    readiness = { isReady: false, reasons: ['Postgres is away'] }
    for (const answer of [await get('/rules'), await post('/rules', aRule)]) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
      expect(answer.body).toMatchObject({ detail: expect.stringContaining('Postgres is away') })
    }
    expect((await call('GET', '/rules', { key: 'wrong' })).status).toBe(401)
  })

  it.each([
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' }),
    new Error('Connection terminated unexpectedly'),
  ])('a statement that meets it is answered 503 too: %s', async (failure) => {
    trouble = failure
    expect((await get('/logs')).status).toBe(503)
  })

  it('what nobody foresaw is answered 500 without a word of it, which the log has', async () => {
    trouble = new Error('relation "secrets" does not exist')
    const answer = await get('/logs')
    expect(answer.status).toBe(500)
    expect(JSON.stringify(answer.body)).not.toContain('secrets')
    expect(rest.lines.join()).toContain('secrets')
  })
})

describe('every answer', () => {
  it('is kept by nobody', async () => {
    expect((await get('/rules')).headers.get('cache-control')).toBe('no-store')
  })

  it('names addresses by PUBLIC_URL where that is how the server was reached', async () => {
    const headers = { host: 'giftpulse.example' }
    const asked = request(`${rest.http.url}/api/openapi.json`, { headers }).end()
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    const { servers } = (await json(response)) as { servers: unknown }
    expect(servers).toEqual([{ url: 'https://giftpulse.example/monitor' }])
  })
})
