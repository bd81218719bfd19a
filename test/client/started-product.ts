import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../fixtures/free-port.js'

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

/** The product as `npm start` runs it, with its demo account unless it is given another, in a process, a folder and on a port of its own. */
export class StartedProduct {
  private output = ''
  private child: ChildProcess | null = null

  private constructor(
    private readonly dataDir: string,
    private readonly port: number,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /** With these settings besides its defaults. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<StartedProduct> {
    const dataDir = await mkdtemp(join(tmpdir(), 'giftpulse-page-'))
    const product = new StartedProduct(dataDir, await freePort(), settings)
    await product.run()
    return product
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`
  }

  /** The address with the key that the first start printed. */
  get address(): string {
    const printed = /http:\S+\/#key=\S+/.exec(this.output)?.[0]
    if (printed === undefined) throw new Error(`No address was printed:\n${this.output}`)
    return printed
  }

  /** The administrator's. */
  get key(): string {
    return this.settings['API_KEY'] ?? this.address.split('#key=')[1] ?? ''
  }

  /** Starts it, again on the same data and port after a `kill`; resolves once it is ready and has said where to open it. */
  async run(): Promise<void> {
    const { PATH, HOME } = process.env
    const env = { PATH, HOME, DATA_DIR: this.dataDir, API_PORT: String(this.port), ...this.settings }
    const child = spawn(process.execPath, [MAIN], { cwd: this.dataDir, env })
    this.child = child
    const printedBefore = this.output.length
    const keep = (chunk: Buffer): void => void (this.output += chunk.toString())
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    for (;;) {
      const answer = await fetch(new URL('readyz', this.url)).catch(() => null)
      if (answer?.ok && this.output.includes('Open http', printedBefore)) return
      if (child.exitCode !== null)
        throw new Error(`The product ended with ${child.exitCode}:\n${this.output}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  /** Ends it with no chance to say goodbye. */
  async kill(): Promise<void> {
    const { child } = this
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  /** What its API answers, to the administrator's key. */
  async ask<Data>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Data> {
    const response = await fetch(new URL('graphql', this.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': this.key },
      body: JSON.stringify({ query, variables }),
    })
    const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown }
    if (!data) throw new Error(JSON.stringify(errors))
    return data
  }

  /** How long it has kept a processor busy so far, in seconds, as Linux tells it in hundredths (proc(5)). */
  processorSeconds(): number {
    const stat = readFileSync(`/proc/${this.child?.pid}/stat`, 'utf8')
    // Its name comes before, in brackets.
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
    return (Number(user) + Number(system)) / 100
  }

  /** Whether the first sweep of every source has ended. */
  async isRead(): Promise<boolean> {
    const { health } = await this.ask<{
      health: { sources: readonly { lastSuccessAt: string | null }[] }
    }>(`{ health { sources { lastSuccessAt } } }`)
    return health.sources.length > 0 && health.sources.every(({ lastSuccessAt }) => lastSuccessAt !== null)
  }

  /** Makes a key of these scopes. */
  async makeKey(...scopes: readonly string[]): Promise<{ readonly id: string; readonly text: string }> {
    const { createApiKey } = await this.ask<{ createApiKey: { apiKey: { id: string }; key: string } }>(
      `mutation ($scopes: [ApiScope!]!) {
        createApiKey(input: { name: "of a test", scopes: $scopes }) { apiKey { id } key }
      }`,
      { scopes },
    )
    return { id: createApiKey.apiKey.id, text: createApiKey.key }
  }

  /** The HTTP status with which its API answers to a key. */
  async statusOf(key: string): Promise<number> {
    const response = await fetch(new URL('graphql', this.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify({ query: '{ viewer { name } }' }),
    })
    return response.status
  }

  /** The ids of the newest logs. */
  async logIds(first: number): Promise<readonly string[]> {
    const { logs } = await this.ask<{ logs: { nodes: { id: string }[] } }>(
      `{ logs(first: ${first}) { nodes { id } } }`,
    )
    return logs.nodes.map(({ id }) => id)
  }

  async end(): Promise<void> {
    await this.kill()
    await rm(this.dataDir, { recursive: true, force: true })
  }
}
