import { gzipSync } from 'node:zlib'

import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { checkActionConfig } from '../../src/actions/check-config.js'
import type { ActionError, Notice } from '../../src/actions/handler.js'
import { InputError } from '../../src/errors.js'
import { startHttpSink } from './http-sink.js'
import { aLog, aNotice, anAlert, aRule, never, someHandlers } from './samples.js'

const handlers = someHandlers()

describe('the webhook handler', () => {
  let sink: Awaited<ReturnType<typeof startHttpSink>>
  beforeAll(async () => {
    sink = await startHttpSink()
  })
  beforeEach(() => sink.reset())
  afterAll(async () => {
    await handlers.close()
    await sink.stop()
  })

  async function send(config: object, notice: Notice = aNotice()) {
    const parsed = checkActionConfig(handlers, 'webhook', { url: sink.url, ...config })
    return handlers.get('webhook').send(notice, parsed, never)
  }
  async function failure(config: object = {}, notice?: Notice): Promise<ActionError> {
    return (await send(config, notice).catch((thrown: unknown) => thrown)) as ActionError
  }
  function sent(): { body: Record<string, unknown>; headers: Record<string, string> } {
    const [last] = sink.received.slice(-1)
    if (!last) throw new Error('Nothing was received.')
    return {
      body: JSON.parse(last.body) as Record<string, unknown>,
      headers: Object.fromEntries(Object.entries(last.headers).map(([name, value]) => [name, String(value)])),
    }
  }

  it('posts the standard body with the names of GraphQL', async () => {
    await expect(send({})).resolves.toMatchObject({ statusCode: 200, response: 'ok' })
    expect(sink.received[0]).toMatchObject({ method: 'POST', path: '/hook' })
    expect(sent().headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': aNotice().deliveryId,
    })
    expect(sent().body).toMatchObject({
      type: 'alert.triggered',
      timestamp: '2026-03-01T12:00:00.000Z',
      text: anAlert().summary,
      data: {
        alert: {
          id: anAlert().id,
          state: 'FIRING',
          matchCount: 1,
          reason: 'STARTED_TO_MATCH',
          cause: anAlert().cause,
        },
        rule: { name: 'Carrier trouble', patternType: 'ERROR_CODE', logType: 'MESSAGE' },
        log: { twilioSid: aLog().twilioSid, logType: 'MESSAGE', timestamp: '2026-03-01T12:00:00.000Z' },
      },
    })
  })

  it('can put, and marks tests and folding messages', async () => {
    await send({ method: 'PUT' }, aNotice({ kind: 'test', log: null }))
    expect(sink.received[0]?.method).toBe('PUT')
    expect(sent().body).toMatchObject({ type: 'alert.test', data: { log: null } })
    await send({}, aNotice({ kind: 'fold', folded: [{ rule: 'errors', count: 12 }] }))
    expect(sent().body).toMatchObject({
      type: 'alert.folded',
      text: '12 more alerts of rule "Carrier trouble"',
      data: { foldedCount: 12 },
    })
  })

  it('says in the standard body that what it tells is of the demo, and only there', async () => {
    const demo = someHandlers({ demo: true })
    const config = (payload?: object) => ({ url: sink.url, ...(payload && { payload }) })
    await demo.get('webhook').send(aNotice(), checkActionConfig(demo, 'webhook', config()), never)
    expect(sent().body).toMatchObject({ text: anAlert().summary, data: { demo: true } })
    const own = config({ what: '{{rule.name}}' })
    await demo.get('webhook').send(aNotice(), checkActionConfig(demo, 'webhook', own), never)
    expect(sent().body).toEqual({ what: 'Carrier trouble' })
    await send({})
    expect(sent().body['data']).not.toHaveProperty('demo')
    await demo.close()
  })

  it('keeps enormous raw records out of the body', async () => {
    await send({}, aNotice({ log: aLog({ rawData: { blob: 'x'.repeat(50_000) } }) }))
    expect(sent().body).toMatchObject({ data: { log: { rawData: null } } })
  })

  it.each([
    ['whsec_ and base64', `whsec_${Buffer.from('a secret of enough bytes').toString('base64')}`, undefined],
    ['plain text', 'plain sécret', 'raw'],
  ] as const)('signs by Standard Webhooks with %s', async (_, secret, format) => {
    await send({ secret })
    const verifier = format ? new Webhook(Buffer.from(secret), { format }) : new Webhook(secret)
    expect(() => verifier.verify(sink.received[0]?.body ?? '', sent().headers)).not.toThrow()
    expect(() => verifier.verify(`${sink.received[0]?.body} `, sent().headers)).toThrow('signature')
  })

  it('signs nothing without a secret', async () => {
    await send({})
    expect(sent().headers).not.toHaveProperty('webhook-signature')
    expect(Number(sent().headers['webhook-timestamp'])).toBeGreaterThan(1_700_000_000)
  })

  it('fills the strings of a payload and nothing else', async () => {
    const payload = {
      text: '{{rule.name}}: {{log.errorCode}}',
      exact: '{{alert.matchCount}}',
      list: [1, null, '{{nope}}'],
    }
    await send({ payload }, aNotice({ rule: aRule({ name: '<b>"quoted"\n' }) }))
    expect(sent().body).toEqual({ text: '<b>"quoted"\n: 30003', exact: '1', list: [1, null, ''] })
  })

  it('brings 64 kB at most into all strings of a payload together', async () => {
    const notice = aNotice({ log: aLog({ text: 'x'.repeat(10_000) }) })
    await send({ payload: Array.from({ length: 1_000 }, () => '{{log.text}}') }, notice)
    const filled = JSON.parse(sink.received.at(-1)?.body ?? '') as string[]
    expect(filled.map((text) => text.length)).toEqual(filled.map((_, n) => (n < 6 ? 10_000 : 0)))
  })

  it('says in a payload what a folding message stands for', async () => {
    await send(
      { payload: { text: '{{alert.summary}}' } },
      aNotice({ kind: 'fold', folded: [{ rule: 'errors', count: 1 }] }),
    )
    expect(sent().body).toEqual({ text: '1 more alert of rule "Carrier trouble"' })
  })

  it('sends its own headers and Basic authorization from the URL', async () => {
    await send({
      url: sink.url.replace('//', '//us%40er:pa:ss@'),
      headers: { 'X-Team': 'ops', 'Content-Type': 'application/x+json' },
    })
    expect(sent().headers).toMatchObject({
      'x-team': 'ops',
      'content-type': 'application/x+json',
      authorization: `Basic ${Buffer.from('us@er:pa:ss').toString('base64')}`,
    })
  })

  it.each([
    [200, 'success'],
    [204, 'success'],
    [301, 'final'],
    [304, 'final'],
    [400, 'final'],
    [401, 'final'],
    [404, 'final'],
    [410, 'final'],
    [408, 'retried'],
    [429, 'retried'],
    [500, 'retried'],
    [503, 'retried'],
  ] as const)('takes %i as %s', async (status, kind) => {
    sink.answerWith((response) => response.writeHead(status, { location: '/next' }).end())
    const outcome: unknown = await send({}).catch((thrown: unknown) => thrown)
    const expected = kind === 'success' ? {} : { code: `http-${status}`, permanent: kind === 'final' }
    expect(outcome).toMatchObject({ statusCode: status, ...expected })
    expect(sink.received).toHaveLength(1)
  })

  it('passes Retry-After on', async () => {
    sink.answerWith((response) => response.writeHead(429, { 'retry-after': '120' }).end('slow down'))
    expect(await failure()).toMatchObject({ retryAfterMs: 120_000, response: 'slow down' })
  })

  it('keeps 2 kB of an answer, made storable', async () => {
    sink.answerWith((response) => response.end(`\0${'é'.repeat(3000)}`))
    const { response } = await send({})
    expect(Buffer.byteLength(response ?? '')).toBeLessThanOrEqual(2048)
    expect(response).toMatch(/^\uFFFDé+$/)
  })

  it('does not unpack a compressed answer', async () => {
    sink.answerWith((response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(10_000_000))),
    )
    expect((await send({})).response).toMatch(/^\(\d+ bytes of gzip, not decoded\)$/)
  })

  it('hides its secrets in answers that echo them', async () => {
    sink.answerWith((response, { headers }) => response.writeHead(500).end(JSON.stringify(headers)))
    const error = await failure({
      url: sink.url.replace('//', '//CANARY-user:CANARY-password@'),
      headers: { 'x-key': 'CANARY-header' },
      secret: 'CANARY-secret',
    })
    expect(error.response).toContain('x-key')
    expect(JSON.stringify(error) + error.message).not.toMatch(/CANARY/)
    expect(error.response).not.toContain(Buffer.from('CANARY-user:CANARY-password').toString('base64'))
  })

  it.each([
    ['config.url', { url: 'ftp://example.com' }],
    ['config.url', { url: 'http://169.254.169.254/' }],
    ['config.method', { method: 'GET' }],
    ['config.headers.Host', { headers: { Host: 'x' } }],
    ['config.headers.content-LENGTH', { headers: { 'content-LENGTH': '1' } }],
    ['config.headers.Transfer-Encoding', { headers: { 'Transfer-Encoding': 'chunked' } }],
    ['config.headers.Connection', { headers: { Connection: 'close' } }],
    ['config.headers.webhook-id', { headers: { 'webhook-id': 'x' } }],
    ['config.headers.Webhook-Anything', { headers: { 'Webhook-Anything': 'x' } }],
    ['config.headers.X-A', { headers: { 'X-A': 'a\r\nHost: evil' } }],
    ['config.headers.X A', { headers: { 'X A': 'a' } }],
    ['config.headers.x-a', { headers: { 'X-A': '1', 'x-a': '2' } }],
    ['config.headers.X-N', { headers: { 'X-N': 1 } }],
    ['config.secret', { secret: 'whsec_not base64!' }],
    ['config.secret', { secret: '' }],
    ['config.timeoutSeconds', { timeoutSeconds: 0 }],
    ['config.timeoutSeconds', { timeoutSeconds: 301 }],
    ['config.payload', { payload: { a: ['{{open'] } }],
    ['config.payload', { payload: 'x'.repeat(20_001) }],
    ['config.colour', { colour: 'red' }],
  ])('refuses a bad %s when saved', (path, config) => {
    const faultsOf = () => {
      try {
        checkActionConfig(handlers, 'webhook', { url: sink.url, ...config })
      } catch (thrown) {
        return thrown instanceof InputError ? thrown.fields.map((fault) => fault.path) : [String(thrown)]
      }
      return []
    }
    expect(faultsOf()).toEqual([path])
  })

  it('refuses a payload nested without end, instead of failing over it', () => {
    const deep = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) as unknown
    expect(() => checkActionConfig(handlers, 'webhook', { url: sink.url, payload: deep })).toThrow(InputError)
  })

  it('warns of variables that do not exist', () => {
    const { warnings } = handlers.get('webhook')
    expect(warnings?.({ url: sink.url, payload: { a: ['{{rule.nmae}}'] } })).toEqual([
      'payload: {{rule.nmae}} is not a known variable and stays empty',
    ])
  })
})
