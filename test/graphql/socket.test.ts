import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ApiScope } from '../../src/keys/scope.js'
import { KEY, type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import { MemoryKeys } from '../fixtures/memory-keys.js'
import { RawSocket } from '../fixtures/raw-socket.js'

let graphql: TestGraphql
beforeAll(async () => {
  graphql = await openTestGraphql({ withoutDatabase: true, corsOrigins: ['https://ops.example.com'] })
})
afterAll(() => graphql.close())

const raw = (options?: Parameters<TestGraphql['socket']>[0]) => new RawSocket(graphql.socket(options))
const ready = () => raw().initialised(KEY)
const follow = 'subscription { logAdded { cursor } }'

/** A hundred at a time: each has 3 seconds to name its key, which on a busy machine are over before the last of a thousand has its turn. */
async function hundreds(count: number, open: () => Promise<RawSocket>): Promise<RawSocket[]> {
  const sockets: RawSocket[] = []
  while (sockets.length < 100 * count) sockets.push(...(await Promise.all(Array.from({ length: 100 }, open))))
  return sockets
}

describe('a socket is closed', () => {
  it('with 4408 where it does not name its key within 3 seconds', async () => {
    expect(await (await raw().opened()).ended).toBe(4408)
  })

  it('with 4429 where it names its key twice', async () => {
    const socket = await ready()
    socket.send({ type: 'connection_init', payload: { apiKey: KEY } })
    expect(await socket.ended).toBe(4429)
  })

  it('with 4409 where it begins an operation under an id in use', async () => {
    const socket = await ready()
    socket.subscribe('1', follow)
    socket.subscribe('1', follow)
    expect(await socket.ended).toBe(4409)
  })

  it.each([
    '{',
    '[]',
    '"x"',
    '{"type":"nope"}',
    '{"type":"subscribe","id":"1"}',
    '{"type":"subscribe","id":1,"payload":{"query":"{a}"}}',
  ])('with 4400 where its message is none: %s', async (message) => {
    const socket = await ready()
    socket.send(message)
    expect(await socket.ended).toBe(4400)
  })

  it('with 1009 where its message is over 64 kB', async () => {
    const socket = await ready()
    socket.subscribe('1', `{ __typename } # ${'x'.repeat(64 * 1024)}`)
    expect(await socket.ended).toBe(1009)
  })

  it('with 4406 where it speaks the protocol of old', async () => {
    const socket = raw({ protocol: 'graphql-ws' })
    // `ws` refuses a server that picks no protocol of those it offered, before the close code comes.
    expect([1006, 4406]).toContain(await socket.ended)
  })
})

describe('the handshake', () => {
  it.each(['https://evil.example', 'null', 'https://ops.example.com.evil.example'])(
    'is refused with 403 to a page of %s',
    async (origin) => {
      expect(await raw({ headers: { origin } }).ended).toBe(403)
    },
  )

  it('says what time it is on the server', async () => {
    const before = Date.now()
    const { accepted } = await ready()
    const { serverTime } = accepted as { serverTime: string }
    expect(Date.parse(serverTime)).toBeGreaterThanOrEqual(before)
    expect(Date.parse(serverTime)).toBeLessThanOrEqual(Date.now())
  })

  it('is accepted from no page, from our own and from a listed one', async () => {
    const own = graphql.http.url
    for (const headers of [
      {},
      { origin: own },
      { origin: 'http://giftpulse.example' },
      { origin: 'https://ops.example.com' },
    ]) {
      const socket = await raw({ headers: headers as Record<string, string> }).initialised(KEY)
      socket.close()
    }
  })

  it('is refused with 404 on any other path', async () => {
    expect(await raw({ path: '/elsewhere' }).ended).toBe(404)
  })
})

describe('one socket', () => {
  it('carries queries and mutations too, with the same errors', async () => {
    const socket = await ready()
    expect(await socket.ask('{ health { status } }')).toEqual({ data: { health: { status: 'ok' } } })
    const { errors } = await socket.ask('mutation { deleteRule(id: "7") { id } }')
    expect(errors).toMatchObject([{ path: ['deleteRule'], extensions: { code: 'NOT_FOUND' } }])
    const wrong = await socket.ask('query ($first: Int) { logs(first: $first) { nodes { id } } }', {
      first: 'x',
    })
    expect(wrong.errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', fields: [{ path: 'first' }] } },
    ])
    socket.close()
  })

  it('outlives its operations that fail', async () => {
    const socket = await ready()
    for (const query of [
      '{',
      '{ nope }',
      `{ ${'a '.repeat(6_000)} }`,
      'subscription { logAdded(after: "x") { cursor } }',
    ])
      expect((await socket.ask(query)).errors, query).toBeTruthy()
    expect((await socket.ask('{ __typename }')).data).toEqual({ __typename: 'Query' })
    socket.close()
  })

  it('carries 100 operations at once and no more', async () => {
    const socket = await ready()
    for (let n = 0; n < 101; n++) socket.subscribe(`s${n}`, follow)
    expect(await socket.next('error')).toMatchObject({
      id: 's100',
      payload: [{ extensions: { code: 'RATE_LIMITED' } }],
    })
    socket.send({ type: 'complete', id: 's0' })
    socket.subscribe('again', '{ __typename }')
    expect(await socket.next('next', 'again')).toMatchObject({ payload: { data: { __typename: 'Query' } } })
    socket.close()
  })

  it('shares what may run at once with all sockets of its key, and leaves other keys theirs', async () => {
    const keys = new MemoryKeys()
    const other = keys.add(ApiScope.READ)
    const small = await openTestGraphql({
      withoutDatabase: true,
      limits: { operations: 20 },
      keys: () => keys,
    })
    const [first, second, another] = await Promise.all(
      [KEY, KEY, other].map((key) => new RawSocket(small.socket()).initialised(key)),
    )
    for (let n = 0; n < 20; n++) first!.subscribe(`s${n}`, follow)
    await first!.pong()
    expect((await second!.ask('{ __typename }')).errors).toMatchObject([
      { extensions: { code: 'RATE_LIMITED' } },
    ])
    expect(await another!.ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } })

    first!.close()
    await vi.waitFor(
      async () => expect(await second!.ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } }),
      10_000,
    )
    await small.close()
  })

  it('is closed with 1013 where its key has 200 already, until one of them is closed', async () => {
    const keys = new MemoryKeys()
    const crowded = await openTestGraphql({ withoutDatabase: true, keys: () => keys })
    const [key, other] = [keys.add(ApiScope.READ), keys.add(ApiScope.READ)]
    const open = (whose: string) => new RawSocket(crowded.socket()).initialised(whose)
    try {
      const sockets = await hundreds(2, () => open(key))
      const tooMany = await new RawSocket(crowded.socket()).opened()
      tooMany.send({ type: 'connection_init', payload: { apiKey: key } })
      expect(await tooMany.ended).toBe(1013)
      expect(await (await open(other)).ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } })

      sockets[0]!.close()
      await vi.waitFor(() => open(key), 10_000)
    } finally {
      await crowded.close()
    }
  })

  it('is refused with 429 where 1,000 are open from its address, whatever their keys, until one of them is closed', async () => {
    const keys = new MemoryKeys()
    const crowded = await openTestGraphql({ withoutDatabase: true, keys: () => keys })
    const open = async (whose: string) => new RawSocket(crowded.socket()).initialised(whose)
    try {
      const sockets: RawSocket[] = []
      for (let n = 0; n < 5; n++) {
        const key = keys.add(ApiScope.READ)
        sockets.push(...(await hundreds(2, () => open(key))))
      }
      const another = keys.add(ApiScope.READ)
      const tooMany = crowded.socket()
      tooMany.on('error', () => {})
      const [, refusal] = (await once(tooMany, 'unexpected-response')) as [unknown, IncomingMessage]
      expect([refusal.statusCode, await text(refusal)]).toEqual([
        429,
        'At most 1000 sockets at once from one address',
      ])

      sockets[0]!.close()
      await vi.waitFor(() => open(another), 10_000)
    } finally {
      await crowded.close()
    }
  })

  it('ends with 1001 when the server goes', async () => {
    const other = await openTestGraphql({ withoutDatabase: true })
    const socket = await new RawSocket(other.socket()).initialised(KEY)
    socket.subscribe('1', follow)
    await other.close()
    expect(await socket.ended).toBe(1001)
  })
})
