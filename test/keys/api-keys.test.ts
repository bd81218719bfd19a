import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKeyCommands } from '../../src/commands/key-commands.js'
import type { Commands } from '../../src/commands/commands.js'
import { createAdmission } from '../../src/http/admission.js'
import { RequestLimits } from '../../src/http/request-limits.js'
import { KeyRing } from '../../src/keys/key-ring.js'
import { KeyStore } from '../../src/store/key-store.js'
import { KEY, type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import { RawSocket } from '../fixtures/raw-socket.js'

let graphql: TestGraphql
let store: KeyStore
const commands: Partial<Commands> = {}
beforeAll(async () => {
  graphql = await openTestGraphql({ commands })
  store = new KeyStore(graphql.database)
  Object.assign(
    commands,
    createKeyCommands({ keys: store, forgetKey: (id) => graphql.ring.forget(id), clock: () => new Date() }),
  )
})
afterAll(() => graphql.close())

interface Made {
  readonly key: string
  readonly apiKey: { readonly id: string; readonly hint: string }
}

const create = (input: object) =>
  graphql.ask(
    `mutation ($input: CreateApiKeyInput!) {
       createApiKey(input: $input) { key apiKey { id name scopes hint createdAt expiresAt lastUsedAt revokedAt } }
     }`,
    { input },
  )
const aKey = async (input: object = {}): Promise<Made> =>
  (await create({ name: 'a key', scopes: ['READ'], ...input })).data?.createApiKey as unknown as Made
const revoke = (id: string) =>
  graphql.ask('mutation ($id: ID!) { revokeApiKey(id: $id) { apiKey { id revokedAt } } }', { id })
const viewer = (key: string) => graphql.ask('{ viewer { name scopes } }', {}, { 'x-api-key': key })
const statusWith = async (key: string) => (await viewer(key)).status
const expire = (id: string) =>
  graphql.database.query(`UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = $1`, [id])
const lastUsed = async (id: string): Promise<Date | null | undefined> =>
  (await store.list()).find((key) => key.id === id)?.lastUsedAt

/** As another process on the same database has it, by a clock of its own. */
function anotherProcess() {
  let now = 0
  const ring = new KeyRing(
    () => store,
    () => now,
  )
  const { authenticate } = createAdmission({ administratorKey: KEY, ring, limits: new RequestLimits() })
  return { authenticate, pass: (ms: number) => void (now += ms) }
}

describe('a key that was made', () => {
  it('opens what its scopes let it, over HTTP and on a socket', async () => {
    const { key } = await aKey({ name: '  on-call ', scopes: ['OPERATE', 'READ', 'READ'] })
    expect(await viewer(key)).toMatchObject({
      status: 200,
      data: { viewer: { name: 'on-call', scopes: ['OPERATE', 'READ'] } },
    })
    const socket = await new RawSocket(graphql.socket()).initialised(key)
    expect(await socket.ask('{ viewer { name } }')).toEqual({ data: { viewer: { name: 'on-call' } } })
    socket.close()
    expect(await viewer(KEY)).toMatchObject({
      data: { viewer: { name: 'administrator', scopes: ['ADMIN'] } },
    })
  })

  it('is shown once: what is kept and listed does not open anything', async () => {
    const { key, apiKey } = await aKey()
    const [row] = await graphql.database.query<{ text: string }>(
      `SELECT api_keys::text AS text FROM api_keys WHERE id = $1`,
      [apiKey.id],
    )
    const secret = key.split('_').slice(2).join('_')
    expect(row?.text).not.toContain(secret)
    expect(row?.text).toContain(apiKey.hint)
    const { data } = await graphql.ask('{ apiKeys { id name hint lastUsedAt } }')
    expect(JSON.stringify(data)).toContain(apiKey.id)
    expect(JSON.stringify(data)).not.toContain(secret)
  })

  it('tells when it was used, to the minute', async () => {
    const { key, apiKey } = await aKey()
    expect(await lastUsed(apiKey.id)).toBeNull()
    await anotherProcess().authenticate(key)
    await expect.poll(() => lastUsed(apiKey.id)).toBeInstanceOf(Date)
    const backdate = (age: string) =>
      graphql.database.query(`UPDATE api_keys SET last_used_at = now() - $2::interval WHERE id = $1`, [
        apiKey.id,
        age,
      ])
    await backdate('30 seconds')
    const before = await lastUsed(apiKey.id)
    await store.noteUse(apiKey.id)
    expect(await lastUsed(apiKey.id)).toEqual(before)
    await backdate('2 minutes')
    await store.noteUse(apiKey.id)
    expect((await lastUsed(apiKey.id))!.getTime()).toBeGreaterThan(before!.getTime())
  })

  it.each([
    [{ name: '' }, ['input.name']],
    [{ name: '   ' }, ['input.name']],
    [{ name: 'x'.repeat(101) }, ['input.name']],
    [{ name: 'a\0b' }, ['input.name']],
    [{ scopes: [] }, ['input.scopes']],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, ['input.expiresAt']],
    [
      { name: '', scopes: [], expiresAt: '2020-01-01T00:00:00Z' },
      ['input.name', 'input.scopes', 'input.expiresAt'],
    ],
  ])('has a name, a scope and a future: %j is refused', async (input, paths) => {
    const { errors } = await create({ name: 'a key', scopes: ['READ'], ...input })
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(errors[0]?.extensions.fields?.map(({ path }) => path)).toEqual(paths)
  })
})

describe('a revoked key', () => {
  it('opens nothing from then on, and stays revoked since when it first was', async () => {
    const { key, apiKey } = await aKey()
    expect(await statusWith(key)).toBe(200)
    const first = await revoke(apiKey.id)
    expect(await viewer(key)).toMatchObject({
      status: 401,
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    })
    expect((await revoke(apiKey.id)).data).toEqual(first.data)
  })

  it('opens nothing in another process a second later', async () => {
    const { key, apiKey } = await aKey()
    const other = anotherProcess()
    expect(await other.authenticate(key)).toMatchObject({ name: 'a key' })
    await revoke(apiKey.id)
    other.pass(1_001)
    expect(await other.authenticate(key)).toBeNull()
  })

  it.each(['00000000-0000-4000-8000-000000000000', 'nothing'])('must be there: %s', async (id) => {
    expect((await revoke(id)).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
  })
})

describe('an expired key', () => {
  it('opens nothing', async () => {
    const { key, apiKey } = await aKey({ expiresAt: new Date(Date.now() + 3_600_000) })
    const other = anotherProcess()
    expect(await other.authenticate(key)).toMatchObject({ name: 'a key' })
    await expire(apiKey.id)
    expect(await statusWith(key)).toBe(401)
    other.pass(1_001)
    expect(await other.authenticate(key)).toBeNull()
  })
})

describe('open sockets', () => {
  it('are closed with 4403 within seconds when their key is revoked or expires, and only they', async () => {
    const [revoked, expired, kept] = [await aKey(), await aKey(), await aKey()]
    const open = async ({ key }: Made) => {
      const socket = await new RawSocket(graphql.socket()).initialised(key)
      socket.subscribe('1', 'subscription { logAdded { cursor } }')
      return socket
    }
    const [first, second, third, administrator] = [
      await open(revoked),
      await open(expired),
      await open(kept),
      await open({ ...kept, key: KEY }),
    ]
    await revoke(revoked.apiKey.id)
    await expire(expired.apiKey.id)
    expect([await first.ended, await second.ended]).toEqual([4403, 4403])
    for (const socket of [third, administrator]) {
      expect(await socket.ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } })
      socket.close()
    }
  })
})
