import { afterAll, describe, expect, it } from 'vitest'

import { checkActionConfig } from '../../src/actions/check-config.js'
import type { ActionType } from '../../src/actions/action.js'
import { InputError } from '../../src/errors.js'
import { someHandlers } from './samples.js'

const handlers = someHandlers()
afterAll(() => handlers.close())

function pathsOf(actionType: ActionType, config: unknown, path?: string): string[] {
  try {
    checkActionConfig(handlers, actionType, config, path)
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown.fields.map((fault) => fault.path)
    throw thrown
  }
  return []
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
