import { afterAll, describe, expect, it } from 'vitest'

import {
  keepMaskedSecrets,
  MASK,
  maskConfig,
  openConfig,
  sealConfig,
} from '../../src/actions/config-secrets.js'
import { createSecretBox } from '../../src/actions/secret-box.js'
import { InputError } from '../../src/errors.js'
import { someHandlers } from './samples.js'

const handlers = someHandlers()
afterAll(() => handlers.close())
const webhook = handlers.get('webhook')
const box = createSecretBox('a secret key')

const config = {
  url: 'https://CANARY-user:CANARY-p%40ss@example.com/hook?x=a@b',
  headers: { Authorization: 'Bearer CANARY', 'X-Plain': 'CANARY' },
  secret: 'CANARY',
}

/** Path and message of each. */
function faultsOf(run: () => unknown): string[][] {
  try {
    run()
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown.fields.map(({ path, message }) => [path, message])
    throw thrown
  }
  return []
}

describe('secrets of a config', () => {
  it('are masked whole when shown: secret, header values, user info', () => {
    expect(maskConfig(webhook, config)).toEqual({
      url: `https://${MASK}@example.com/hook?x=a@b`,
      headers: { Authorization: MASK, 'X-Plain': MASK },
      secret: MASK,
    })
  })

  it('are sealed at rest and come back as they were', () => {
    const sealed = sealConfig(webhook, config, box)
    expect(JSON.stringify(sealed)).not.toContain('CANARY')
    expect(openConfig(webhook, sealed, box)).toEqual(config)
    expect(maskConfig(webhook, sealed)).toEqual(maskConfig(webhook, config))
  })

  it('leave a config without secrets as it is', () => {
    const plain = { url: 'https://example.com/@team', method: 'PUT' }
    expect(sealConfig(webhook, plain, box)).toEqual(plain)
  })

  it('survive the mask being written back, while new ones replace them', () => {
    const next = {
      url: `https://${MASK}@example.com/other`,
      headers: { authorization: MASK, 'X-New': 'fresh' },
      secret: 'changed',
    }
    expect(keepMaskedSecrets(webhook, next, sealConfig(webhook, config, box), box)).toEqual({
      url: 'https://CANARY-user:CANARY-p%40ss@example.com/other',
      headers: { authorization: 'Bearer CANARY', 'X-New': 'fresh' },
      secret: 'changed',
    })
  })

  it('cannot be kept where none is stored: every such mask is named', () => {
    const next = { url: 'https://example.com/', headers: { 'X-Key': MASK }, secret: MASK }
    expect(faultsOf(() => keepMaskedSecrets(webhook, next, null, box))).toEqual([
      ['config.headers.X-Key', 'is the mask of a secret, but no secret is stored here'],
      ['config.secret', 'is the mask of a secret, but no secret is stored here'],
    ])
    expect(
      faultsOf(() => keepMaskedSecrets(webhook, next, null, box, 'actions.0.config')).map(([path]) => path),
    ).toEqual(['actions.0.config.headers.X-Key', 'actions.0.config.secret'])
  })

  it('sealed with another key can be replaced, not kept', () => {
    const lost = sealConfig(webhook, config, createSecretBox('the key before'))
    const next = { url: 'https://example.com/', headers: { 'X-Plain': 'new' }, secret: 'new' }
    expect(keepMaskedSecrets(webhook, next, lost, box)).toEqual(next)
    expect(
      faultsOf(() => keepMaskedSecrets(webhook, { ...next, headers: { 'X-Plain': MASK } }, lost, box)),
    ).toEqual([
      [
        'config.headers.X-Plain',
        'is the mask of a secret that cannot be read with this SECRET_KEY: write it again',
      ],
    ])
  })

  it('pass the schema while they are masked', () => {
    expect(webhook.schema.safeParse(maskConfig(webhook, config)).success).toBe(true)
  })
})

describe('secrets within a URL and a payload', () => {
  const slack = 'https://hooks.slack.com/services/T00000000/B00000000/CANARYx7QzCANARYx7QzCANA'
  const shown = 'https://hooks.slack.com/services/T00000000/B00000000/********'
  it.each([
    [slack, shown],
    ['https://a.example/hook?token=CANARY&to=ops', 'https://a.example/hook?token=********&to=ops'],
    ['https://a.example/v2/550e8400-e29b-41d4-a716-446655440000/x', 'https://a.example/v2/********/x'],
    [
      'https://a.example/api/webhooks/123456789012345678/CANARY_-x7Qz-CANARY0',
      'https://a.example/api/webhooks/123456789012345678/********',
    ],
    [
      'https://a.example/on-call/failed-deliveries-of-production?team=ops',
      'https://a.example/on-call/failed-deliveries-of-production?team=ops',
    ],
  ])('are masked, sealed, opened and kept: %s', (url, masked) => {
    const own = { url, payload: { routing_key: 'CANARY', text: '{{alert.summary}}', token: '{{log.id}}' } }
    const sealed = sealConfig(webhook, own, box)
    expect(JSON.stringify(sealed)).not.toContain('CANARY')
    expect(maskConfig(webhook, sealed)).toEqual({
      url: masked,
      payload: { ...own.payload, routing_key: MASK },
    })
    expect(openConfig(webhook, sealed, box)).toEqual(own)
    expect(keepMaskedSecrets(webhook, maskConfig(webhook, sealed), sealed, box)).toEqual(own)
    expect(webhook.schema.safeParse(maskConfig(webhook, sealed)).success).toBe(true)
  })

  it('cannot be kept where none is stored: the URL is named', () => {
    expect(
      faultsOf(() => keepMaskedSecrets(webhook, { url: shown }, null, box)).map(([path]) => path),
    ).toEqual(['config.url'])
  })
})
