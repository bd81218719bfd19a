import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  escapeReferences,
  resolveReferences,
  restoreReferences,
  variablesIn,
} from '../../../src/commands/configuration/references.js'

const resolve = (config: unknown, variables = {}) => resolveReferences(config, variables, 'config')

/** Texts in which references and their like are frequent. */
const someText = fc
  .array(
    fc.oneof(fc.constantFrom('$', '${', '$${', '{', '}', '${A}', '${b_1}', 'A'), fc.string({ maxLength: 3 })),
  )
  .map((parts) => parts.join(''))
const someConfig = fc.dictionary(
  fc.string({ maxLength: 4 }).filter((key) => key !== '__proto__'),
  fc.oneof(
    someText,
    fc.array(someText),
    fc.dictionary(fc.constantFrom('a', '/', '~'), someText),
    fc.integer(),
  ),
)

describe('references in a config', () => {
  it('stand for the values of variables, within a text too', () => {
    const config = { secret: '${SECRET}', headers: { Authorization: 'Bearer ${TOKEN}' }, retries: 3 }
    expect(resolve(config, { SECRET: 's', TOKEN: 't' })).toEqual({
      value: { secret: 's', headers: { Authorization: 'Bearer t' }, retries: 3 },
      references: { '/secret': '${SECRET}', '/headers/Authorization': 'Bearer ${TOKEN}' },
      faults: [],
    })
    expect(variablesIn(config)).toEqual(['SECRET', 'TOKEN'])
  })

  it('give their value as it is, whatever is in it', () => {
    expect(resolve('${A}', { A: '$${B} ${C} $& $1' }).value).toBe('$${B} ${C} $& $1')
  })

  it('are each named where they have no value', () => {
    expect(resolve({ list: ['${A} ${B}'], toString: '${toString}' }).faults).toEqual([
      { path: 'config.list.0', message: 'names the variable A, which has no value here' },
      { path: 'config.list.0', message: 'names the variable B, which has no value here' },
      { path: 'config.toString', message: 'names the variable toString, which has no value here' },
    ])
  })

  it('are refused where they are none', () => {
    const message = 'holds ${ but no reference such as ${NAME}: write $${ for the characters themselves'
    for (const text of ['${', '${A', '${}', '${1A}', '${a.b}', '${A }'])
      expect(resolve(text, { A: '' }).faults).toEqual([{ path: 'config', message }])
  })

  it('are not meant by what was escaped', () => {
    expect(resolve('$${A} $$${A}')).toEqual({ value: '${A} $${A}', references: {}, faults: [] })
  })

  it('never arise from a config that was escaped', () => {
    fc.assert(
      fc.property(someConfig, (config) => {
        const escaped = escapeReferences(config)
        expect(variablesIn(escaped)).toEqual([])
        expect(resolve(escaped)).toEqual({ value: config, references: {}, faults: [] })
      }),
    )
  })

  it('come back in their places', () => {
    fc.assert(
      fc.property(someConfig, fc.string(), fc.string(), (config, A, b_1) => {
        const { value, references, faults } = resolve(config, { A, b_1 })
        fc.pre(faults.length === 0)
        const again = restoreReferences(escapeReferences(value), references)
        expect(resolve(again, { A, b_1 })).toEqual({ value, references, faults })
      }),
    )
  })
})
