import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Tells one process from another that later gets the same pid: a text made of its start time, or null if no such
 * process lives. A zombie does not live.
 */
export async function processIdentity(pid: number): Promise<string | null> {
  return process.platform === 'linux' ? identityFromProc(pid) : identityFromPs(pid)
}

async function identityFromProc(pid: number): Promise<string | null> {
  const stat = await readIfThere(`/proc/${pid}/stat`)
  if (stat === null) return null
  // proc(5): the name in brackets may hold anything, so fields are counted behind it; state is the 3rd, start time the 22nd.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return null
  // The start time counts from boot, so the boot belongs to it.
  const boot = await readIfThere('/proc/sys/kernel/random/boot_id')
  return `${fields[19]}@${boot?.slice(0, 8) ?? ''}`
}

/** Any other failure is thrown: who cannot be seen must not be taken for dead. */
async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    // ESRCH: the process ended between opening and reading.
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}

async function identityFromPs(pid: number): Promise<string | null> {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' } // the same text whoever asks
  try {
    const { stdout } = await run('ps', ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)], { env })
    const [state = '', ...started] = stdout.trim().split(/[^0-9A-Za-z+<]+/)
    return state.startsWith('Z') ? null : started.join('-')
  } catch (error) {
    // Where there is no ps, as on Windows, a living pid has to do.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && exists(pid) ? 'started-unknown' : null
  }
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // it lives, but is not ours to signal
  }
}
