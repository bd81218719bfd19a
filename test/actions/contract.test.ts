import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { Ajv2020 as Ajv } from 'ajv/dist/2020.js'
import { ActionType } from '../../src/actions/action.js'
import { checkActionConfig } from '../../src/actions/check-config.js'
import { MASK, maskConfig, openConfig, sealConfig } from '../../src/actions/config-secrets.js'
import { describeHandlers } from '../../src/actions/describe-handlers.js'
import { ActionError, type ActionConfig } from '../../src/actions/handler.js'
import { createSecretBox } from '../../src/actions/secret-box.js'
import { InputError } from '../../src/errors.js'
import { startHttpSink } from './http-sink.js'
import { aNotice, never, someHandlers } from './samples.js'
import { startSmtpSink } from './smtp-sink.js'

/** What the suite needs to know of each handler; a new one adds its line. */
const cases: Readonly<Record<ActionType, { config: (httpUrl: string) => ActionConfig; secrets: number }>> = {
  email: { config: () => ({ recipients: ['ops@example.com'] }), secrets: 0 },
  webhook: {
    config: (url) => ({ url, secret: 'CANARY secret', headers: { 'X-Key': 'CANARY key' } }),
    secrets: 2,
  },
  log: { config: () => ({ message: '{{alert.summary}}' }), secrets: 0 },
}

const box = createSecretBox('a secret key')

describe.each(Object.values(ActionType))('the %s handler', (type) => {
  let http: Awaited<ReturnType<typeof startHttpSink>>
  let smtp: Awaited<ReturnType<typeof startSmtpSink>>
  let handlers: ReturnType<typeof someHandlers>
  beforeAll(async () => {
    http = await startHttpSink()
    smtp = await startSmtpSink()
    handlers = someHandlers({ smtp: smtp.settings })
  })
  afterAll(async () => {
    await handlers.close()
    await http.stop()
    await smtp.stop()
  })
  const parts = () => ({
    handler: handlers.get(type),
    config: checkActionConfig(handlers, type, cases[type].config(http.url)),
  })

  it('is in the list once, under its own name', () => {
    expect(handlers.list.filter((handler) => handler.type === type)).toEqual([handlers.get(type)])
  })

  it('keeps an accepted config as it is written', () => {
    expect(parts().config).toEqual(cases[type].config(http.url))
  })

  it.each([null, 'text', 7, [], { surprise: 1 }])('refuses the config %j with a path', (bad) => {
    const check = () => checkActionConfig(handlers, type, bad)
    expect(check).toThrow(InputError)
    expect(check).toThrow(/^config/)
  })

  it('refuses an unknown setting by its name', () => {
    const check = () =>
      checkActionConfig(handlers, type, { ...cases[type].config(http.url), surprise: 1 }, 'input.config')
    expect(check).toThrow(/^input\.config\.surprise: is not a setting/)
  })

  it.each(['alert', 'fold', 'test'] as const)('sends a notice of kind %s', async (kind) => {
    const { handler, config } = parts()
    const outcome = await handler.send(
      aNotice({ kind, folded: kind === 'fold' ? [{ rule: 'errors', count: 3 }] : [] }),
      config,
      never,
    )
    expect(JSON.parse(JSON.stringify(outcome.result))).toEqual(outcome.result)
    expect(JSON.stringify(outcome)).not.toContain('CANARY')
  })

  it('shows what it would send, without its secrets', () => {
    const { handler, config } = parts()
    const request = handler.request(aNotice({ kind: 'test' }), config)
    expect(JSON.parse(JSON.stringify(request))).toEqual(request)
    expect(JSON.stringify(request)).toContain(aNotice().rule.name)
    expect(JSON.stringify(request)).not.toContain('CANARY')
  })

  it('describes itself and every field of its config for the forms that are made of them', () => {
    const info = describeHandlers(handlers).find((one) => one.type === type)!
    expect([info.title, info.description].map((text) => text.length)).not.toContain(0)
    const { properties = {}, required = [] } = info.configSchema as {
      properties?: Record<string, { title?: string; description?: string }>
      required?: string[]
    }
    for (const [name, { title, description }] of Object.entries(properties))
      expect([name, title, description]).toEqual([name, expect.any(String), expect.any(String)])
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(required))
    const valid = new Ajv({
      strict: false,
      formats: { email: true, uri: true, secret: true, template: true },
    })
    const config = cases[type].config(http.url)
    expect(valid.validate(info.configSchema, config), valid.errorsText()).toBe(true)
    expect(valid.validate(info.configSchema, { ...config, surprise: 1 })).toBe(false)
  })

  it('marks each secret in its schema', () => {
    const { configSchema } = describeHandlers(handlers).find((one) => one.type === type)!
    expect(JSON.stringify(configSchema).split('"writeOnly":true')).toHaveLength(cases[type].secrets + 1)
  })

  it('fails with an ActionError that may be retried when it is stopped before it starts, or is done at once', async () => {
    const { handler, config } = parts()
    const thrown: unknown = await handler
      .send(aNotice(), config, AbortSignal.abort())
      .catch((error: unknown) => error)
    if (thrown instanceof Error) {
      expect(thrown).toBeInstanceOf(ActionError)
      expect(thrown).toMatchObject({ code: 'aborted', permanent: false })
    }
  })

  it('shows, stores and opens its secrets, all of them', () => {
    const { handler, config } = parts()
    const sealed = sealConfig(handler, config, box)
    expect(JSON.stringify(maskConfig(handler, config)).split(MASK)).toHaveLength(cases[type].secrets + 1)
    expect(JSON.stringify(sealed) + JSON.stringify(maskConfig(handler, config))).not.toContain('CANARY')
    expect(openConfig(handler, sealed, box)).toEqual(config)
  })

  it('does not warn of a sound config and has a number of tries', () => {
    const { handler, config } = parts()
    expect(handler.warnings?.(config) ?? []).toEqual([])
    expect(handler.retryAttempts).toBe(type === 'webhook' ? 3 : 8)
  })
})
