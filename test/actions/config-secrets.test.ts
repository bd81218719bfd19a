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
    expect(keepMaskedSecrets(webhook, next, config)).toEqual({
      url: 'https://CANARY-user:CANARY-p%40ss@example.com/other',
      headers: { authorization: 'Bearer CANARY', 'X-New': 'fresh' },
      secret: 'changed',
    })
  })

  it('cannot be kept where none is stored: every such mask is named', () => {
    const next = { url: 'https://example.com/', headers: { 'X-Key': MASK }, secret: MASK }
    const faultsOf = (previous: typeof next | null) => {
      try {
        keepMaskedSecrets(webhook, next, previous)
      } catch (thrown) {
        return thrown instanceof InputError ? thrown.fields.map(({ path }) => path) : [String(thrown)]
      }
      return []
    }
    expect(faultsOf(null)).toEqual(['config.headers.X-Key', 'config.secret'])
  })

  it('pass the schema while they are masked', () => {
    expect(webhook.schema.safeParse(maskConfig(webhook, config)).success).toBe(true)
  })
})
