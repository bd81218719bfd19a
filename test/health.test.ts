import { describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config.js'
import { createHealth, type HealthParts } from '../src/health.js'
import type { WatchedSource } from '../src/http/health.js'

const account = { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'hush' }
const withApiKey = { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_API_KEY: 'SK1', TWILIO_API_SECRET: 'hush' }

const noFile = (): never => {
  throw Object.assign(new Error('not there'), { code: 'ENOENT' })
}

/** What is said where all is well, but for what is named. */
function healthOf(env: Readonly<Record<string, string>>, over: Partial<HealthParts> = {}) {
  return createHealth({
    config: loadConfig(env, noFile, '/'),
    jobs: 'postgres',
    pubsub: 'memory',
    troubles: () => [],
    notices: () => [],
    sources: async () => [aList()],
    ...over,
  })()
}

const aList = (over: Partial<WatchedSource> = {}): WatchedSource => ({
  accountSid: 'AC1',
  source: 'alerts',
  lastSuccessAt: null,
  lagSeconds: null,
  error: null,
  errorKind: null,
  isStale: false,
  ...over,
})

describe('the health', () => {
  it('has nothing to say where an account is watched and all is well', async () => {
    expect(await healthOf(account)).toMatchObject({ status: 'ok', notices: [], messages: [] })
  })

  it.each([
    ['the demo is shown', { DEMO: 'true' }, 'DEMO', 'DEMO: '],
    ['no account is watched', { DEMO: 'false' }, 'NOTHING_WATCHED', 'set TWILIO_ACCOUNT_SID'],
    ['webhooks cannot be verified', withApiKey, 'NO_AUTH_TOKEN', 'TWILIO_AUTH_TOKEN is not set'],
  ])('says that %s, which is no fault', async (_what, env, code, text) => {
    expect(await healthOf(env, { sources: async () => [] })).toMatchObject({
      status: 'ok',
      notices: [{ code, text: expect.stringContaining(text) }],
    })
  })

  it('says of a list that cannot be read why, also where that lasts, and of one that is silent that nobody reads it', async () => {
    const lists = [
      aList({ source: 'calls', error: 'HTTP 503', isStale: true }),
      aList({ source: 'messages', isStale: true }),
      aList(),
    ]
    expect(await healthOf(account, { sources: async () => lists })).toMatchObject({
      status: 'degraded',
      notices: [
        { code: 'SOURCE_FAILS', text: 'Reading calls fails: HTTP 503' },
        { code: 'SOURCE_STALE', text: expect.stringContaining('The messages have not been read') },
      ],
      sources: lists,
    })
  })

  it('is degraded by a trouble and not by a notice; messages say the same as notices, in the same order', async () => {
    const refused = { code: 'WEBHOOKS_REFUSED', text: 'Many are refused.' } as const
    const away = { code: 'SERVICE_AWAY', text: 'Redis is away.' } as const
    const skewed = { code: 'CLOCK_WRONG', text: 'The clocks differ.' } as const
    expect(await healthOf(account, { notices: () => [refused] })).toMatchObject({
      status: 'ok',
      notices: [refused],
    })
    const { status, notices, messages } = await healthOf(withApiKey, {
      notices: () => [refused],
      troubles: () => [away, skewed],
      sources: async () => [aList({ error: 'HTTP 500' })],
    })
    expect(status).toBe('degraded')
    expect(notices.map(({ code }) => code)).toEqual([
      'NO_AUTH_TOKEN',
      'SERVICE_AWAY',
      'CLOCK_WRONG',
      'WEBHOOKS_REFUSED',
      'SOURCE_FAILS',
    ])
    expect(messages).toEqual(notices.map(({ text }) => text))
  })
})
