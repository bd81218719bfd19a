import { readFileSync } from 'node:fs'
import { buildSchema, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { examples } from '../../client/src/pages/graphiql/examples.js'
import { operationAt } from '../../client/src/pages/graphiql/operation.js'

describe('the examples of the explorer', () => {
  const schema = buildSchema(readFileSync('schema.graphql', 'utf8'))

  it.each(examples)('fit the schema: $name', ({ query, variables }) => {
    expect(validate(schema, parse(query))).toEqual([])
    expect(() => operationAt(query, variables, 0)).not.toThrow()
  })
})

describe('what the explorer runs', () => {
  const two = 'query One { health { status } }\nsubscription Two { logAdded { cursor } }'

  it('is the operation that the cursor is in, else the first', () => {
    expect(operationAt(two, '', 5)).toMatchObject({ operationName: 'One', isSubscription: false })
    expect(operationAt(two, '', two.length - 3)).toMatchObject({ operationName: 'Two', isSubscription: true })
    expect(operationAt('# nothing\n{ health { status } }', '{"a":1}', 0)).toMatchObject({
      variables: { a: 1 },
    })
  })

  it('is refused in words where it cannot be read', () => {
    expect(() => operationAt('{ health { }', '', 0)).toThrow(/Syntax Error/)
    expect(() => operationAt('{ health { status } }', '{', 0)).toThrow(/variables are not JSON/)
    expect(() => operationAt('fragment A on Log { id }', '', 0)).toThrow(/no operation/)
  })
})
