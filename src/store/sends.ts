import { type DueDelivery, sendKeys, type Sender } from '../actions/limits.js'
import type { Statements } from './database.js'

/** Sends of the last minute, by the keys under which those of these senders are counted. */
export async function sentLastMinute(
  tx: Statements,
  senders: readonly Sender[],
): Promise<Map<string, number>> {
  const keys = [...new Set(senders.flatMap(sendKeys))]
  const rows = await tx.query<{ key: string; sent: string }>(
    `SELECT key, count(*) AS sent FROM sends WHERE key = ANY($1) AND at > now() - interval '1 minute' GROUP BY key`,
    [keys],
  )
  return new Map(rows.map((row) => [row.key, Number(row.sent)]))
}

/** Counts these from now on. */
export async function noteSends(tx: Statements, send: readonly DueDelivery[]): Promise<void> {
  const keys = send.filter((delivery) => !delivery.exempt).flatMap(sendKeys)
  // Not now(), which is from before the wait for the lock: a minute that began too early would let too many through.
  if (keys.length > 0)
    await tx.query(
      `INSERT INTO sends (key, at) SELECT key, clock_timestamp() FROM unnest($1::text[]) AS key`,
      [keys],
    )
}
