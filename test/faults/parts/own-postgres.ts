import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { until } from '../until.js'
import { freePort } from '../../fixtures/free-port.js'

/** A Postgres of our own, which may be stopped in every way. */
export interface OwnPostgres {
  /** An administrator's URL. */
  readonly url: string
  start(): Promise<void>
  /** `immediate` is a crash: nothing is finished, and the next start recovers. */
  stop(how: 'fast' | 'immediate'): Promise<void>
  /** Ends it and removes what it stored. */
  remove(): Promise<void>
}

/** Where Debian keeps what it does not put on the path. */
const DEBIAN = '/usr/lib/postgresql'

/** Postgres refuses to run as root: then it runs as nobody. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

/** The folder of initdb and postgres, or null where they are not installed. */
export function postgresPrograms(): string | null {
  const onPath = (process.env['PATH'] ?? '').split(':')
  const versions = existsSync(DEBIAN)
    ? readdirSync(DEBIAN).toSorted((one, other) => Number(other) - Number(one))
    : []
  const folders = [...onPath, ...versions.map((version) => join(DEBIAN, version, 'bin'))]
  return (
    folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)))) ?? null
  )
}

/** Makes an empty cluster and starts it on a free port; in `place` where given, an empty folder, and with its journal in another such. */
export async function ownPostgres(place?: string, journal?: string): Promise<OwnPostgres> {
  const programs = postgresPrograms()
  if (programs === null) throw new Error('initdb and postgres are not installed')
  const home = place ?? mkdtempSync(join(tmpdir(), 'giftpulse-postgres-'))
  const folders = journal === undefined ? [home] : [home, journal]
  if (user.uid !== undefined) for (const folder of folders) chownSync(folder, user.uid, user.gid)
  const data = join(home, 'data')
  const settings = ['-D', data, '-U', 'postgres', '-E', 'UTF8', '--auth=trust', '--no-sync', '--locale=C']
  const initdb = spawnSync(
    join(programs, 'initdb'),
    journal === undefined ? settings : [...settings, '--waldir', journal],
    { ...user, cwd: home, encoding: 'utf8' },
  )
  if (initdb.status !== 0) throw new Error(`initdb: ${initdb.stderr}`)
  const cluster = new Cluster(join(programs, 'postgres'), home, data, await freePort())
  await cluster.start()
  return cluster
}

class Cluster implements OwnPostgres {
  readonly url: string
  private server: ChildProcess | null = null

  constructor(
    private readonly program: string,
    private readonly home: string,
    private readonly data: string,
    private readonly port: number,
  ) {
    this.url = `postgres://postgres@127.0.0.1:${port}/postgres`
    process.on('exit', () => this.server?.kill('SIGQUIT'))
  }

  async start(): Promise<void> {
    const settings = {
      port: this.port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: 120,
      shared_buffers: '64MB',
      // What dies here are processes, never the machine.
      fsync: 'off',
      max_wal_size: '256MB',
    }
    const parameters = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    this.server = spawn(this.program, ['-D', this.data, ...parameters], {
      ...user,
      cwd: this.home,
      stdio: 'ignore',
    })
    await until('Postgres answers', () => this.answers(), 60_000)
  }

  async stop(how: 'fast' | 'immediate'): Promise<void> {
    const { server } = this
    this.server = null
    if (!server) return
    const ended = once(server, 'exit')
    server.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT')
    await ended
  }

  async remove(): Promise<void> {
    await this.stop('immediate')
    rmSync(this.home, { recursive: true, force: true })
  }

  private async answers(): Promise<boolean> {
    const client = new Client({ connectionString: this.url, connectionTimeoutMillis: 2_000 })
    client.on('error', () => undefined)
    await client.connect()
    await client.end()
    return true
  }
}
