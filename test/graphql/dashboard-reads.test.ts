import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeHandlers } from '../../src/actions/describe-handlers.js'
import { loadConfig } from '../../src/config.js'
import { someHandlers } from '../actions/samples.js'
import { type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import { insertAlert, insertLog, insertRule } from '../fixtures/rows.js'

const noFile = (): never => {
  throw Object.assign(new Error('not there'), { code: 'ENOENT' })
}

let graphql: TestGraphql
beforeAll(async () => {
  graphql = await openTestGraphql({
    actionTypes: describeHandlers(someHandlers()),
    settings: loadConfig({ TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'hush' }, noFile, '/').inForce,
  })
})
afterAll(() => graphql.close())

describe('error codes', () => {
  it('are explained one by one and in a list, unknown ones too', async () => {
    const { data } = await graphql.ask(`{
      errorCode(code: "30003") { code title meaning remedy url isKnown }
      none: errorCode(code: "no code") { code }
      errorCodes(codes: ["30005", "", "99999"]) { code isKnown }
    }`)
    expect(data).toEqual({
      errorCode: {
        code: '30003',
        title: 'Handset unreachable',
        meaning: expect.any(String),
        remedy: expect.stringContaining('Try again later'),
        url: 'https://www.twilio.com/docs/api/errors/30003',
        isKnown: true,
      },
      none: null,
      errorCodes: [
        { code: '30005', isKnown: true },
        { code: '99999', isKnown: false },
      ],
    })
  })

  it('are asked for 200 at a time at most', async () => {
    const { errors } = await graphql.ask(
      'query ($codes: [String!]!) { errorCodes(codes: $codes) { code } }',
      {
        codes: Array.from({ length: 201 }, String),
      },
    )
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'codes' }] })
  })
})

describe('a log', () => {
  const hex = '0123456789abcdef0123456789abcdef'
  it.each([
    ['message', `SM${hex}`, `https://console.twilio.com/us1/monitor/logs/sms/SM${hex}`],
    ['call', `CA${hex}`, `https://console.twilio.com/us1/monitor/logs/calls/CA${hex}`],
    ['warning', `NO${hex}`, `https://console.twilio.com/us1/monitor/logs/debugger/errors/NO${hex}`],
    ['custom', 'custom:probe:7', null],
    ['message', 'SM/../../x', null],
  ] as const)('of type %s links to its page at Twilio: %s', async (logType, twilioSid, consoleUrl) => {
    const id = await insertLog(graphql.database, { logType, twilioSid, errorCode: '30007' })
    const { data } = await graphql.ask(
      'query ($id: ID!) { log(id: $id) { consoleUrl errorMeaning { title } } }',
      { id },
    )
    // What another system means by the same code, Twilio does not know.
    const errorMeaning = logType === 'custom' ? null : { title: 'Filtered' }
    expect(data!.log).toEqual({ consoleUrl, errorMeaning })
  })

  it('without an error code has no meaning of one', async () => {
    const id = await insertLog(graphql.database)
    const { data } = await graphql.ask('query ($id: ID!) { log(id: $id) { errorMeaning { title } } }', { id })
    expect(data!.log).toEqual({ errorMeaning: null })
  })
})

describe('a rule', () => {
  it('says how often it fired and when it last did, for all rules by one statement', async () => {
    const { database } = graphql
    const [quiet, loud] = [
      await insertRule(database, { name: 'quiet', createdAt: new Date('2026-01-01') }),
      await insertRule(database, { name: 'loud', createdAt: new Date('2026-01-02') }),
    ]
    for (const day of [3, 5, 4])
      await insertAlert(database, loud, null, { triggeredAt: new Date(Date.UTC(2026, 10, day)) })
    const before = graphql.statements()
    const { data } = await graphql.ask('{ rules { id alertCount lastFiredAt } }')
    expect(data!.rules).toEqual([
      { id: quiet, alertCount: 0, lastFiredAt: null },
      { id: loud, alertCount: 3, lastFiredAt: '2026-11-05T00:00:00.000Z' },
    ])
    expect(graphql.statements() - before).toBeLessThanOrEqual(3)
  })
})

describe('action types', () => {
  it('come with a schema that a form can be made of', async () => {
    const { data } = await graphql.ask('{ actionTypes { type title description configSchema } }')
    expect(data!.actionTypes).toMatchObject([
      { type: 'EMAIL', title: 'Email', configSchema: { required: ['recipients'] } },
      {
        type: 'WEBHOOK',
        configSchema: {
          additionalProperties: false,
          properties: { secret: { type: 'string', title: 'Secret', format: 'secret', writeOnly: true } },
        },
      },
      { type: 'LOG', configSchema: { properties: { level: { enum: ['debug', 'info', 'warn', 'error'] } } } },
    ])
  })
})

describe('the settings in force', () => {
  it('are told with their origin, secrets masked', async () => {
    const { data } = await graphql.ask('{ settings { name section value isSecret origin default meaning } }')
    const settings = data!.settings as unknown as { name: string }[]
    expect(settings).toContainEqual({
      name: 'TWILIO_AUTH_TOKEN',
      section: 'Twilio',
      value: '********',
      isSecret: true,
      origin: 'environment',
      default: null,
      meaning: expect.any(String),
    })
    expect(settings).toContainEqual(
      expect.objectContaining({ name: 'API_PORT', value: '8000', origin: 'default', default: '8000' }),
    )
    expect(JSON.stringify(settings)).not.toContain('hush')
  })
})
