import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ProductEnvironment } from '../../fixtures/product.js'
import { until } from '../until.js'

/** What one process holds once its garbage is collected. */
export interface Held {
  /** With which that process is started. */
  readonly env: ProductEnvironment
  /** In megabytes: the heap, and what JavaScript holds outside of it. */
  ofProcess(pid: number): Promise<number>
}

/** How long a busy process may take to answer a signal, in milliseconds. */
const PATIENCE_MS = 60_000

/** @param directory where the process may write */
export function whatIsHeld(directory: string): Held {
  const file = join(directory, 'held')
  const loaded = new URL('./collect-garbage.js', import.meta.url)
  return {
    env: { NODE_OPTIONS: `--import=${loaded.href}`, HELD_FILE: file },
    ofProcess: async (pid) => {
      rmSync(file, { force: true })
      process.kill(pid, 'SIGUSR2')
      await until('a process has collected its garbage', () => existsSync(file), PATIENCE_MS)
      return Math.round(Number(readFileSync(file, 'utf8')) / 104_857.6) / 10
    },
  }
}
