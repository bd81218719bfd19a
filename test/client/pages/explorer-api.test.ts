import { afterEach, expect, it, vi } from 'vitest'
import { ExplorerApi } from '../../../client/src/pages/graphiql/explorer-api.js'

const operation = { query: '{ health { status } }', operationName: undefined, variables: {} }

afterEach(() => void vi.unstubAllGlobals())

/** Runs something, and what came of it so far. */
function running(isSubscription: boolean) {
  const heard: string[] = []
  const stop = new ExplorerApi('http://localhost', 'a-key').run(
    { ...operation, isSubscription },
    { answer: () => heard.push('answer'), ended: () => heard.push('ended') },
  )
  return { heard, stop }
}

it('tells what came, and that nothing more comes', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ data: {} }))
  const { heard } = running(false)
  await vi.waitFor(() => expect(heard).toEqual(['answer', 'ended']))
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
