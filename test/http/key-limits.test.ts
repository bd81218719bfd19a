import { afterEach, describe, expect, it } from 'vitest'
import { type RequestLimitSettings, requestLimits } from '../../src/http/request-limits.js'
import { ApiScope } from '../../src/keys/scope.js'
import { KEY, type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import { MemoryKeys } from '../fixtures/memory-keys.js'
import { RawSocket } from '../fixtures/raw-socket.js'

let graphql: TestGraphql
afterEach(() => graphql.close())

const keys = new MemoryKeys()
const reader = keys.add(ApiScope.READ)
const aServer = async (limits: Partial<RequestLimitSettings>) => {
  graphql = await openTestGraphql({
    withoutDatabase: true,
    keys: () => keys,
    limits: { ...requestLimits, ...limits },
  })
}
const ask = (key: string) => graphql.post('{"query":"{ __typename }"}', { 'x-api-key': key })
const statusWith = async (key: string) => (await ask(key)).status

describe('an address that tries keys', () => {
  const guesses = { wrongKeys: { points: 3, duration: 60 } }

  it('is told 429 and when to come again, however it asks, once it has tried too many', async () => {
    await aServer(guesses)
    for (const guess of ['one', 'two', 'three']) expect(await statusWith(guess)).toBe(401)
    const refused = await ask('four')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50)
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] })

    const socket = await new RawSocket(graphql.socket()).opened()
    socket.send({ type: 'connection_init', payload: { apiKey: 'five' } })
    expect(await socket.ended).toBe(4429)
    // Health has no secrets: it is told to everyone all the same.
    expect((await fetch(`${graphql.http.url}/readyz`, { headers: { 'x-api-key': 'six' } })).status).toBe(200)
  })

  it('locks out nobody who has a key', async () => {
    await aServer(guesses)
    for (let n = 0; n < 10; n++) await ask(`guess ${n}`)
    for (const key of [KEY, reader]) {
      expect(await statusWith(key)).toBe(200)
      ;(await new RawSocket(graphql.socket()).initialised(key)).close()
    }
    const nobody = await fetch(`${graphql.http.url}/graphql`, { method: 'POST' })
    expect(nobody.status).toBe(401)
  })

  it('counts one key once: a program with an old key is told that it is wrong for as long as it asks', async () => {
    await aServer(guesses)
    for (let n = 0; n < 10; n++) expect(await statusWith('an old key')).toBe(401)
    expect(await statusWith('another')).toBe(401)
  })

  it('gains nothing from X-Forwarded-For', async () => {
    await aServer(guesses)
    const statuses: number[] = []
    for (let n = 0; n < 5; n++) {
      const answer = await graphql.post('{}', { 'x-api-key': `guess ${n}`, 'x-forwarded-for': `10.0.0.${n}` })
      statuses.push(answer.status)
    }
    expect(statuses).toEqual([401, 401, 401, 429, 429])
  })
})

describe('a key that asks for too much', () => {
  const little = { requests: { points: 2, duration: 60 }, burst: { points: 1, duration: 60 } }

  it('is told 429 and when to come again; other keys go on', async () => {
    await aServer(little)
    expect([await statusWith(reader), await statusWith(reader), await statusWith(reader)]).toEqual([
      200, 200, 200,
    ])
    const refused = await ask(reader)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] })
    expect(await statusWith(KEY)).toBe(200)
  })

  it('is told so on a socket, which stays open', async () => {
    await aServer(little)
    const socket = await new RawSocket(graphql.socket()).initialised(reader)
    await socket.ask('{ __typename }')
    await socket.ask('{ __typename }')
    expect(await socket.ask('{ __typename }')).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED' } }],
    })
    expect(socket.socket.readyState).toBe(socket.socket.OPEN)
    socket.close()
  })

  it('gets its 100 requests a second', async () => {
    await aServer({})
    const statuses = await Promise.all(Array.from({ length: 200 }, () => statusWith(reader)))
    expect(new Set(statuses)).toEqual(new Set([200]))
  })
})
