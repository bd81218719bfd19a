import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTwilioAccount, type TwilioAccount } from '../../src/sources/twilio-account.js'
import { destination } from '../../src/sources/twilio-http-client.js'
import { TwilioReadError } from '../../src/sources/twilio-read-error.js'
import { testAccountSid } from '../fixtures/records.js'
import { simulatedTwilio, type SimulatedTwilio } from '../fixtures/simulated-twilio.js'
import {
  connectionReset,
  cutBody,
  delayed,
  forbidden,
  htmlPage,
  serverError,
  slowDrip,
  tooManyRequests,
  truncatedBody,
  unauthorized,
} from '../fixtures/twilio-faults.js'
import type { Intercept } from '../../src/demo/twilio-simulator.js'

const canary = 'CANARY-7f3a9c-token'
const signal = new AbortController().signal

let twilio: SimulatedTwilio
let account: TwilioAccount

beforeEach(async () => {
  twilio = await simulatedTwilio({ authToken: canary })
  account = accountAt(twilio.url)
})
afterEach(() => twilio.stop())

function accountAt(baseUrl: string, changes: { password?: string; timeoutMs?: number } = {}): TwilioAccount {
  const credentials = { accountSid: testAccountSid, username: testAccountSid, password: canary }
  return createTwilioAccount({ ...credentials, baseUrl, timeoutMs: 30_000, ...changes })
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)

async function failureOf(read: Promise<unknown>): Promise<TwilioReadError> {
  const thrown = await read.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(thrown instanceof TwilioReadError)) throw new Error(`not a TwilioReadError: ${inspect(thrown)}`)
  return thrown
}

describe('reading', () => {
  it('walks each list by its own links, a thousand at a time, records untouched', async () => {
    for (let n = 0; n < 1_001; n++) {
      twilio.world.addMessage()
      twilio.world.addAlert()
    }
    twilio.world.addRaw('calls', { sid: 'CA1', date_created: 'not a date', odd: { nested: [1] } })
    for (const source of ['messages', 'alerts'] as const) {
      const first = await account.firstPage(source, { signal })
      const second = await account.page(source, first.next ?? '', { signal })
      expect([first.records.length, second.records.length, second.next]).toEqual([1_000, 1, null])
    }
    const { records } = await account.firstPage('calls', { signal })
    expect(records).toEqual([{ sid: 'CA1', date_created: 'not a date', odd: { nested: [1] } }])
    expect(twilio.requests.entries.every((request) => request.query.get('PageSize') === '1000')).toBe(true)
  })

  it('asks for fewer records a page where they are long, and for all again once they are not', async () => {
    const long = Array.from({ length: 40 }, () => twilio.world.addMessage({ body: 'x'.repeat(64_000) }))
    await account.firstPage('messages', { signal })
    const shorter = await account.firstPage('messages', { signal })
    expect(shorter.records.length).toBeLessThan(40)
    expect(shorter.next).not.toBeNull()
    for (const { sid } of long) twilio.world.update(sid, { body: 'short' })
    await account.firstPage('messages', { signal })
    const last = await account.firstPage('messages', { signal })
    expect(last.records).toHaveLength(40)
  })

  it('asks for small pages as long as any page of a list is long, wherever it stands', async () => {
    for (let n = 0; n < 60; n++) twilio.world.addMessage({ body: 'x'.repeat(64_000) }, minutesAgo(60))
    for (let n = 0; n < 1_000; n++) twilio.world.addMessage({}, minutesAgo(1))
    const sizes: number[] = []
    for (let reading = 0; reading < 3; reading++) {
      let page = await account.firstPage('messages', { signal })
      sizes.push(page.records.length)
      while (page.next !== null) page = await account.page('messages', page.next, { signal })
    }
    expect(sizes).toEqual([1_000, 20, 20])
  })

  it('reads a list whose page was too long to be read, ten times smaller, the next time', async () => {
    for (let n = 0; n < 1_000; n++) twilio.world.addMessage({ body: 'x'.repeat(70_000) })
    const failure = await failureOf(account.firstPage('messages', { signal }))
    expect(failure.kind).toBe('network')
    expect(failure.message).toBe(
      'An answer of Twilio was longer than is read at once. The next poll asks for fewer records a page.',
    )
    const { records } = await account.firstPage('messages', { signal })
    expect(records).toHaveLength(100)
  })

  it('limits alerts to those up to a second, that second included', async () => {
    const times = ['2026-08-18T11:59:59Z', '2026-08-18T12:00:00Z', '2026-08-18T12:00:01Z']
    const [before, exact] = times.map((time) => twilio.world.addAlert({}, new Date(time)))
    const page = await account.firstPage('alerts', { endDate: new Date('2026-08-18T12:00:00.999Z'), signal })
    expect(page.records).toMatchObject([{ sid: exact?.sid }, { sid: before?.sid }])
  })

  it('fetches one record by its SID', async () => {
    const { sid } = twilio.world.addMessage({ status: 'sent' })
    expect(await account.fetch('messages', sid, { signal })).toMatchObject({ sid, status: 'sent' })
  })

  it('signs in with an API key as well', async () => {
    const withKeys = await simulatedTwilio({ apiKeys: { SK1: 'secret-of-the-key' } })
    const options = { accountSid: testAccountSid, username: 'SK1', baseUrl: withKeys.url }
    const keyed = createTwilioAccount({ ...options, password: 'secret-of-the-key' })
    const wrong = createTwilioAccount({ ...options, password: 'another-secret' })
    expect(await keyed.firstPage('calls', { signal })).toEqual({ records: [], next: null })
    const failure = await failureOf(wrong.firstPage('calls', { signal }))
    expect(failure.message).toContain('check TWILIO_API_KEY and TWILIO_API_SECRET')
    await withKeys.stop()
  })

  it('lets two requests run at a time and no more', async () => {
    twilio.faults.next(delayed(50), { times: 6 })
    await Promise.all(Array.from({ length: 6 }, () => account.firstPage('calls', { signal })))
    expect(twilio.requests.peakConcurrency).toBe(2)
  })

  it('is cut short by its signal', async () => {
    const stop = new AbortController()
    twilio.faults.next((_exchange, next) => {
      stop.abort(new Error('enough'))
      setTimeout(next, 1_000)
    })
    await expect(account.firstPage('calls', { signal: stop.signal })).rejects.toThrow('enough')
  })
})

describe('a failed read', () => {
  it.each<[string, Intercept, Partial<TwilioReadError>]>([
    ['429', tooManyRequests(), { kind: 'throttled', status: 429, code: '20429', retryAfterMs: null }],
    ['429 with Retry-After', tooManyRequests(7), { kind: 'throttled', retryAfterMs: 7_000 }],
    ['500', serverError(500), { kind: 'server', status: 500, code: '20500' }],
    ['503', serverError(503), { kind: 'server', status: 503 }],
    ['401', unauthorized, { kind: 'unauthorized', status: 401, code: '20003' }],
    ['403', forbidden, { kind: 'forbidden', status: 403 }],
    ['a reset connection', connectionReset, { kind: 'network', status: null, code: 'ECONNRESET' }],
    ['a transfer that breaks off', truncatedBody, { kind: 'network', status: null }],
    ['HTML with 200', htmlPage, { kind: 'malformed', status: 200 }],
    ['half of the JSON', cutBody, { kind: 'malformed', status: 200 }],
    ['an empty answer', answered(200), { kind: 'malformed' }],
    ['JSON without the list', json('{"calls":[]}'), { kind: 'malformed' }],
    ['a list that is none', json('{"messages":{}}'), { kind: 'malformed' }],
    ['a link that is no text', json('{"messages":[],"next_page_uri":7}'), { kind: 'malformed' }],
    ['a redirect', answered(302, '', { Location: '/' }), { kind: 'malformed' }],
  ])('says what it was: %s', async (_what, fault, expected) => {
    twilio.world.addMessage()
    twilio.faults.next(fault)
    expect(await failureOf(account.firstPage('messages', { signal }))).toMatchObject(expected)
  })

  it('says what it was: a record that is gone, a token that is stale', async () => {
    expect(await failureOf(account.fetch('messages', 'SM404', { signal }))).toMatchObject({
      kind: 'not-found',
    })
    const stale = account.page(
      'messages',
      `/2010-04-01/Accounts/${testAccountSid}/Messages.json?PageToken=x`,
      {
        signal,
      },
    )
    expect(await failureOf(stale)).toMatchObject({ kind: 'refused', status: 400, code: '21481' })
  })

  it('says what it was: no server at all', async () => {
    const { url } = twilio
    await twilio.stop()
    const failure = await failureOf(accountAt(url).firstPage('calls', { signal }))
    expect(failure).toMatchObject({ kind: 'network', code: 'ECONNREFUSED' })
    twilio = await simulatedTwilio()
  })

  it('ends a slow drip although bytes keep coming', async () => {
    for (let n = 0; n < 20; n++) twilio.world.addMessage()
    twilio.faults.next(slowDrip(100))
    const failure = await failureOf(
      accountAt(twilio.url, { timeoutMs: 300 }).firstPage('messages', { signal }),
    )
    expect(failure).toMatchObject({ kind: 'network', message: 'Twilio did not answer within 0.3 s.' })
  })

  it('says nothing of pages where one record was too long to be read', async () => {
    twilio.faults.next(answered(200, ' '.repeat(65 * 1024 * 1024)))
    expect(await failureOf(account.fetch('messages', 'SM1', { signal }))).toMatchObject({
      kind: 'network',
      message: 'An answer of Twilio was longer than is read at once.',
    })
  })

  it('survives absurdly deep JSON', async () => {
    const deep = '['.repeat(50_000) + ']'.repeat(50_000)
    twilio.faults.next(json(`{"messages":[{"sid":"SM1","deep":${deep}}]}`))
    expect((await account.firstPage('messages', { signal })).records).toHaveLength(1)
  })

  it('never holds a credential, not even when Twilio echoes it', async () => {
    const basic = Buffer.from(`${testAccountSid}:${canary}`).toString('base64')
    const echo = `{"code":20500,"message":"bad header Basic ${basic} of ${canary}"}`
    const faults = [unauthorized, serverError(500), connectionReset, truncatedBody, htmlPage, json(echo, 500)]
    for (const fault of faults) {
      twilio.faults.next(fault)
      const failure = await failureOf(account.firstPage('calls', { signal }))
      const shown =
        inspect(failure, { depth: 20, showHidden: true }) + JSON.stringify(failure) + failure.stack
      expect(shown).not.toContain(canary)
      expect(shown).not.toContain(basic)
    }
  })
})

describe('the destination of a request', () => {
  it.each([
    [
      'https://api.twilio.com/2010-04-01/x.json?PageSize=1',
      'http://127.0.0.1:9/2010-04-01/x.json?PageSize=1',
    ],
    ['https://monitor.twilio.com/v1/Alerts', 'http://127.0.0.1:9/v1/Alerts'],
    ['http://elsewhere.example/v1/Alerts?Page=1', 'http://127.0.0.1:9/v1/Alerts?Page=1'],
  ])('is the base URL for %s', (uri, expected) => {
    expect(destination(uri, 'http://127.0.0.1:9')).toBe(expected)
  })

  it('keeps the path of the base URL, once', () => {
    expect(destination('https://monitor.twilio.com/v1/Alerts', 'http://proxy/twilio/')).toBe(
      'http://proxy/twilio/v1/Alerts',
    )
    expect(destination('http://proxy/twilio/v1/Alerts', 'http://proxy/twilio/')).toBe(
      'http://proxy/twilio/v1/Alerts',
    )
  })

  it('is Twilio itself without a base URL, user info removed', () => {
    expect(destination('https://a:b@api.dublin.ie1.twilio.com/x?y=1', null)).toBe(
      'https://api.dublin.ie1.twilio.com/x?y=1',
    )
  })

  it.each([
    'https://twilio.com.evil.example/v1/Alerts',
    'https://eviltwilio.com/v1/Alerts',
    'http://monitor.twilio.com/v1/Alerts',
    'https://monitor.twilio.com:8443/v1/Alerts',
    'file:///etc/passwd',
  ])('is refused for a foreign link: %s', (uri) => {
    expect(() => destination(uri, null)).toThrow(TwilioReadError)
  })
})

function json(body: string, status = 200): Intercept {
  return answered(status, body, { 'Content-Type': 'application/json' })
}

function answered(status: number, body = '', headers: Record<string, string> = {}): Intercept {
  return ({ response }) => void response.writeHead(status, headers).end(body)
}
