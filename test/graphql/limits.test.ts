import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KEY, type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import { RawSocket } from '../fixtures/raw-socket.js'
import { billionOfRows, bombs, megabyteOfTokens, passes } from './bombs.js'

let graphql: TestGraphql
let socket: RawSocket
beforeAll(async () => {
  graphql = await openTestGraphql()
  socket = await new RawSocket(graphql.socket()).initialised(KEY)
})
afterAll(async () => {
  socket.close()
  await graphql.close()
})

describe.each(['http', 'socket'])('over %s', (transport) => {
  const ask = (query: string) => (transport === 'http' ? graphql.ask(query) : socket.ask(query))

  it.each(bombs)('refuses %s', async (_name, query, code) => {
    const answer = await ask(query)
    expect(answer.data ?? null).toBeNull()
    expect(answer.errors!.map((error) => error.extensions.code)).toContain(code)
    if ('status' in answer) expect(answer.status).toBe(400)
  })

  it('refuses a billion of rows before it asks for any', async () => {
    const before = graphql.statements()
    const answer = await ask(billionOfRows)
    expect(answer.data ?? null).toBeNull()
    expect(answer.errors!.map((error) => error.extensions.code)).toEqual(['BAD_USER_INPUT'])
    expect(graphql.statements()).toBe(before)
  })

  it.each(passes)('lets %s pass', async (_name, query) => {
    const answer = await ask(query)
    expect(answer.errors ?? []).toEqual([])
    expect(answer.data).toBeTruthy()
  })

  it('goes on after all of that', async () => {
    expect((await ask('{ health { status } }')).data).toEqual({ health: { status: 'ok' } })
  })
})

describe('a megabyte of tokens', () => {
  it('is given up over HTTP', async () => {
    const { status, errors } = await graphql.ask(megabyteOfTokens)
    expect(status).toBe(400)
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['COMPLEXITY_LIMIT'])
  })

  it('ends the socket that it came by', async () => {
    const another = await new RawSocket(graphql.socket()).initialised(KEY)
    another.subscribe('tokens', megabyteOfTokens)
    expect(await another.ended).toBe(1009)
  })
})
