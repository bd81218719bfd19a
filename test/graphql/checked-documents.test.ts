import { buildSchema, GraphQLError, type DocumentNode } from 'graphql'
import { describe, expect, it } from 'vitest'
import { CheckedDocuments } from '../../src/graphql/checked-documents.js'

const schema = buildSchema('type Query { name: String, friend: Query }')
const documents = () => new CheckedDocuments(schema)
/** Documents that differ from each other. */
const several = (count: number) => Array.from({ length: count }, (_, n) => `query Q${n} { name }`)

function taken(checked: DocumentNode | GraphQLError[]): DocumentNode {
  if (Array.isArray(checked)) throw new Error('it was refused', { cause: checked })
  return checked
}

const refusals = (checked: DocumentNode | GraphQLError[]) =>
  Array.isArray(checked) ? checked.map(({ message }) => message) : []

describe('documents of sockets', () => {
  it('are held once, however many ask them', () => {
    const checked = documents()
    const texts = several(200)
    const first = texts.map((text) => taken(checked.check(text)))
    expect(texts.map((text, place) => checked.check(text) === first[place])).not.toContain(false)
  })

  it('are told apart by their whole text', () => {
    const checked = documents()
    expect(taken(checked.check('{ name }'))).not.toBe(taken(checked.check('{ name  }')))
  })

  it('are forgotten where they become too many, and taken anew', () => {
    const checked = documents()
    const [oldest = '', ...others] = several(201)
    const before = taken(checked.check(oldest))
    for (const text of others) taken(checked.check(text))
    const after = taken(checked.check(oldest))
    expect(after).not.toBe(before)
    expect(checked.check(oldest)).toBe(after)
  })

  it('are not held where they are long', () => {
    const checked = documents()
    const padded = (length: number) => '{ name }'.padEnd(length)
    expect(checked.check(padded(8_192))).toBe(checked.check(padded(8_192)))
    const long = taken(checked.check(padded(8_193)))
    expect(taken(checked.check(padded(8_193)))).not.toBe(long)
  })

  it('are refused each time, and leave those that are held alone', () => {
    const checked = documents()
    const good = checked.check('{ name }')
    for (let round = 0; round < 2; round += 1) {
      expect(refusals(checked.check('{ nobody }'))).toEqual([expect.stringContaining('nobody')])
      expect(refusals(checked.check('{ name'))).toEqual([expect.stringContaining('Syntax Error')])
    }
    for (const text of several(300)) checked.check(`${text} {`)
    expect(checked.check('{ name }')).toBe(good)
  })

  it('are under the limits of those over HTTP', () => {
    const codes = (text: string) => {
      const checked = documents().check(text)
      return Array.isArray(checked) ? checked.map(({ extensions }) => extensions['code']) : []
    }
    expect(codes(`${'{ friend '.repeat(13)}{ name }${' }'.repeat(13)}`)).toEqual(['COMPLEXITY_LIMIT'])
    expect(codes(`{ ${Array.from({ length: 31 }, (_, n) => `a${n}: name`).join(' ')} }`)).toEqual([
      'COMPLEXITY_LIMIT',
    ])
    expect(refusals(documents().check(`{ ${'name '.repeat(5_000)} }`))).toEqual([
      expect.stringMatching(/5,?000 tokens/),
    ])
  })
})
