/**
 * The client's side of the PostgreSQL wire protocol 3, as far as a multiplexer must understand it.
 * Source: PostgreSQL documentation, chapters "Message Flow" and "Message Formats".
 */

/** First bytes of the messages that matter here. */
export const frontend = {
  bind: 0x42, // 'B'
  close: 0x43, // 'C'
  describe: 0x44, // 'D'
  execute: 0x45, // 'E'
  functionCall: 0x46, // 'F'
  flush: 0x48, // 'H'
  parse: 0x50, // 'P'
  query: 0x51, // 'Q'
  sync: 0x53, // 'S'
  terminate: 0x58, // 'X'
  copyDone: 0x63, // 'c'
  copyData: 0x64, // 'd'
  copyFail: 0x66, // 'f'
} as const

/**
 * Messages that must reach the database together. A `cycle` is answered up to a ReadyForQuery; after a `flush` the
 * client waits for rows in the middle of a cycle, so the database stays with it.
 */
export interface Unit {
  readonly kind: 'unit'
  readonly messages: readonly Buffer[]
  readonly ends: 'cycle' | 'flush'
}

/** What a client asks for, one step at a time. */
export type FrontendEvent =
  | Unit
  | { readonly kind: 'startup' }
  | { readonly kind: 'encryption-request' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'terminate' }

/** Bytes that no PostgreSQL client sends; the connection they came over cannot be understood any further. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  readonly code = 'protocol-violation'
}

const cancelRequest = 80877102
const sslRequest = 80877103
const gssRequest = 80877104
const longestMessage = 0x3fffffff // PostgreSQL's own bound, PQ_LARGE_MESSAGE_LIMIT

/** Cuts the bytes of one client into units, wherever the chunks happen to be split. */
export class FrontendReader {
  #unread: Buffer = Buffer.alloc(0)
  #messages: Buffer[] = []
  #started = false

  /** Takes the next bytes and gives what they complete, in order. Throws a ProtocolError at bytes without sense. */
  read(chunk: Uint8Array): FrontendEvent[] {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    this.#unread = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes])
    const events: FrontendEvent[] = []
    for (let message = this.#cut(); message !== null; message = this.#cut()) {
      const event = this.#started ? this.#typed(message) : this.#opening(message)
      if (event) events.push(event)
    }
    return events
  }

  /** The next whole message: after the startup every message has a type byte before its length. */
  #cut(): Buffer | null {
    const typeBytes = this.#started ? 1 : 0
    if (this.#unread.length < typeBytes + 4) return null
    const length = this.#unread.readInt32BE(typeBytes)
    if (length < (this.#started ? 4 : 8) || length > longestMessage) {
      throw new ProtocolError(`A message cannot be ${length} bytes long.`)
    }
    const end = typeBytes + length
    if (this.#unread.length < end) return null
    const message = this.#unread.subarray(0, end)
    this.#unread = this.#unread.subarray(end)
    return message
  }

  #opening(message: Buffer): FrontendEvent {
    const version = message.readInt32BE(4)
    if (version === cancelRequest) return { kind: 'cancel' }
    if (version === sslRequest || version === gssRequest) return { kind: 'encryption-request' }
    if (version >> 16 !== 3) throw new ProtocolError(`Protocol version ${version >> 16} is not spoken here.`)
    this.#started = true
    return { kind: 'startup' }
  }

  #typed(message: Buffer): FrontendEvent | null {
    switch (message[0]) {
      case frontend.terminate:
        return { kind: 'terminate' }
      // Left over from a COPY that the server has already refused; the protocol says to ignore them.
      case frontend.copyData:
      case frontend.copyDone:
      case frontend.copyFail:
        return null
      case frontend.query:
      case frontend.sync:
      case frontend.functionCall:
        return this.#unit(message, 'cycle')
      case frontend.flush:
        return this.#unit(message, 'flush')
      default:
        this.#messages.push(message)
        return null
    }
  }

  #unit(last: Buffer, ends: Unit['ends']): Unit {
    const messages = [...this.#messages, last]
    this.#messages = []
    return { kind: 'unit', messages, ends }
  }
}

/** One message: its type byte, its length, its parts. Texts become null-terminated strings. */
export function messageOfType(type: number, ...parts: (string | Uint8Array)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : part)),
  )
  const head = Buffer.alloc(5)
  head.writeUInt8(type, 0)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
