/** The state a ReadyForQuery reports: idle, in a transaction, in a failed transaction. */
export type ReadyState = 'idle' | 'transaction' | 'failed'

const states = new Map<number, ReadyState>([
  [0x49, 'idle'], // 'I'
  [0x54, 'transaction'], // 'T'
  [0x45, 'failed'], // 'E'
])
const header = Buffer.from([0x5a, 0, 0, 0, 5]) // 'Z' and its length

/** Watches an answer go by and tells whether it ended with ReadyForQuery, however the answer was cut into chunks. */
export class ReadyWatch {
  #tail: Buffer = Buffer.alloc(0)

  see(chunk: Uint8Array): void {
    const end = Buffer.from(chunk.subarray(Math.max(0, chunk.length - 6))) // a copy: the chunk may be reused memory
    this.#tail = Buffer.concat([this.#tail, end]).subarray(-6)
  }

  /** The reported state, or null if the answer so far does not end with a ReadyForQuery. */
  state(): ReadyState | null {
    if (this.#tail.length < 6 || !this.#tail.subarray(0, 5).equals(header)) return null
    return states.get(this.#tail.readUInt8(5)) ?? null
  }
}
