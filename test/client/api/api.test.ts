import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { Api } from '../../../client/src/api/api.js'
import { ApiError } from '../../../client/src/api/api-error.js'
import { HealthDocument } from '../../../client/src/api/documents.js'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function apiOf(answer: RequestListener, refused = (): void => {}): Promise<Api> {
  const started = createServer(answer)
  servers.push(started)
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  const { port } = started.address() as AddressInfo
  return new Api(new URL(`http://127.0.0.1:${port}/graphql`), 'the-key', refused)
}

async function faultOf(answer: RequestListener): Promise<unknown> {
  const api = await apiOf(answer)
  return api
    .ask(HealthDocument, {})
    .catch((error: unknown) => (error instanceof ApiError ? [error.fault, error.message] : error))
}

describe('a query', () => {
  it('carries the key in its header and brings the data', async () => {
    const api = await apiOf((request, response) => {
      response.end(JSON.stringify({ data: { key: request.headers['x-api-key'] } }))
    })
    expect(await api.ask(HealthDocument, {})).toEqual({ key: 'the-key' })
  })

  it('tells a refused key from every other failure', async () => {
    expect(await faultOf((_, response) => void response.writeHead(401).end('{}'))).toEqual([
      'refused',
      'The key was refused.',
    ])
    const errors = [{ message: 'no', extensions: { code: 'UNAUTHENTICATED' } }]
    expect(await faultOf((_, response) => void response.end(JSON.stringify({ errors })))).toEqual([
      'refused',
      'The key was refused.',
    ])
    const broken = [{ message: 'The database is away.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }]
    expect(await faultOf((_, response) => void response.end(JSON.stringify({ errors: broken })))).toEqual([
      'failed',
      'The database is away.',
    ])
  })

  it('tells whoever looks after the session that the key is refused, and of nothing else', async () => {
    let refusals = 0
    const statuses = [200, 500, 401]
    const api = await apiOf(
      (_, response) => void response.writeHead(statuses.shift() ?? 401).end('{}'),
      () => (refusals += 1),
    )
    for (const expected of [0, 0, 1]) {
      await api.ask(HealthDocument, {}).catch(() => {})
      expect(refusals).toBe(expected)
    }
  })

  it('says so when a proxy answers with a page of its own, or nobody does', async () => {
    expect(await faultOf((_, response) => void response.writeHead(502).end('<html>'))).toEqual([
      'failed',
      'The server answered 502 without data.',
    ])
    expect(await faultOf((request) => void request.socket.destroy())).toEqual([
      'unreachable',
      'The server cannot be reached.',
    ])
  })

  it('tells what is wrong with which field of an input', async () => {
    const fields = [
      { path: 'input.name', message: 'too long' },
      { path: 'input.patternValue', message: 'not an RE2 pattern' },
    ]
    const errors = [
      { message: 'The input is wrong.', extensions: { code: 'BAD_USER_INPUT', fields: [...fields, 7] } },
    ]
    const api = await apiOf((_, response) => void response.end(JSON.stringify({ errors })))
    const error = await api.ask(HealthDocument, {}).catch((fault: unknown) => fault)
    expect(error).toMatchObject({ fault: 'invalid', message: 'The input is wrong.', fields })
  })

  it('is given up when nobody waits for its answer any more', async () => {
    const api = await apiOf(() => {})
    const given = AbortSignal.abort()
    await expect(api.ask(HealthDocument, {}, given)).rejects.toBeInstanceOf(ApiError)
  })
})
