import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { simulatedTwilio, type SimulatedTwilio } from '../fixtures/simulated-twilio.js'
import { twilioClient } from '../fixtures/twilio-client.js'
import * as faults from '../fixtures/twilio-faults.js'

let twilio: SimulatedTwilio
let client: ReturnType<typeof twilioClient>

beforeEach(async () => {
  twilio = await simulatedTwilio()
  client = twilioClient(twilio, twilio.accountSid, twilio.authToken)
  for (let n = 0; n < 3; n += 1) twilio.world.addMessage()
})
afterEach(() => twilio.stop())

const list = () => client.messages.list({ pageSize: 2 })

describe('scripted faults, as the official SDK meets them', () => {
  it('last as many answers as asked, for the source asked', async () => {
    twilio.faults.next(faults.tooManyRequests(), { times: 2, source: 'messages' })
    expect(await client.calls.list({ pageSize: 2 })).toHaveLength(0)
    await expect(list()).rejects.toMatchObject({ status: 429, code: 20429 })
    await expect(list()).rejects.toMatchObject({ status: 429, code: 20429 })
    expect(await list()).toHaveLength(3)
    expect(twilio.requests.entries.map(({ status }) => status)).toEqual([200, 429, 429, 200, 200])
  })

  it('can carry a Retry-After', async () => {
    twilio.faults.next(faults.tooManyRequests(7))
    const answer = await fetch(`${twilio.url}/v1/Alerts`)
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after')).toBe('7')
  })

  it.each([
    ['a 500', faults.serverError(500), { status: 500, code: 20500 }],
    ['a 503', faults.serverError(503), { status: 503, code: 20503 }],
    ['a 401', faults.unauthorized, { status: 401, code: 20003 }],
    ['a 403', faults.forbidden, { status: 403, code: 20403 }],
    ['a reset', faults.connectionReset, { code: 'ECONNRESET' }],
    ['HTML with 200', faults.htmlPage, { name: 'SyntaxError' }],
    ['half a body in a whole answer', faults.cutBody, { name: 'SyntaxError' }],
    ['a transfer that breaks', faults.truncatedBody, { name: 'AxiosError' }],
  ])('%s fails the request, and the next one is well', async (_name, fault, error) => {
    twilio.faults.next(fault)
    await expect(list()).rejects.toMatchObject(error)
    expect(await list()).toHaveLength(3)
  })

  it('a slow drip arrives whole', async () => {
    twilio.faults.next(faults.slowDrip(2))
    expect(await list()).toHaveLength(3)
  })

  it('a repeated page links to itself, until it is well again', async () => {
    twilio.faults.next(faults.repeatedPage, { times: 2 })
    const first = await client.messages.page({ pageSize: 2 })
    const again = await first.nextPage()
    const shown = (page: Pick<typeof first, 'instances'> | undefined) => page?.instances.map(({ sid }) => sid)
    expect(shown(again)).toEqual(shown(first))
  })

  it('an empty page still leads on to every record', async () => {
    twilio.faults.next(faults.emptyPage)
    const first = await client.messages.page({ pageSize: 2 })
    expect(first.instances).toHaveLength(0)
    expect((await first.nextPage())?.instances).toHaveLength(2)
  })

  it('a held answer shows the world of its release, and open requests are counted', async () => {
    let release: () => void = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    twilio.faults.next(faults.heldUntil(released), { times: 2 })
    const open = [list(), client.messages.list({ pageSize: 50 })]
    while (twilio.requests.entries.length < 2) await new Promise(setImmediate)
    twilio.world.addMessage()
    release()
    for (const records of await Promise.all(open)) expect(records).toHaveLength(4)
    expect(twilio.requests.peakConcurrency).toBe(2)
  })
})
