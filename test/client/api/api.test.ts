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

  const lost = { message: 'The log is lost.', path: ['alerts', 0, 'log'] }

  it('brings the part that came to who can show it, names what is missing, and to everybody else fails', async () => {
    const api = await apiOf((_, response) =>
      response.end(JSON.stringify({ data: { alerts: [{ log: null }] }, errors: [lost, lost] })),
    )
    expect(await api.askForParts(HealthDocument, {})).toMatchObject({
      data: { alerts: [{ log: null }] },
      error: { message: 'The log is lost.', places: ['alerts.log'] },
    })
    await expect(api.ask(HealthDocument, {})).rejects.toBeInstanceOf(ApiError)
  })

  it('takes no part for an answer where nothing came, or the key is refused', async () => {
    const answers = [
      { data: { alert: null }, errors: [lost] },
      { data: null, errors: [lost] },
      { data: { a: 1 }, errors: [{ message: 'no', extensions: { code: 'UNAUTHENTICATED' } }] },
    ]
    const api = await apiOf((_, response) => response.end(JSON.stringify(answers.shift())))
    for (const fault of ['failed', 'failed', 'refused'])
      await expect(api.askForParts(HealthDocument, {})).rejects.toMatchObject({ fault, places: [] })
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
      'unanswered',
      'The server answered 502 without data.',
    ])
    expect(await faultOf((_, response) => void response.writeHead(503).end('<html>'))).toEqual([
      'failed',
      'The server answered 503 without data.',
    ])
    expect(await faultOf((request) => void request.socket.destroy())).toEqual([
      'unreachable',
      'The server cannot be reached.',
    ])
  })

  it('may be going on where nobody answers it in time', async () => {
    const api = await apiOf(() => {})
    await expect(api.ask(HealthDocument, {}, undefined, 50)).rejects.toMatchObject({
      fault: 'unanswered',
      message: 'The server does not answer.',
    })
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
