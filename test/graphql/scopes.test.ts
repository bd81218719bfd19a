import { buildSchema } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Commands } from '../../src/commands/commands.js'
import { gateFields } from '../../src/graphql/needs-scope.js'
import { ApiScope } from '../../src/keys/scope.js'
import { KEY, type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import { MemoryKeys } from '../fixtures/memory-keys.js'
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

const keys = new MemoryKeys()
const keyWith = {
  nothing: keys.add(),
  read: keys.add(ApiScope.READ),
  operate: keys.add(ApiScope.OPERATE),
  pii: keys.add(ApiScope.PII),
  admin: keys.add(ApiScope.ADMIN),
}
/** What just does not do for each scope, and what just does. */
const tooSmall = { read: keyWith.pii, operate: keyWith.read, pii: keyWith.operate, admin: keyWith.operate }

let graphql: TestGraphql
beforeAll(async () => {
  graphql = await openTestGraphql({ withoutDatabase: true, commands, keys: () => keys })
})
beforeEach(() => void ran.splice(0))
afterAll(() => graphql.close())

const operations = rootOperations()
const asked = operations.filter(({ kind }) => kind !== 'subscription')

/** The codes of its errors, over a socket of its own. */
async function codesOverSocket(key: string, query: string, variables: object): Promise<string[]> {
  const socket = await new RawSocket(graphql.socket()).initialised(key)
  const { errors = [] } = await socket.ask(query, variables)
  socket.close()
  return errors.map(({ extensions }) => extensions.code)
}

describe('every field of Query, Mutation and Subscription', () => {
  it('declares its scope', () => {
    expect(operations.filter(({ scope }) => !scope)).toEqual([])
    expect(() => gateFields(buildSchema('type Query { open: Int }'))).toThrow('Query.open declares no scope')
  })

  it.each(operations)('is closed over a socket to a key with too small a scope: $kind $name', async (one) => {
    const codes = await codesOverSocket(tooSmall[one.scope!], one.query, one.variables)
    expect(codes).toEqual(['FORBIDDEN'])
    expect(ran).toEqual([])
    expect(graphql.statements()).toBe(0)
  })

  it.each(asked)('is closed over HTTP to a key with too small a scope: $kind $name', async (one) => {
    const answer = await graphql.ask(one.query, one.variables, { 'x-api-key': tooSmall[one.scope!] })
    expect(answer.errors).toMatchObject([{ path: [one.name], extensions: { code: 'FORBIDDEN' } }])
    expect(answer.data?.[one.name] ?? null).toBeNull()
    expect(ran).toEqual([])
    expect(graphql.statements()).toBe(0)
  })

  it('opens to its own scope, to those that include it and to the administrator', async () => {
    const mayUse = {
      read: ['read', 'operate', 'admin'],
      operate: ['operate', 'admin'],
      pii: ['pii', 'admin'],
      admin: ['admin'],
    }
    for (const { query, variables, name, scope } of asked)
      for (const key of [...mayUse[scope!].map((one) => keyWith[one as ApiScope]), KEY]) {
        const { errors } = await graphql.ask(query, variables, { 'x-api-key': key })
        expect(
          errors.map(({ extensions }) => extensions.code),
          name,
        ).not.toContain('FORBIDDEN')
      }
  })
})

describe('the scopes', () => {
  it('are as the design has them', () => {
    const scopes = new Map(operations.map(({ name, scope }) => [name, scope]))
    expect(scopes.get('logs')).toBe('read')
    expect(scopes.get('logAdded')).toBe('read')
    expect(scopes.get('createRule')).toBe('operate')
    expect(scopes.get('pollNow')).toBe('operate')
    for (const name of ['apiKeys', 'createApiKey', 'revokeApiKey']) expect(scopes.get(name)).toBe('admin')
  })

  it('are named where one is missing, and what it opens still runs', async () => {
    const both = 'mutation { pollNow { stored } revokeApiKey(id: "1") { apiKey { id } } }'
    const { errors } = await graphql.ask(both, {}, { 'x-api-key': keyWith.read })
    expect(errors[0]?.message).toBe('This needs the scope OPERATE; the key has READ.')
    expect(ran).toEqual([])
    await graphql.ask(both, {}, { 'x-api-key': keyWith.operate })
    expect(ran).toEqual(['pollNow'])
  })

  it('do not matter for introspection: any key may know the schema', async () => {
    const { data } = await graphql.ask('{ __typename }', {}, { 'x-api-key': keyWith.nothing })
    expect(data).toEqual({ __typename: 'Query' })
  })
})
