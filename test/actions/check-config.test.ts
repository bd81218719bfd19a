import { afterAll, describe, expect, it } from 'vitest'

import { checkActionConfig } from '../../src/actions/check-config.js'
import type { ActionType } from '../../src/actions/action.js'
import { InputError } from '../../src/errors.js'
import { someHandlers } from './samples.js'

const handlers = someHandlers()
afterAll(() => handlers.close())

function faultsOf(actionType: ActionType, config: unknown, path?: string): InputError['fields'] {
  try {
    checkActionConfig(handlers, actionType, config, path)
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown.fields
    throw thrown
  }
  return []
}

function pathsOf(actionType: ActionType, config: unknown, path?: string): string[] {
  return faultsOf(actionType, config, path).map((fault) => fault.path)
}

const url = 'https://example.com/hook'

describe('checking the config of an action', () => {
  it.each([
    ['a NUL character', 'a\0b'],
    ['the first half of a surrogate pair', 'a\uD83D'],
    ['the second half of a surrogate pair', '\uDE00b'],
  ])('refuses %s, which no database stores, in every text', (_, text) => {
    expect(pathsOf('log', { message: text })).toEqual(['config.message'])
    expect(pathsOf('webhook', { url, secret: text })).toEqual(['config.secret'])
    expect(pathsOf('webhook', { url, payload: { rows: ['fine', { note: text }] } })).toEqual([
      'config.payload.rows.1.note',
    ])
    expect(pathsOf('email', { recipients: ['ops@example.com'], subject: text, body: text })).toEqual([
      'config.subject',
      'config.body',
    ])
  })

  it.each([
    ['email', null, 'config: must be an object'],
    ['email', {}, 'config.recipients: is required'],
    ['email', { recipients: null }, 'config.recipients: must be a list'],
    ['email', { recipients: [] }, 'config.recipients: must name at least one address'],
    ['email', { recipients: Array(51).fill('a@b') }, 'config.recipients: must name 50 addresses at most'],
    ['email', { recipients: [7] }, 'config.recipients.0: must be text'],
    ['email', { recipients: ['a@b'], subject: '' }, 'config.subject: must not be empty'],
    [
      'email',
      { recipients: ['a@b'], subject: 'x'.repeat(501) },
      'config.subject: must have 500 characters at most',
    ],
    [
      'email',
      { recipients: ['a@b'], priority: 'urgent' },
      'config.priority: must be one of high, normal, low',
    ],
    ['webhook', { url, timeoutSeconds: '5' }, 'config.timeoutSeconds: must be a number'],
    ['webhook', { url, timeoutSeconds: 0 }, 'config.timeoutSeconds: must be 1 or more'],
    ['webhook', { url, timeoutSeconds: 301 }, 'config.timeoutSeconds: must be 300 at most'],
    ['webhook', { url, headers: 'X: y' }, 'config.headers: must be an object'],
    ['webhook', {}, 'config.url: is required'],
  ] as const)('says in plain words what a field of %s must be: %j', (actionType, config, fault) => {
    expect(faultsOf(actionType, config).map(({ path, message }) => `${path}: ${message}`)).toEqual([fault])
  })

  it('refuses such text in keys too', () => {
    expect(pathsOf('webhook', { url, payload: { 'a\0': 1, b: { '\uD83D': {} } } })).toEqual([
      'config.payload.a\0',
      'config.payload.b.\uD83D',
    ])
  })

  it('names what the schema refuses and what cannot be stored together, each place once', () => {
    const config = { url: 'ftp://example.com', headers: { 'X-Key': 'a\0' }, secret: 'b\0' }
    expect(pathsOf('webhook', config, 'actions.2.config')).toEqual([
      'actions.2.config.url',
      'actions.2.config.headers.X-Key',
      'actions.2.config.secret',
    ])
  })

  it('takes all other text as it is', () => {
    const config = { message: 'Ünïcödé 😀 \uFFFD and a tab\t' }
    expect(checkActionConfig(handlers, 'log', config)).toEqual(config)
  })

  it('refuses a payload that is nested without end instead of following it', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)
    expect(pathsOf('webhook', { url, payload: deep })).toEqual(['config.payload'])
  })
})
