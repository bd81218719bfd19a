import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiScope } from '../../src/keys/scope.js'
import { KEY, type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import { MemoryKeys } from '../fixtures/memory-keys.js'

/** A way in besides GraphQL's fields, and who may use it. A new route gets its line here. */
interface Route {
  readonly method: string
  readonly path: string
  /** `open` to anyone, or for `any key`. */
  readonly needs: 'open' | 'any key' | ApiScope
  readonly headers?: Readonly<Record<string, string>>
}

const routes: readonly Route[] = [
  { method: 'GET', path: '/livez', needs: 'open' },
  { method: 'GET', path: '/healthz', needs: 'open' },
  { method: 'GET', path: '/readyz', needs: 'open' },
  { method: 'GET', path: '/api/health', needs: 'open' },
  { method: 'GET', path: '/status/poller', needs: 'open' },
  { method: 'GET', path: '/metrics', needs: 'open' },
  // From elsewhere, by way of a proxy on this machine.
  { method: 'GET', path: '/metrics', needs: 'read', headers: { 'x-forwarded-for': '203.0.113.7' } },
  { method: 'POST', path: '/graphql', needs: 'any key' },
  { method: 'GET', path: '/graphql?query={__typename}', needs: 'any key' },
]

const keys = new MemoryKeys()
const keyWith = {
  nothing: keys.add(),
  read: keys.add(ApiScope.READ),
  operate: keys.add(ApiScope.OPERATE),
  pii: keys.add(ApiScope.PII),
  admin: keys.add(ApiScope.ADMIN),
}
const tooSmall = { read: keyWith.pii, operate: keyWith.read, pii: keyWith.operate, admin: keyWith.operate }

let server: TestGraphql
beforeAll(async () => {
  server = await openTestGraphql({ withoutDatabase: true, keys: () => keys })
})
afterAll(() => server.close())

const call = ({ method, path, headers }: Route, key?: string) =>
  fetch(server.http.url + path, {
    method,
    headers: {
      ...headers,
      ...(key === undefined ? {} : { 'x-api-key': key }),
      ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
    },
    ...(method === 'GET' ? {} : { body: '{"query":"{ __typename }"}' }),
  })

const open = routes.filter(({ needs }) => needs === 'open')
const closed = routes.filter(({ needs }) => needs !== 'open')
const scoped = closed.filter((route): route is Route & { needs: ApiScope } => route.needs !== 'any key')

describe('the routes', () => {
  it.each(open)('$method $path is open to anyone', async (route) => {
    for (const key of [undefined, 'wrong']) expect((await call(route, key)).status).toBe(200)
  })

  it.each(closed)('$method $path is closed without a valid key', async (route) => {
    for (const key of [undefined, 'wrong', `${KEY}x`, `${keyWith.admin.slice(0, -2)}__`]) {
      const response = await call(route, key)
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    }
    const inAddress = `${route.path}${route.path.includes('?') ? '&' : '?'}`
    for (const name of ['key', 'apiKey', 'api_key', 'access_token'])
      expect((await call({ ...route, path: `${inAddress}${name}=${KEY}` })).status).toBe(401)
  })

  it.each(scoped)('$method $path is closed to a key with too small a scope', async (route) => {
    const response = await call(route, tooSmall[route.needs])
    expect(response.status).toBe(403)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(await response.json()).toMatchObject({ status: 403, title: 'Forbidden', code: 'FORBIDDEN' })
  })

  it.each(closed)('$method $path opens to the key it asks for, and to the administrator', async (route) => {
    const own = route.needs === 'any key' ? keyWith.nothing : keyWith[route.needs as ApiScope]
    for (const key of [own, keyWith.admin, KEY]) {
      const headers = { ...route.headers, 'apollo-require-preflight': 'true' }
      expect((await call({ ...route, headers }, key)).status).toBe(200)
    }
  })
})

describe('details of health', () => {
  it.each(['/readyz', '/api/health', '/status/poller'])('are for keys that may read: %s', async (path) => {
    const answer = async (key: string) =>
      Object.keys((await (await call({ method: 'GET', path, needs: 'open' }, key)).json()) as object)
    expect(await answer(keyWith.nothing)).toEqual(await answer('wrong'))
    expect(await answer(keyWith.read)).toEqual(await answer(KEY))
    expect((await answer(KEY)).length).toBeGreaterThan(1)
  })
})
