import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DataDirInUseError, EmbeddedPostgresError } from './errors.js'
import { processIdentity } from './process-identity.js'

/** A process that has, or wants, a data directory; `since` is when it said so. */
export interface DataDirOwner {
  readonly pid: number
  readonly since: Date
}

export interface DataDirLockOptions {
  /** How long to wait for a living owner, in milliseconds. */
  readonly waitMs: number
  /** Told once, when the waiting begins. */
  readonly onWait?: (owner: DataDirOwner) => void
}

const pauseMs = 100
const claimName = /^(\d+)\.([^.]+)\.[0-9a-f]+$/

/**
 * Makes this process the only one in a data directory (created if missing); the returned function gives it back.
 * A living owner is waited for, then the call rejects with a DataDirInUseError; a dead one never delays. Only processes
 * that see each other's pids are told apart: two containers must not share a data directory.
 *
 * Each process puts up a claim, an empty file named for pid, start time and chance, and only then looks: whoever sees no
 * other living claim owns the directory. Two at once always see each other, and the later name steps back. A dead
 * process's claim can be removed by anyone at any time, since its name never comes again.
 */
export async function acquireDataDirLock(
  dir: string,
  options: DataDirLockOptions,
): Promise<() => Promise<void>> {
  const claims = new Claims(join(dir, 'owners'))
  const mine = await claims.newName()
  const withdraw = () => claims.remove(mine)
  const deadline = performance.now() + options.waitMs
  let claimed = false
  let told = false
  for (;;) {
    let others = await claims.othersAlive(mine)
    if (!claimed && others.length === 0) {
      await claims.put(mine)
      claimed = true
      others = await claims.othersAlive(mine)
    }
    if (others.length === 0) return withdraw
    if (claimed && others.some((name) => name < mine)) {
      await withdraw()
      claimed = false
    }
    const owner = await claims.eldest(others)
    if (owner === null) continue // gone between the two looks
    if (!told) options.onWait?.(owner)
    told = true
    if (performance.now() >= deadline) {
      await withdraw()
      throw new DataDirInUseError(dir, owner.pid, owner.since)
    }
    await sleep(pauseMs)
  }
}

/** The folder of claims, each `pid.identity.chance`. */
class Claims {
  constructor(private readonly folder: string) {}

  async newName(): Promise<string> {
    const identity = await processIdentity(process.pid)
    if (identity === null)
      throw new EmbeddedPostgresError('This process cannot be told from others: is /proc there?')
    await mkdir(this.folder, { recursive: true })
    return `${process.pid}.${identity}.${randomBytes(6).toString('hex')}`
  }

  async put(name: string): Promise<void> {
    await writeFile(join(this.folder, name), '', { flag: 'wx' })
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.folder, name), { force: true })
  }

  /** The claims of living processes but this one; those of the dead are cleared away. */
  async othersAlive(mine: string): Promise<string[]> {
    const alive: string[] = []
    for (const name of await readdir(this.folder)) {
      const [, pid, identity] = claimName.exec(name) ?? []
      if (name === mine || identity === undefined) continue
      if ((await processIdentity(Number(pid))) === identity) alive.push(name)
      else await this.remove(name)
    }
    return alive
  }

  /** Who of them has been here longest, null if all are gone by now. */
  async eldest(names: readonly string[]): Promise<DataDirOwner | null> {
    const owners: DataDirOwner[] = []
    for (const name of names) {
      const file = await stat(join(this.folder, name)).catch(() => null)
      if (file) owners.push({ pid: Number.parseInt(name, 10), since: file.mtime })
    }
    return owners.sort((a, b) => a.since.getTime() - b.since.getTime())[0] ?? null
  }
}
