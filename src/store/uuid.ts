import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether Postgres would take `text` for the id of a row. Anything else is the id of nothing. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

const BYTES = 16

/** Ids for that many new rows, as bytes. They rise with time, so that rows made together stay together in every index. */
export function timeOrderedIds(count: number, now: Date): Uint8Array[] {
  // Drawn at once: to ask for them row by row takes longer than all the rest of storing a row.
  const random = randomBytes(count * BYTES)
  return Array.from({ length: count }, (_, row) =>
    v7(
      { msecs: now.getTime(), random: random.subarray(row * BYTES, (row + 1) * BYTES) },
      new Uint8Array(BYTES),
    ),
  )
}

/** The id of one new row; it rises with time. */
export function timeOrderedId(): string {
  return v7()
}
