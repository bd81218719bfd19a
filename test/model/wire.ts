import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Connection } from '../../src/store/data-source.js'

/** Before the database has the statement, or when it has done it and nobody knows yet. */
export type Moment = 'asked' | 'answered'

/** What pg begins a statement with: a simple query, or one with parameters to parse. */
const QUERY = 'Q'.charCodeAt(0)
const PARSE = 'P'.charCodeAt(0)

interface Break {
  left: number
  readonly moment: Moment
  readonly outcome: 'cut' | 'dead'
}

/** All connections of one process to its database, real or embedded, which a test breaks at a statement of its choice. */
export class Wire {
  /** For `Database.open`. */
  readonly connection: { readonly poolOptions: object }
  state: 'open' | 'cut' | 'dead' = 'open'
  private readonly streams = new Set<Duplex>()
  private planned: Break | null = null
  private awaited: Duplex | null = null

  constructor(to: Connection) {
    const { options, open } = placeOf(to)
    this.connection = { poolOptions: { ...options, stream: () => this.watched(open()) } }
  }

  /** Breaks everything at the statement after so many others: for good where the process dies, else until `restore`. */
  breakAt(after: number, moment: Moment, outcome: 'cut' | 'dead'): void {
    this.planned = { left: after, moment, outcome }
  }

  /** What was cut can be used again. A break that is still to come stays so. */
  restore(): void {
    if (this.state === 'cut') this.state = 'open'
  }

  /** No break is to come any more. */
  disarm(): void {
    this.planned = null
    this.awaited = null
  }

  die(): void {
    this.break('dead')
  }

  private watched(stream: Duplex & { connect?: (...to: never[]) => unknown }): Duplex {
    if (this.state !== 'open') {
      stream.connect = () => process.nextTick(() => stream.destroy(refused()))
      return stream
    }
    this.streams.add(stream)
    stream.once('close', () => this.streams.delete(stream))
    const write = stream.write.bind(stream) as (...parameters: unknown[]) => boolean
    stream.write = ((chunk: Uint8Array, ...others: unknown[]) =>
      this.mayPass(chunk, stream) && write(chunk, ...others)) as Duplex['write']
    const emit = stream.emit.bind(stream) as (...parameters: unknown[]) => boolean
    stream.emit = (event: string | symbol, ...others: unknown[]) => {
      if (event !== 'data' || this.awaited !== stream) return emit(event, ...others)
      this.spring()
      return true
    }
    return stream
  }

  private mayPass(chunk: Uint8Array, stream: Duplex): boolean {
    const isStatement = chunk[0] === QUERY || chunk[0] === PARSE
    if (!this.planned || this.awaited || !isStatement || this.planned.left-- > 0) return true
    if (this.planned.moment === 'answered') {
      this.awaited = stream
      return true
    }
    this.spring()
    return false
  }

  private spring(): void {
    const { outcome } = this.planned as Break
    this.break(outcome)
  }

  private break(state: 'cut' | 'dead'): void {
    this.disarm()
    this.state = state
    for (const stream of this.streams) stream.destroy(refused())
    this.streams.clear()
  }
}

function refused(): Error {
  return Object.assign(new Error('the test has cut the connection'), { code: 'ECONNREFUSED' })
}

function placeOf(to: Connection): { options: object; open: () => Duplex } {
  if ('poolOptions' in to) return { options: to.poolOptions, open: (to.poolOptions as Embedded).stream }
  const url = new URL(to.url)
  const options = {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
    application_name: 'wired',
  }
  return { options, open: () => new Socket() }
}

interface Embedded {
  readonly stream: () => Duplex
}
