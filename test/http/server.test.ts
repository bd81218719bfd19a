import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer, text as textOf } from 'node:stream/consumers'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Readiness } from '../../src/http/health.js'
import type { PollerStatus } from '../../src/http/poller-status-route.js'
import { createHttpServer, type HttpDeps, type HttpServer } from '../../src/http/server.js'
import { ApiScope } from '../../src/keys/scope.js'
import { KEY, type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import { MemoryKeys } from '../fixtures/memory-keys.js'
import { RawSocket } from '../fixtures/raw-socket.js'

const ORIGIN = 'https://ops.example.com'
const LARGE = 'export const large = 1\n'.repeat(1_000)

let graphql: TestGraphql
let directory: string
let clientDirectory: string
let readiness: Readiness
let pollerStatus: PollerStatus = { stale: [], isWatching: true }
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'giftpulse-page-'))
  clientDirectory = join(directory, 'page')
  await mkdir(join(clientDirectory, 'assets'), { recursive: true })
  await writeFile(join(directory, 'beside.txt'), 'not for anybody')
  await writeFile(join(clientDirectory, 'index.html'), '<!doctype html><head><title>GiftPulse</title>')
  for (const part of ['live', 'alerts', 'deliveries', 'rules', 'actions', 'settings'])
    await writeFile(join(clientDirectory, `${part}.html`), `<!doctype html><head><title>${part}</title>`)
  await writeFile(join(clientDirectory, 'assets', 'main-abc.js'), 'export {}')
  await writeFile(join(clientDirectory, 'assets', 'large-abc.js'), LARGE)
  await writeFile(join(clientDirectory, 'assets', 'large-abc.js.br'), brotliCompressSync(LARGE))
  await writeFile(join(clientDirectory, 'assets', 'large-abc.js.gz'), gzipSync(LARGE))
  graphql = await openTestGraphql({
    withoutDatabase: true,
    clientDirectory,
    readiness: () => readiness,
    pollerStatus: async () => pollerStatus,
    corsOrigins: [ORIGIN],
  })
})
afterAll(async () => {
  await graphql.close()
  await rm(directory, { recursive: true })
})

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${graphql.http.url}${path}`, { headers })
/** `fetch` would take the dots out of the path. */
async function getAsWritten(path: string): Promise<{ status: number | undefined; text: string }> {
  const response = await sent(path)
  return { status: response.statusCode, text: await textOf(response) }
}
/** And the body as it came. */
async function sent(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const { hostname, port } = new URL(graphql.http.url)
  const asked = request({ hostname, port, path, headers }).end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  return response
}
const withKey = { 'x-api-key': KEY }

describe('a connection', () => {
  it('is kept longer than the minute for which proxies usually keep theirs', async () => {
    const { headers } = await sent('/livez', { connection: 'keep-alive' })
    expect(headers['keep-alive']).toBe('timeout=65')
  })
})

describe('/status/poller', () => {
  const asked = async (headers: Record<string, string> = {}) => {
    const response = await get('/status/poller', headers)
    return [response.status, await response.json()]
  }

  it('is 200 while every list is read, whoever asks', async () => {
    expect(await asked()).toEqual([200, { status: 'ok' }])
  })

  it('is 503 when one is stale, and tells a key which and why', async () => {
    const [source, error] = ['messages' as const, 'Twilio refused the credentials (401).']
    pollerStatus = {
      stale: [{ accountSid: 'AC1', source, lastSuccessAt: null, lagSeconds: 1_000, error, errorKind: null }],
      isWatching: true,
    }
    expect(await asked()).toEqual([503, { status: 'stale' }])
    expect(await asked(withKey)).toEqual([
      503,
      { status: 'stale', reasons: [`The messages of AC1 were last read to their end 1000 s ago: ${error}`] },
    ])
  })

  it('is 503 when no account is watched', async () => {
    pollerStatus = { stale: [], isWatching: false }
    expect(await asked(withKey)).toEqual([
      503,
      { status: 'stale', reasons: ['No Twilio account is watched.'] },
    ])
  })
})

describe('health', () => {
  it('is told without details to anyone, with details to a key', async () => {
    readiness = { isReady: true, reasons: [] }
    for (const path of ['/livez', '/healthz', '/readyz', '/api/health']) {
      const response = await get(path)
      expect([path, response.status, await response.json()]).toEqual([path, 200, { status: 'ok' }])
    }
    expect(await (await get('/readyz', withKey)).json()).toEqual({ status: 'ok', reasons: [] })
    expect(await (await get('/api/health', withKey)).json()).toMatchObject({
      status: 'ok',
      version: '0.0.0',
      sources: [{ source: 'calls' }],
    })
  })

  it('says that it is degraded, with 200, where its own work fails, and why only to a key', async () => {
    const reasons = ['The rule "failures" throws and finds nothing: the log says why.']
    readiness = { isReady: true, reasons }
    const [open, known] = [await get('/readyz'), await get('/readyz', withKey)]
    expect([open.status, await open.json()]).toEqual([200, { status: 'degraded' }])
    expect([known.status, await known.json()]).toEqual([200, { status: 'degraded', reasons }])
    expect((await get('/livez')).status).toBe(200)
    readiness = { isReady: true, reasons: [] }
  })

  it('says 503 while not ready, and why only to a key; the process lives all the same', async () => {
    readiness = { isReady: false, reasons: ['Postgres is away'] }
    for (const path of ['/readyz', '/api/health']) {
      const response = await get(path, { 'x-api-key': 'wrong' })
      expect([path, response.status, await response.json()]).toEqual([path, 503, { status: 'unavailable' }])
      expect(await (await get(path, withKey)).json()).toEqual({
        status: 'unavailable',
        reasons: ['Postgres is away'],
      })
    }
    expect((await get('/livez')).status).toBe(200)
    readiness = { isReady: true, reasons: [] }
  })
})

describe('the page', () => {
  it('is served anew each time, its built files for good', async () => {
    const page = await get('/')
    expect([page.status, page.headers.get('cache-control'), await page.text()]).toEqual([
      200,
      'no-cache',
      expect.stringContaining('GiftPulse'),
    ])
    expect((await get('/assets/main-abc.js')).headers.get('cache-control')).toContain('immutable')
  })

  it.each([
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
    ['', undefined, (body: Buffer) => body],
  ])('is sent as its reader can unpack it: %s', async (accepted, encoding, unpack) => {
    const response = await sent('/assets/large-abc.js', { 'accept-encoding': accepted, origin: ORIGIN })
    const body = await buffer(response)
    expect(unpack(body).toString()).toBe(LARGE)
    expect(response.headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8' })
    expect(response.headers['content-encoding']).toBe(encoding)
    expect(response.headers['cache-control']).toContain('immutable')
    expect(response.headers.vary).toBe('Origin, Accept-Encoding')
  })

  it('has a tag for each of its forms, by which its reader need not load it again', async () => {
    const tagOf = async (encoding: string) => {
      const { headers } = await get('/assets/large-abc.js', { 'accept-encoding': encoding })
      return headers.get('etag') ?? ''
    }
    const tags = await Promise.all(['br', 'gzip', 'identity'].map(tagOf))
    expect(new Set(tags).size).toBe(3)
    // Not by `fetch`, which adds that it wants no cached answer.
    const again = await sent('/assets/large-abc.js', {
      'accept-encoding': 'br',
      'if-none-match': tags[0] ?? '',
    })
    expect(again.statusCode).toBe(304)
  })

  it.each([
    ['/live', './'],
    ['/deliveries?status=failed', './'],
    ['/actions', './'],
    ['/rules/new', '../'],
    ['/settings/keys/', '../../'],
    ['/alerts/9b2f6a1e-0000-7000-8000-000000000000?from=mail', '../'],
  ])('is served at every address of the dashboard, told where it lies: %s', async (path, base) => {
    const page = await get(path)
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache'])
    const html = await page.text()
    expect(html).toContain(`<base href="${base}" />`)
    expect(path).toContain(`/${/<title>(.+)<.title>/.exec(html)?.[1]}`)
  })

  it('tells people itself that there is no such page, and programs in JSON', async () => {
    const page = await get('/nowhere/else', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
    expect(await page.text()).toContain('<base href="../" />')
    for (const path of ['/api/nothing', '/assets/gone-abc.js', '/webhooks/nothing'])
      expect((await get(path, { accept: 'text/html' })).headers.get('content-type')).toContain('json')
  })

  it('may load and talk to nothing but this server', async () => {
    const { headers } = await get('/')
    const policy = headers.get('content-security-policy')!
    const host = new URL(graphql.http.url).host
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`connect-src 'self' ws://${host} wss://${host};`)
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.has('x-powered-by')).toBe(false)
  })

  it('serves no file outside its directory', async () => {
    expect(await getAsWritten('/assets/main-abc.js')).toEqual({ status: 200, text: 'export {}' })
    for (const path of [
      '/../beside.txt',
      '/..%2fbeside.txt',
      '/%2e%2e/beside.txt',
      '/..%5cbeside.txt',
      '/assets/../../beside.txt',
      '/assets/..%2f..%2fbeside.txt',
      '//..//beside.txt',
      `/${directory}/beside.txt`,
      '/%00',
    ]) {
      const { status, text } = await getAsWritten(path)
      expect([400, 403, 404], path).toContain(status)
      expect(text, path).not.toContain('not for anybody')
    }
  })
})

describe('an unknown path', () => {
  it.each(['/api/nothing', '/nothing', '/api', '/live-logs', '/rules/<b>'])(
    'is answered 404 as JSON: %s',
    async (path) => {
      const response = await get(path)
      expect(response.status).toBe(404)
      expect(response.headers.get('content-type')).toContain('application/problem+json')
      expect(await response.json()).toMatchObject({ status: 404, title: 'Not Found' })
    },
  )

  it('that cannot even be read is answered without a stack', async () => {
    const response = await get('/%E0%A4%A')
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('at ')
  })
})

describe('pages of other origins', () => {
  const preflight = (origin: string) =>
    fetch(`${graphql.http.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-api-key',
      },
    })

  it('are admitted where they are listed', async () => {
    const { headers, status } = await preflight(ORIGIN)
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe(ORIGIN)
    expect(headers.get('access-control-allow-headers')!.toLowerCase()).toContain('x-api-key')
    const answer = await graphql.post('{"query":"{ __typename }"}', { origin: ORIGIN })
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN)
  })

  it('are told nothing where they are not', async () => {
    const { headers } = await preflight('https://evil.example')
    expect(headers.has('access-control-allow-origin')).toBe(false)
    expect(headers.has('access-control-allow-headers')).toBe(false)
  })
})

describe('before GraphQL is attached', () => {
  it('answers 503 as JSON to a key, 401 to none, and sockets with 503', async () => {
    const early = await openTestGraphql({ detached: true, withoutDatabase: true })
    const answer = await early.ask('{ __typename }')
    expect(answer).toMatchObject({ status: 503, errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] })
    expect((await early.ask('{ __typename }', {}, { 'x-api-key': 'wrong' })).status).toBe(401)
    expect(await new RawSocket(early.socket()).ended).toBe(503)
    expect((await fetch(`${early.http.url}/livez`)).status).toBe(200)
    await early.close()
  })
})

describe('while Postgres is away', () => {
  it('keys that lie there cannot be checked: 503, not 401; the administrator is known all the same', async () => {
    const cut = await openTestGraphql({
      withoutDatabase: true,
      readiness: () => ({ isReady: false, reasons: ['Postgres is away'] }),
    })
    const key = new MemoryKeys().add(ApiScope.READ)
    const answer = await cut.ask('{ __typename }', {}, { 'x-api-key': key })
    expect(answer).toMatchObject({ status: 503, errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] })
    expect(answer.errors[0]?.message).toContain('Postgres is away')
    const socket = await new RawSocket(cut.socket()).opened()
    socket.send({ type: 'connection_init', payload: { apiKey: key } })
    expect(await socket.ended).toBe(1013)

    expect((await cut.ask('{ __typename }')).status).toBe(200)
    const readyz = (headers: Record<string, string>) => fetch(`${cut.http.url}/readyz`, { headers })
    expect(await (await readyz(withKey)).json()).toMatchObject({ reasons: ['Postgres is away'] })
    expect(await (await readyz({ 'x-api-key': key })).json()).toEqual({ status: 'unavailable' })
    await cut.close()
  })
})

describe('the server', () => {
  it('outlives connections that are cut, idle or nonsense', async () => {
    const { hostname, port } = new URL(graphql.http.url)
    for (const text of [
      '',
      'GET',
      'nonsense\r\n\r\n',
      'GET /graphql HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    ]) {
      const connection = connect(Number(port), hostname)
      await once(connection, 'connect')
      connection.on('error', () => {})
      connection.write(text)
      await new Promise((resolve) => setTimeout(resolve, 20))
      connection.destroy()
    }
    expect((await get('/livez')).status).toBe(200)
  })

  it('closes connections beyond its limit, and takes new ones once others have ended', async () => {
    const limited = bareServer({ port: 0, maxConnections: 2 })
    await limited.listen()
    const { hostname, port } = new URL(limited.url)
    const open = async () => {
      const connection = connect(Number(port), hostname).resume()
      await once(connection, 'connect')
      return connection
    }
    const taken = [await open(), await open()]
    await once(await open(), 'close')
    for (const connection of taken) connection.destroy()
    await expect.poll(async () => (await fetch(`${limited.url}/livez`).catch(() => null))?.status).toBe(200)
    await limited.close()
  })

  it('says so where its address is taken', async () => {
    const { port } = new URL(graphql.http.url)
    await expect(bareServer({ port: Number(port) }).listen()).rejects.toThrow(
      /something else has port \d+ of 127\.0\.0\.1: choose another, such as API_PORT=\d+$/,
    )
  })

  /** One that nothing is attached to. */
  function bareServer(chosen: Pick<HttpDeps, 'port' | 'maxConnections'>): HttpServer {
    return createHttpServer({
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1',
      corsOrigins: [],
      clientDirectory,
      authenticate: async () => null,
      readiness: () => readiness,
      health: () => Promise.reject(new Error('not asked')),
      pollerStatus: () => Promise.reject(new Error('not asked')),
      exposition: () => Promise.reject(new Error('not asked')),
      logger: pino({ level: 'silent' }),
      ...chosen,
    })
  }
})
