import { frontend, messageOfType } from './protocol.js'

/**
 * The names of one client's prepared statements. All clients share one database session, so equal names would collide:
 * each gets a name of its own (short, since PostgreSQL cuts names after 63 bytes). The unnamed statement stays unnamed.
 */
export class StatementNames {
  readonly #inside = new Map<string, string>()

  constructor(private readonly clientId: number) {}

  /** The same message with the inside name where it names a prepared statement, otherwise the message itself. */
  rename(message: Buffer): Buffer {
    const start = nameStart(message)
    if (start === null || message[start] === 0) return message
    const end = message.indexOf(0, start)
    const inside = Buffer.from(this.#insideName(message.toString('latin1', start, end)))
    const renamed = Buffer.concat([message.subarray(0, start), inside, message.subarray(end)])
    renamed.writeInt32BE(renamed.length - 1, 1)
    return renamed
  }

  /** Close messages for every statement this client may have left prepared. */
  closeAll(): Buffer[] {
    return [...this.#inside.values()].map((name) => messageOfType(frontend.close, Buffer.from('S'), name))
  }

  #insideName(outside: string): string {
    const known = this.#inside.get(outside)
    if (known !== undefined) return known
    const inside = `c${this.clientId}_${this.#inside.size}`
    this.#inside.set(outside, inside)
    return inside
  }
}

/** Where the name of a prepared statement begins in this message, null if it has none. */
function nameStart(message: Buffer): number | null {
  switch (message[0]) {
    case frontend.parse:
      return 5
    case frontend.bind:
      return message.indexOf(0, 5) + 1 // behind the name of the portal
    case frontend.describe:
    case frontend.close:
      return message[5] === 0x53 ? 6 : null // 'S' statement, 'P' portal
    default:
      return null
  }
}
