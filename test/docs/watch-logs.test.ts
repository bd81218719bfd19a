import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { KEY, openTestGraphql, type TestGraphql } from '../fixtures/graphql-server.js'
import { insertFeed, insertLog } from '../fixtures/rows.js'
import { snippetsIn } from './markdown.js'

// Each starts the script, one of them twice.
vi.setConfig({ testTimeout: 120_000 })

let graphql: TestGraphql
let folder: string
const started: ChildProcess[] = []

beforeAll(async () => {
  graphql = await openTestGraphql()
  folder = mkdtempSync(join(tmpdir(), 'giftpulse-readme-'))
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  const script = snippetsIn('js').find(({ place }) => place.startsWith('README.md'))
  writeFileSync(join(folder, 'watch-logs.mjs'), script?.text ?? '')
})

afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  await graphql.close()
  rmSync(folder, { recursive: true, force: true })
})

async function addLog(twilioSid: string): Promise<void> {
  const id = await insertLog(graphql.database, { twilioSid })
  graphql.bus.publish(await insertFeed(graphql.database, [{ kind: 'log_added', subjectId: id }]))
}

/** Runs the script. `sids` gives the SIDs that it prints, one by one. */
function watch(apiKey = KEY) {
  const child = spawn(process.execPath, ['watch-logs.mjs'], {
    cwd: folder,
    env: {
      ...process.env,
      API_KEY: apiKey,
      GIFTPULSE_URL: graphql.http.url,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const nextSid = async () =>
    String((await lines.next()).value)
      .split(' ')
      .at(-1)
  return { child, nextSid }
}

describe('the script in README.md', () => {
  it('prints every log and, killed and started again, goes on where it was', async () => {
    const { data } = await graphql.ask('{ logs(first: 1) { feedCursor } }')
    const { feedCursor }: { feedCursor: string } = data!.logs!
    writeFileSync(join(folder, '.watch-logs-cursor'), feedCursor)
    await addLog('SM-before')
    const first = watch()
    expect(await first.nextSid()).toBe('SM-before')
    await addLog('SM-live')
    expect(await first.nextSid()).toBe('SM-live')
    first.child.kill('SIGKILL')
    await once(first.child, 'exit')
    await addLog('SM-meanwhile')
    const second = watch()
    const next = await second.nextSid()
    // Killed before it could note that it printed the last line, it prints that one again.
    expect(next === 'SM-live' ? await second.nextSid() : next).toBe('SM-meanwhile')
  })

  it('says that its key is not valid, and ends', async () => {
    const { child } = watch('a-key-of-somebody-else')
    const [[said], [code]] = await Promise.all([once(child.stderr, 'data'), once(child, 'exit')])
    expect([String(said), code]).toEqual(['The key is not valid.\n', 1])
  })
})
