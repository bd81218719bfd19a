import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testAccountSid } from '../fixtures/records.js'
import { formOf, publicUrl, signedForm, signedJson } from '../fixtures/signed-by-twilio.js'
import { messageCallback, messageEvent, newSid } from '../fixtures/webhook-samples.js'
import { openWebhookServer, type WebhookServer, webhookToken } from '../fixtures/webhook-server.js'

const PATH = '/webhooks/twilio'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

let server: WebhookServer
beforeAll(async () => {
  server = await openWebhookServer()
})
afterAll(() => server.close())

async function stored(): Promise<number> {
  const [row] = await server.rows<{ count: number }>('SELECT count(*)::int AS count FROM inbox')
  return row!.count
}

const callback = () => messageCallback(newSid('SM'), 'delivered')
const sign = (
  parameters: Parameters<typeof signedForm>[0],
  path = PATH,
  token = webhookToken,
  base = publicUrl,
) => signedForm(parameters, path, token, base)

interface Sent {
  readonly path?: string
  readonly body: string
  readonly headers: Record<string, string>
}

/** A form signed for one thing and sent as another. */
function form(change: (signed: ReturnType<typeof callback>) => Record<string, string>, path = PATH): Sent {
  const parameters = callback()
  return { path, body: formOf(change(parameters)), headers: sign(parameters) }
}

const same = <Value>(value: Value) => value

const forged: [string, () => Sent][] = [
  ['carries no signature', () => ({ body: formOf(callback()), headers: FORM })],
  [
    'carries an empty signature',
    () => ({ body: formOf(callback()), headers: { ...FORM, 'x-twilio-signature': '' } }),
  ],
  [
    'carries rubbish for a signature',
    () => ({ body: formOf(callback()), headers: { ...FORM, 'x-twilio-signature': 'bm8=' } }),
  ],
  [
    'is signed with another token',
    () => {
      const parameters = callback()
      return { body: formOf(parameters), headers: sign(parameters, PATH, 'another token') }
    },
  ],
  ['has a parameter more', () => form((signed) => ({ ...signed, Extra: 'x' }))],
  ['has an empty parameter more', () => form((signed) => ({ ...signed, ErrorCode: '' }))],
  ['has a parameter less', () => form((signed) => without('To', signed))],
  ['has another status', () => form((signed) => ({ ...signed, MessageStatus: 'failed' }))],
  [
    'was signed for http instead of https',
    () => {
      const parameters = callback()
      return {
        body: formOf(parameters),
        headers: sign(parameters, PATH, webhookToken, 'http://giftpulse.example'),
      }
    },
  ],
  [
    'was signed for another port',
    () => {
      const parameters = callback()
      return { body: formOf(parameters), headers: sign(parameters, PATH, webhookToken, `${publicUrl}:8443`) }
    },
  ],
  [
    'was signed for another host',
    () => {
      const parameters = callback()
      return {
        body: formOf(parameters),
        headers: sign(parameters, PATH, webhookToken, 'https://other.example'),
      }
    },
  ],
  ['has a query that was not signed', () => form(same, `${PATH}?x=1`)],
  [
    'has another body than the one whose digest was signed',
    () => {
      const { path, headers } = signedJson(JSON.stringify([messageEvent(newSid('SM'), 'sent')]), webhookToken)
      return { path, headers, body: JSON.stringify([messageEvent(newSid('SM'), 'failed')]) }
    },
  ],
  [
    'is JSON without the digest of its body',
    () => {
      const headers = { ...sign({}), 'content-type': 'application/json' }
      return { headers, body: JSON.stringify([messageEvent(newSid('SM'), 'sent')]) }
    },
  ],
  [
    'is about another account',
    () => {
      const parameters = { ...callback(), AccountSid: newSid('AC') }
      return { body: formOf(parameters), headers: sign(parameters) }
    },
  ],
]

describe('a request to /webhooks/twilio', () => {
  it.each(forged)('is refused, and nothing of it stored, where it %s', async (_, make) => {
    const { path = PATH, body, headers } = make()
    const before = [await stored(), refusals()]
    const response = await server.send(path, body, headers)
    expect(response.status).toBe(403)
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect([await stored(), refusals()]).toEqual([before[0], Number(before[1]) + 1])
  })

  const good: [string, () => Sent][] = [
    ['a form', () => form(same)],
    [
      'a form with unknown, empty and repeated parameters',
      () => {
        const parameters = [
          ...Object.entries(callback()),
          ['New', ''],
          ['Tag', 'b'],
          ['Tag', 'a'],
          ['Tag', 'b'],
          ['Odd', ' ä&=+ '],
        ] as [string, string][]
        return { body: formOf(parameters), headers: sign(parameters) }
      },
    ],
    [
      'a form whose URL has a query',
      () => {
        const parameters = callback()
        const path = `${PATH}?team=a%20b&x='1'`
        return { path, body: formOf(parameters), headers: sign(parameters, path) }
      },
    ],
    [
      'a form signed with the standard port written out',
      () => {
        const parameters = callback()
        return { body: formOf(parameters), headers: sign(parameters, PATH, webhookToken, `${publicUrl}:443`) }
      },
    ],
    [
      'a batch of events',
      () => {
        const body = JSON.stringify([messageEvent(newSid('SM'), 'sent')])
        return { ...signedJson(body, webhookToken), body }
      },
    ],
    [
      'a single event, over the very bytes that came',
      () => {
        const body = `  ${JSON.stringify(messageEvent(newSid('SM'), 'sent', { body: '🎁 ä' }), null, 3)}\n`
        return { ...signedJson(body, webhookToken), body }
      },
    ],
    [
      'a report of a subaccount that its parent has signed',
      () => {
        const parameters = { ...callback(), AccountSid: newSid('AC'), ParentAccountSid: testAccountSid }
        return { body: formOf(parameters), headers: sign(parameters) }
      },
    ],
  ]
  it.each(good)('is stored and answered without a word where it is %s', async (_, make) => {
    const { path = PATH, body, headers } = make()
    const before = await stored()
    const response = await server.send(path, body, headers)
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(await stored()).toBe(before + 1)
  })

  it('is one entry however often it comes at once', async () => {
    const parameters = callback()
    const before = await stored()
    const answers = await Promise.all(Array.from({ length: 50 }, () => server.sendForm(parameters)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]))
    expect(await stored()).toBe(before + 1)
  })

  it('may hold any of what breaks databases', async () => {
    const sid = newSid('SM')
    const odd = `NUL \0, half \ud800, RTL \u202e, ${'x'.repeat(100_000)}`
    expect(
      (await server.sendForm(messageCallback(sid, 'sent', { Body: odd, ['__proto__']: 'x' }))).status,
    ).toBe(204)
    const event = JSON.stringify(messageEvent(newSid('SM'), 'sent', { body: odd, number: 'N', deep: 'D' }))
    const worse = event
      .replace('"N"', '1e400000')
      .replace('"D"', `${'['.repeat(20_000)}${']'.repeat(20_000)}`)
    const { path, headers } = signedJson(worse, webhookToken)
    expect((await server.send(path, worse, headers)).status).toBe(204)
    await server.settle()
    const logs = await server.rows<{ text: string }>(`SELECT text FROM logs WHERE twilio_sid = $1`, sid)
    expect(logs[0]?.text).toMatch(/^NUL \ufffd, half \ufffd, RTL/)
    expect(server.errors).toEqual([])
  })

  it.each([
    [
      'a body of more than 1 MB',
      413,
      { body: 'x'.repeat(1_100_000), headers: { ...FORM, 'x-twilio-signature': 'x' } },
    ],
    [
      'another type',
      415,
      { body: 'x', headers: { 'content-type': 'text/plain', 'x-twilio-signature': 'x' } },
    ],
    [
      'a compressed body',
      415,
      { body: 'x', headers: { ...FORM, 'content-encoding': 'gzip', 'x-twilio-signature': 'x' } },
    ],
    [
      'a hundred thousand parameters',
      403,
      { body: 'a=1&'.repeat(100_000), headers: { ...FORM, 'x-twilio-signature': 'x' } },
    ],
  ])('with %s is answered %i', async (_, status, { body, headers }) => {
    const response = await server.send(PATH, body, headers)
    expect(response.status).toBe(status)
  })

  it('that is signed and no JSON is answered 400', async () => {
    const body = '{"no'
    const { path, headers } = signedJson(body, webhookToken)
    expect((await server.send(path, body, headers)).status).toBe(400)
  })

  it('is answered 503, to be sent again, while it cannot be stored', async () => {
    server.breakStore(new Error('connect ECONNREFUSED'))
    const parameters = callback()
    const response = await server.sendForm(parameters)
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    server.breakStore(null)
    expect((await server.sendForm(parameters)).status).toBe(204)
  })

  it('fills no log while many cannot be stored at once', async () => {
    const said = () => server.lines.filter((line) => line.includes('a webhook could not be stored')).length
    const before = said()
    server.breakStore(new Error('connect ECONNREFUSED'))
    const begunAt = performance.now()
    await Promise.all(Array.from({ length: 40 }, () => server.sendForm(callback())))
    const seconds = Math.ceil((performance.now() - begunAt) / 1_000)
    server.breakStore(null)
    expect(said() - before).toBeLessThanOrEqual(seconds + 1)
  })

  it('is told of in health where many have a wrong signature', () => {
    expect(server.counts.notice(publicUrl)).toMatch(
      /must call https:\/\/giftpulse.example\/webhooks\/twilio exactly/,
    )
  })
})

describe.each([
  ['no account is watched', null, 'no-account'],
  ['only an API key is known', { accountSid: testAccountSid, authToken: null }, 'no-token'],
] as const)('where %s', (_, account, reason) => {
  it('every request is refused', async () => {
    const other = await openWebhookServer({ account })
    try {
      expect((await other.sendForm(callback())).status).toBe(403)
      expect(other.counts.refusedTwilio[reason]).toBe(1)
    } finally {
      await other.close()
    }
  })
})

function refusals(): number {
  return Object.values(server.counts.refusedTwilio).reduce((sum, count) => sum + count, 0)
}

function without(name: string, parameters: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([other]) => other !== name))
}
