import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { originPolicy } from '../../src/http/origins.js'
import { restMount } from '../../src/http/rest-mount.js'
import { createExpress, type HttpDeps } from '../../src/http/server.js'
import { ApiScope } from '../../src/keys/scope.js'
import { routes as restRoutes } from '../../src/rest/routes.js'
import { KEY, type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import { MemoryKeys } from '../fixtures/memory-keys.js'

/** A way in besides GraphQL's fields and the table of REST, and who may use it. A new route gets its line here. */
interface Route {
  readonly method: string
  readonly path: string
  /** `open` to anyone, or for `any key`. */
  readonly needs: 'open' | 'any key' | ApiScope
  readonly headers?: Readonly<Record<string, string>>
}

/** What the page needs, and what everybody can read in the source: they hold no data. */
const page = ['/', '/live', '/logs', '/alerts', '/deliveries', '/rules', '/actions', '/settings', '/graphiql']
const documents = ['/docs', '/docs/', '/redoc', '/redoc/', '/api/openapi.json']

const routes: readonly Route[] = [
  ...[...page, ...documents].map((path): Route => ({ method: 'GET', path, needs: 'open' })),
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

/** By something else than a key, or by a key among other things: proven in `webhooks-twilio.test.ts` and `webhooks-custom.test.ts`. */
const webhooks = ['POST /webhooks/twilio', 'POST /webhooks/custom/:name']

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
let clientDirectory: string
beforeAll(async () => {
  clientDirectory = await mkdtemp(join(tmpdir(), 'giftpulse-page-'))
  for (const part of ['index', 'docs', ...page.map((path) => path.slice(1)).filter(Boolean)])
    await writeFile(join(clientDirectory, `${part}.html`), '<!doctype html><head><title>GiftPulse</title>')
  server = await openTestGraphql({ withoutDatabase: true, keys: () => keys, clientDirectory })
})
afterAll(async () => {
  await server.close()
  await rm(clientDirectory, { recursive: true })
})

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

/** What Express keeps of each thing that it was given, as far as it matters here; it has no type for it. */
interface Layer {
  readonly rawPath: string
  /** Whether it was given no path of its own. */
  readonly slash: boolean
  readonly handle: { readonly stack?: readonly Layer[] }
  readonly route?: { readonly path: Path | readonly Path[]; readonly methods: Readonly<Record<string, true>> }
}
type Path = string | RegExp
interface WayIn {
  /** `ANY` where something is mounted that has no routes itself. */
  readonly method: string
  readonly path: Path
}

function waysIn(stack: readonly Layer[], under = ''): WayIn[] {
  return stack.flatMap(({ rawPath, slash, handle, route }) => {
    if (route) return waysOf(route, under)
    const place = slash ? under : under + rawPath
    const inside = handle.stack ? waysIn(handle.stack, place) : []
    return inside.length > 0 || slash ? inside : [{ method: 'ANY', path: place }]
  })
}

function waysOf({ path, methods }: NonNullable<Layer['route']>, under: string): WayIn[] {
  // Where some methods are named, `all` is what tells of the others that they are not possible.
  const named = Object.keys(methods).filter((method) => method !== '_all')
  return [path].flat().flatMap((one: Path) =>
    (named.length > 0 ? named : ['any']).map((method) => ({
      method: method.toUpperCase(),
      path: typeof one === 'string' ? under + one : one,
    })),
  )
}

/** All that answers over HTTP once everything is attached. */
function everyWayIn(): WayIn[] {
  const deps = { clientDirectory } as HttpDeps
  const rest = restRoutes.map((route) => ({
    ...route,
    takesBody: false,
    handle: () => Promise.reject(new Error()),
  }))
  const app = createExpress(
    deps,
    originPolicy('http://giftpulse.example', []),
    (_request, _response, next) => next(),
    {
      graphql: () => null,
      webhooks: () => null,
      rest: restMount({ routes: rest, openapi: () => ({}) }, deps),
    },
  )
  return waysIn((app.router as unknown as { readonly stack: readonly Layer[] }).stack)
}

describe('the routes', () => {
  it('are no more than what is stated here of their access, and by the table of REST', () => {
    const stated = [
      ...routes.map(({ method, path }) => ({ method, path: path.replace(/\?.*/, '') })),
      ...restRoutes.map(({ method, path }) => ({ method, path: `/api${path}` })),
      ...webhooks.map((one) => ({ method: one.split(' ')[0], path: one.split(' ')[1] ?? '' })),
    ]
    const ways = everyWayIn()
    const unstated = ways.filter(
      (way) =>
        !stated.some(
          ({ method, path }) =>
            [method, 'ANY'].includes(way.method) &&
            (typeof way.path === 'string' ? way.path === path : way.path.test(path)),
        ),
    )
    expect(unstated).toEqual([])
    // That they are found at all.
    expect(ways.length).toBeGreaterThan(restRoutes.length + 10)
    expect(ways).toContainEqual({ method: 'ANY', path: '/graphql' })
  })

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
