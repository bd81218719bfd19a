import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Commands } from '../../src/commands/commands.js'
import { KEY, type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import { RawSocket } from '../fixtures/raw-socket.js'
import { rootOperations } from './root-operations.js'

/** What reached the product behind the API. */
const ran: string[] = []
const commands = new Proxy({} as Commands, {
  get: (_commands, name) => async () => {
    ran.push(String(name))
    throw new Error('this test has no product')
  },
})

let graphql: TestGraphql
beforeAll(async () => {
  graphql = await openTestGraphql({ withoutDatabase: true, commands })
})
beforeEach(() => void ran.splice(0))
afterAll(() => graphql.close())

/** Without variables: nobody gets so far that they are missed. */
const operations = rootOperations().map(({ query }) => query)

describe('without a valid key', () => {
  const keys: [string, Record<string, string>][] = [
    ['no key', { 'x-api-key': '' }],
    ['a wrong key', { 'x-api-key': `${KEY}x` }],
    ['part of the key', { 'x-api-key': KEY.slice(0, -1) }],
    ['a wrong bearer', { 'x-api-key': '', authorization: 'Bearer nope' }],
    ['the key as a basic password', { 'x-api-key': '', authorization: `Basic ${KEY}` }],
  ]

  it.each(keys)('every operation is refused: %s', async (_name, headers) => {
    for (const query of [...operations, getIntrospectionQuery(), '{ __typename }']) {
      const answer = await graphql.ask(query, {}, headers)
      expect(answer.status, query).toBe(401)
      expect(answer.data, query).toBeUndefined()
      expect(
        answer.errors.map((error) => error.extensions.code),
        query,
      ).toEqual(['UNAUTHENTICATED'])
    }
    expect(operations.length).toBeGreaterThanOrEqual(11 + 9 + 4)
    expect(ran).toEqual([])
    expect(graphql.statements()).toBe(0)
  })

  it('nothing is parsed, however large or broken', async () => {
    for (const body of ['{', 'x'.repeat(3_000_000), '[]']) {
      const response = await graphql.post(body, { 'x-api-key': 'wrong' })
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    }
  })

  it('a key in the address is not taken', async () => {
    const response = await fetch(`${graphql.http.url}/graphql?apiKey=${KEY}&query={__typename}`)
    expect(response.status).toBe(401)
  })

  it.each([undefined, {}, { apiKey: null }, { apiKey: 'wrong' }, { apiKey: [KEY] }, { 'x-api-key': KEY }])(
    'a socket is closed with 4403: %j',
    async (payload) => {
      const socket = await new RawSocket(graphql.socket()).opened()
      socket.send({ type: 'connection_init', payload })
      expect(await socket.ended).toBe(4403)
    },
  )

  it('no operation runs before the key was accepted', async () => {
    for (const query of operations) {
      const socket = await new RawSocket(graphql.socket()).opened()
      socket.subscribe('1', query)
      expect(await socket.ended, query).toBe(4401)
    }
    expect(ran).toEqual([])
    expect(graphql.statements()).toBe(0)
  })
})

describe('with the key', () => {
  it.each([{ 'x-api-key': KEY }, { 'x-api-key': '', authorization: `Bearer ${KEY}` }])(
    'operations run: %j',
    async (headers) => {
      // An empty X-API-Key is a key too, and a wrong one: only the second of these sends none.
      const { 'x-api-key': key, ...others } = headers
      const ask = (query: string) =>
        fetch(`${graphql.http.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...others, ...(key ? { 'x-api-key': key } : {}) },
          body: JSON.stringify({ query }),
        })
      const response = await ask('{ __typename }')
      expect([response.status, await response.json()]).toEqual([200, { data: { __typename: 'Query' } }])
      await ask('mutation { pollNow { stored } }')
      expect(ran).toEqual(['pollNow'])
    },
  )
})
