import { afterEach, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { Api } from '../../../client/src/api/api.js'
import { ExplorerApi } from '../../../client/src/pages/graphiql/explorer-api.js'

const operation = { query: '{ health { status } }', operationName: undefined, variables: {} }

afterEach(() => void vi.unstubAllGlobals())

/** Runs something, and what came of it so far. */
function running(isSubscription: boolean) {
  const heard: string[] = []
  const api = new Api(new URL('http://localhost/graphql'), 'a-key', () => {})
  const stop = new ExplorerApi(api, 'http://localhost', 'a-key').run(
    { ...operation, isSubscription },
    { answer: () => heard.push('answer'), ended: (fault) => heard.push(fault?.message ?? 'ended') },
  )
  return { heard, stop }
}

it('tells what came, and that nothing more comes', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ data: {} }))
  const { heard } = running(false)
  await vi.waitFor(() => expect(heard).toEqual(['answer', 'ended']))
})

it('says in words for its reader why no answer came, and not in those of the browser', async () => {
  vi.stubGlobal('fetch', async () => new Response('<html>', { status: 502 }))
  const unread = running(false)
  await vi.waitFor(() => expect(unread.heard).toEqual(['The server answered 502 without data.']))
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  const unsent = running(false)
  await vi.waitFor(() => expect(unsent.heard).toEqual(['The server cannot be reached.']))
  // Where nobody takes a socket.
  vi.stubGlobal('WebSocket', WebSocket)
  const unheard = running(true)
  await vi.waitFor(() => expect(unheard.heard).toEqual(['The server cannot be reached.']))
})

it('tells nothing of a query that was stopped, so that it cannot end the one that runs by then', async () => {
  const untilAborted = (_url: string, { signal }: RequestInit) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
  vi.stubGlobal('fetch', untilAborted)
  const older = running(false)
  older.stop()
  vi.stubGlobal('fetch', async () => Response.json({ data: {} }))
  const newer = running(false)
  await vi.waitFor(() => expect(newer.heard).toEqual(['answer', 'ended']))
  expect(older.heard).toEqual([])
})
