import { Duplex } from 'node:stream'
import type { MessagePort } from 'node:worker_threads'
import { ConnectionLostError } from './errors.js'

type Written = (error?: Error | null) => void

/** A message port in the shape of the socket that the `pg` driver wants: `connect` opens it, bytes go both ways. */
export class DatabaseStream extends Duplex {
  #port: MessagePort | null = null
  #keepsProcessAlive = true

  constructor(private readonly open: () => Promise<MessagePort>) {
    super()
  }

  connect(): this {
    this.open().then(
      (port) => this.#attach(port),
      (error: Error) => this.destroy(error),
    )
    return this
  }

  ref(): this {
    this.#keepsProcessAlive = true
    this.#port?.ref()
    return this
  }

  unref(): this {
    this.#keepsProcessAlive = false
    this.#port?.unref()
    return this
  }

  /** For the driver's sake: there is no network whose delays could be set. */
  setNoDelay(): this {
    return this
  }

  /** For the driver's sake: a port tells by itself when its other end is gone. */
  setKeepAlive(): this {
    return this
  }

  override _read(): void {
    // Answers are pushed as they come; the driver reads without pause.
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: Written): void {
    this.#post([chunk])
    done()
  }

  override _writev(chunks: { chunk: Uint8Array }[], done: Written): void {
    this.#post(chunks.map(({ chunk }) => chunk))
    done()
  }

  override _final(done: Written): void {
    this.#close()
    this.push(null)
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#close()
    done(error)
  }

  #attach(port: MessagePort): void {
    if (this.destroyed || this.writableEnded) return port.close()
    this.#port = port
    port.on('message', (chunk: Uint8Array) => {
      if (this.#port === port) this.push(chunk)
    })
    port.on('close', () => {
      if (this.#port === port) this.destroy(new ConnectionLostError())
    })
    if (!this.#keepsProcessAlive) port.unref()
    this.emit('connect')
  }

  /** One transferred copy: the driver may reuse its own buffers. */
  #post(chunks: Uint8Array[]): void {
    const bytes = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0))
    let offset = 0
    for (const chunk of chunks) {
      bytes.set(chunk, offset)
      offset += chunk.length
    }
    this.#port?.postMessage(bytes, [bytes.buffer])
  }

  #close(): void {
    const port = this.#port
    this.#port = null // from here on its 'close' is no surprise
    port?.close()
  }
}
