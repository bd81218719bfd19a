import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KEY } from '../fixtures/graphql-server.js'
import { openWebhookServer, type WebhookServer } from '../fixtures/webhook-server.js'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const TOKEN = 'a-token-of-the-receiver'
const JSON_TYPE = { 'content-type': 'application/json' }
const byKey = { ...JSON_TYPE, 'x-api-key': KEY }

let server: WebhookServer
beforeAll(async () => {
  server = await openWebhookServer()
  await create({ name: 'plain' })
  await create({ name: 'signed', secret: SECRET })
  await create({ name: 'shown', token: TOKEN })
  await create({ name: 'small', maxBytes: 256 })
  await create({ name: 'off', token: TOKEN, enabled: false })
  await create({
    name: 'mapped',
    mapping: {
      id: 'alert.key',
      timestamp: '/alert/at',
      status: 'state',
      errorCode: 'alert.labels.code',
      message: '/annotations/a~1b/0',
    },
  })
})
afterAll(() => server.close())

async function create(input: object, on = server): Promise<Record<string, unknown>> {
  const { data, errors } = await on.ask(
    `mutation ($input: CreateReceiverInput!) { createReceiver(input: $input) { receiver { id url hasSecret hasToken } secret warnings } }`,
    { input },
  )
  expect(errors).toEqual([])
  return (data as unknown as { createReceiver: Record<string, unknown> }).createReceiver
}

const post = (name: string, body: unknown, headers: Record<string, string> = byKey) =>
  server.send(`/webhooks/custom/${name}`, typeof body === 'string' ? body : JSON.stringify(body), headers)

/** The headers of Standard Webhooks, by their own library. */
function signed(body: string, { secret = SECRET, id = 'msg_1', at = new Date() } = {}) {
  return {
    ...JSON_TYPE,
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  }
}

const logOf = async (sid: string) =>
  (await server.rows<Record<string, unknown>>(`SELECT * FROM logs WHERE twilio_sid = $1`, sid))[0]
const statuses = async (sid: string) =>
  (
    await server.rows<{ status: string }>(
      `SELECT t.status FROM log_transitions t JOIN logs l ON l.id = t.log_id WHERE twilio_sid = $1 ORDER BY t.id`,
      sid,
    )
  ).map(({ status }) => status)

describe('a custom webhook', () => {
  it('becomes a log that rules match, with its whole body kept', async () => {
    const rule = await server.core.createRule({
      logType: 'custom',
      patternType: 'regex',
      patternValue: 'disk',
    })
    const body = {
      id: 17,
      timestamp: '2026-11-22T12:00:00Z',
      status: 'Firing',
      errorCode: 507,
      message: 'disk full',
      data: { free: 0 },
      host: 'db1',
    }
    const response = await post('plain', body)
    expect([response.status, await response.json()]).toEqual([202, { twilio_sid: 'custom:plain:17' }])
    await server.settle()
    expect(await logOf('custom:plain:17')).toMatchObject({
      account_sid: 'custom:plain',
      log_type: 'custom',
      timestamp: new Date('2026-11-22T12:00:00Z'),
      status: 'Firing',
      error_code: '507',
      error_message: 'disk full',
      text: 'disk full',
      raw_data: body,
      next_read_at: null,
    })
    expect(await server.rows(`SELECT FROM alerts WHERE rule_id = $1`, rule.id)).toHaveLength(1)
  })

  it('is read by the mapping of its receiver', async () => {
    const body = {
      state: 'open',
      alert: { key: 'a.1', at: 1_795_348_800, labels: { code: 'E7' } },
      annotations: { 'a/b': ['it is on fire'] },
    }
    expect((await post('mapped', body)).status).toBe(202)
    await server.settle()
    expect(await logOf('custom:mapped:a.1')).toMatchObject({
      timestamp: new Date(1_795_348_800_000),
      status: 'open',
      error_code: 'E7',
      error_message: 'it is on fire',
    })
  })

  it('of the same id is a change of its log, by its own time; the same body is a repeat', async () => {
    const at = (second: number, status: string) => ({
      id: 'job',
      status,
      timestamp: `2026-11-22T12:00:0${second}Z`,
    })
    for (const body of [at(1, 'open'), at(3, 'closed'), at(3, 'closed'), at(2, 'late'), at(4, 'open')])
      expect((await post('plain', body)).status).toBe(202)
    await server.settle()
    expect(await statuses('custom:plain:job')).toEqual(['open', 'closed', 'open'])
    expect(await logOf('custom:plain:job')).toMatchObject({ timestamp: new Date('2026-11-22T12:00:01Z') })
  })

  it('without an id has that of webhook-id, or one of its own that a repeat shares', async () => {
    await post('plain', { message: 'named' }, { ...byKey, 'webhook-id': 'msg_7' })
    const answers = [
      await post('plain', { message: 'nameless' }),
      await post('plain', { message: 'nameless' }),
    ]
    const [first, second] = await Promise.all(
      answers.map((answer) => answer.json() as Promise<{ twilio_sid: string }>),
    )
    expect(first!.twilio_sid).toMatch(/^custom:plain:[0-9a-f]{32}$/)
    expect(second).toEqual(first)
    await server.settle()
    expect(await logOf('custom:plain:msg_7')).toMatchObject({ error_message: 'named' })
    expect(await server.rows(`SELECT FROM logs WHERE error_message = 'nameless'`)).toHaveLength(1)
  })

  it('without a time is a change where another came between, however soon, and else a repeat', async () => {
    for (const status of ['failed', 'failed', 'ok', 'failed', 'failed'])
      expect((await post('plain', { id: 'flapping', status })).status).toBe(202)
    await server.settle()
    expect(await statuses('custom:plain:flapping')).toEqual(['failed', 'ok', 'failed'])
  })

  it('is repeated over the edge of any five minutes, and told anew after five', async () => {
    let now = Date.parse('2026-11-22T12:04:59Z')
    const timed = await openWebhookServer({ clock: () => new Date(now) })
    try {
      await create({ name: 'timed' }, timed)
      const sids = new Set<string>()
      for (const seconds of [0, 2, 302]) {
        now = Date.parse('2026-11-22T12:04:59Z') + seconds * 1_000
        const response = await timed.send('/webhooks/custom/timed', '{"message":"again"}', byKey)
        sids.add(((await response.json()) as { twilio_sid: string }).twilio_sid)
        expect(sids.size).toBe(seconds < 300 ? 1 : 2)
      }
    } finally {
      await timed.close()
    }
  })

  it('that an action of ours has sent becomes no log, so that no rule feeds itself', async () => {
    const response = await post('plain', { id: 'loop' }, { ...byKey, 'x-giftpulse-hop': '1' })
    expect([response.status, await response.json()]).toEqual([202, { twilio_sid: null }])
    await server.settle()
    expect(await logOf('custom:plain:loop')).toBeUndefined()
    const entries = await server.rows<{ error: string }>(
      `SELECT error FROM inbox WHERE body = '{"id":"loop"}'`,
    )
    expect(entries[0]?.error).toMatch(/no rule feeds itself/)
  })
})

describe('the way in', () => {
  const body = JSON.stringify({ message: 'hello' })
  const old = new Date(Date.now() - 400_000)
  const early = new Date(Date.now() + 400_000)
  const another = `whsec_${Buffer.alloc(24, 7).toString('base64')}`

  it.each<[string, number, string, Record<string, string>]>([
    ['the API key', 202, 'signed', byKey],
    ['the API key as a bearer', 202, 'signed', { ...JSON_TYPE, authorization: `Bearer ${KEY}` }],
    ['a right signature', 202, 'signed', signed(body)],
    ['one right signature among others', 202, 'signed', twoSignatures(body)],
    [
      'a right signature, four minutes old',
      202,
      'signed',
      signed(body, { at: new Date(Date.now() - 240_000) }),
    ],
    ['the token', 202, 'shown', { ...JSON_TYPE, 'x-receiver-token': TOKEN }],
    ['the token as a bearer', 202, 'shown', { ...JSON_TYPE, authorization: `Bearer ${TOKEN}` }],
    ['nothing', 401, 'signed', JSON_TYPE],
    ['a wrong key', 401, 'signed', { ...JSON_TYPE, 'x-api-key': 'x'.repeat(20) }],
    ['a wrong token', 401, 'shown', { ...JSON_TYPE, 'x-receiver-token': `${TOKEN}x` }],
    ['the token of another receiver', 401, 'signed', { ...JSON_TYPE, 'x-receiver-token': TOKEN }],
    ['a signature over another body', 401, 'signed', signed(`${body} `)],
    ['a signature by another secret', 401, 'signed', signed(body, { secret: another })],
    ['a signature that is too old', 401, 'signed', signed(body, { at: old })],
    ['a signature of the future', 401, 'signed', signed(body, { at: early })],
    ['a signature for another id', 401, 'signed', { ...signed(body), 'webhook-id': 'msg_2' }],
    ['a wrong signature beside the key', 401, 'signed', { ...byKey, ...signed(`${body} `) }],
    ['a signature where there is no secret', 401, 'plain', signed(body)],
    ['a signature for no receiver', 401, 'unknown', signed(body)],
    ['a token for no receiver', 401, 'unknown', { ...JSON_TYPE, 'x-receiver-token': TOKEN }],
    ['the key for no receiver', 404, 'unknown', byKey],
    ['a token for a name that can be none', 401, '%00', { ...JSON_TYPE, 'x-receiver-token': TOKEN }],
    ['the token of a receiver that is off', 404, 'off', { ...JSON_TYPE, 'x-receiver-token': TOKEN }],
  ])('answers %s with %i', async (_, status, name, headers) => {
    const response = await post(name, body, headers)
    expect(response.status).toBe(status)
    if (status !== 202) expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  })

  it('answers 429 to whoever tries one token after another', async () => {
    const other = await openWebhookServer()
    const tried = (token: number) =>
      other.send('/webhooks/custom/any', body, { ...JSON_TYPE, 'x-receiver-token': `token-${token}` })
    try {
      for (let token = 0; token < 20; token++) expect((await tried(token)).status).toBe(401)
      expect((await tried(20)).status).toBe(429)
    } finally {
      await other.close()
    }
  })

  it.each<[string, number, string, string, Record<string, string>?]>([
    ['no JSON', 400, 'plain', '{"no'],
    ['a list', 400, 'plain', '[]'],
    [
      'text that is no UTF-8',
      415,
      'plain',
      '{}',
      { ...byKey, 'content-type': 'application/json; charset=utf-7' },
    ],
    ['a form', 415, 'plain', 'a=1', { ...byKey, 'content-type': 'application/x-www-form-urlencoded' }],
    [
      'JSON of another name',
      202,
      'plain',
      '{"id":"j"}',
      { ...byKey, 'content-type': 'application/vnd.a.b+json' },
    ],
    ['more than its receiver takes', 413, 'small', JSON.stringify({ message: 'x'.repeat(256) })],
    ['more than 1 MB', 413, 'plain', JSON.stringify({ message: 'x'.repeat(1_100_000) })],
    ['keys that are none', 202, 'plain', '{"id":"p","__proto__":{"admin":true},"constructor":1}'],
  ])('answers a body of %s with %i', async (_, status, name, text, headers) => {
    expect((await post(name, text, headers)).status).toBe(status)
  })

  it('names every bad field at once, as the body spells it', async () => {
    const bad = { id: {}, timestamp: 'yesterday', status: '', errorCode: 'x'.repeat(65), message: 1 }
    const response = await post('plain', bad)
    expect(response.status).toBe(400)
    const { errors } = (await response.json()) as { errors: { path: string }[] }
    expect(errors.map(({ path }) => path)).toEqual(['id', 'timestamp', 'status', 'errorCode', 'message'])
    const mapped = await post('mapped', { state: [], alert: { key: '\0' } })
    const problem = (await mapped.json()) as { errors: { path: string }[] }
    expect(problem.errors.map(({ path }) => path)).toEqual(['alert.key', 'state'])
  })

  it('answers 503 while nothing can be stored', async () => {
    server.breakStore(new Error('connect ECONNREFUSED'))
    expect((await post('plain', { id: 'again' })).status).toBe(503)
    server.breakStore(null)
    expect((await post('plain', { id: 'again' })).status).toBe(202)
  })

  function twoSignatures(text: string) {
    const headers = signed(text)
    const other = signed(text, { secret: another })
    return {
      ...headers,
      'webhook-signature': `${other['webhook-signature']} ${headers['webhook-signature']}`,
    }
  }
})
