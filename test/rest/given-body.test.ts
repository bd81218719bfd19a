import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBody } from '../../src/rest/given-body.js'
import { toCamel, toSnake } from '../../src/rest/spelling.js'

describe('a body', () => {
  it('is given to the commands in their spelling, the config of an action as it is', () => {
    const config = { timeoutSeconds: 1, some_key: [{ a_b: 1 }] }
    expect(readBody({ log_type: 'call', actions: [{ type: 'log', config }] }).input).toEqual({
      logType: 'call',
      actions: [{ actionType: 'log', config }],
    })
  })

  it('in the spelling of the commands is unknown to them', () => {
    expect(readBody({ logType: 'call' }).input).toEqual({ log_type: 'call' })
  })

  it('with a field under two names is refused', () => {
    expect(() => readBody({ actions: [{ action_type: 'log', type: 'log' }] })).toThrow(
      'actions.0.type: is actions.0.action_type by another name',
    )
  })

  it('keeps every path as the caller wrote it, whatever the names are', () => {
    const name = fc.oneof(
      fc.constantFrom(
        'log_type',
        'logType',
        '__proto__',
        'a.b',
        'a_b.c',
        '',
        'config',
        'x1_y2',
        'a_1',
        'A_b',
      ),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.uniqueArray(name, { selector: toCamel }), (names) => {
        const { input, spelled } = readBody(Object.fromEntries(names.map((one) => [one, 1])))
        const back = Object.keys(input as object).map(spelled)
        expect(back.toSorted()).toEqual(names.map((one) => (one === '' ? 'body' : one)).toSorted())
      }),
      { examples: [[['type', 'name']]] },
    )
  })

  it('has names for what is missing too', () => {
    const { spelled } = readBody({ actions: [{ config: {} }] })
    expect(
      ['patternType', 'actions.0.actionType', 'actions.0.config.timeoutSeconds', ''].map(spelled),
    ).toEqual(['pattern_type', 'actions.0.action_type', 'actions.0.config.timeoutSeconds', 'body'])
  })
})

describe('a name', () => {
  it('that is turned is turned back', () => {
    const part = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/)
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const snake = parts.join('_')
        expect(toSnake(toCamel(snake))).toBe(snake)
      }),
    )
  })
})
