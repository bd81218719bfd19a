import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acquireDataDirLock, type DataDirOwner } from '../../../src/store/embedded/data-dir-lock.js'
import { DataDirInUseError } from '../../../src/store/embedded/errors.js'

const program = fileURLToPath(new URL('children/hold-lock.js', import.meta.url))
const atOnce = { waitMs: 0 }

let dir: string
let children: ChildProcessByStdio<Writable, Readable, null>[]

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'giftpulse-lock-'))
  children = []
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(dir, { recursive: true, force: true })
})

function start(...parameters: string[]) {
  const child = spawn(process.execPath, [program, ...parameters], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  return child
}

async function aHolder() {
  const child = start(dir)
  await once(child.stdout, 'data')
  return child
}

describe('acquireDataDirLock', () => {
  it('refuses a directory that a living process keeps, and says which', async () => {
    const holder = await aHolder()
    const refusal = await acquireDataDirLock(dir, { waitMs: 250 }).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(DataDirInUseError)
    expect(refusal).toMatchObject({ code: 'data-dir-in-use', pid: holder.pid, dataDir: dir })
    expect((refusal as Error).message).toContain(`process ${holder.pid} since 20`)
    expect(await readdir(join(dir, 'owners'))).toHaveLength(1)
  })

  it('waits for a living owner and goes on when that one has ended', async () => {
    const holder = await aHolder()
    const waits: DataDirOwner[] = []
    const onWait = (owner: DataDirOwner) => {
      waits.push(owner)
      holder.stdin.end()
    }
    const release = await acquireDataDirLock(dir, { waitMs: 20_000, onWait })
    expect(waits.map((owner) => owner.pid)).toEqual([holder.pid])
    await release()
  })

  it('does not wait for an owner that was killed', async () => {
    const holder = await aHolder()
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    await expect(acquireDataDirLock(dir, atOnce)).resolves.toBeTypeOf('function')
  })

  it('does not take a living process for the dead owner that had its pid before', async () => {
    const release = await acquireDataDirLock(dir, atOnce)
    await release()
    await writeFile(join(dir, 'owners', `${process.pid}.another-start.0a1b2c`), '')
    await expect(acquireDataDirLock(dir, atOnce)).resolves.toBeTypeOf('function')
  })

  it('refuses the second of two takers in one process, and gives the directory back on release', async () => {
    const release = await acquireDataDirLock(dir, atOnce)
    await expect(acquireDataDirLock(dir, atOnce)).rejects.toThrow(DataDirInUseError)
    await release()
    await expect(acquireDataDirLock(dir, atOnce)).resolves.toBeTypeOf('function')
  })

  it('lets starters that race for a dead owner’s directory in one after the other', async () => {
    const dead = await aHolder()
    dead.kill('SIGKILL')
    const diary = join(dir, 'diary')
    const racers = Array.from({ length: 6 }, () => start(dir, diary))
    await Promise.all(racers.map((racer) => once(racer, 'exit')))
    const lines = (await readFile(diary, 'utf8')).trim().split('\n')
    expect(lines).toHaveLength(12)
    for (let i = 0; i < lines.length; i += 2) {
      expect(lines[i + 1]).toBe(lines[i]?.replace('in', 'out'))
    }
  })
})
