import type { OverLimit } from '../actions/limits.js'
import type { Statements } from './database.js'
import type { Foldable } from './due-delivery.js'

/** Suppresses what is over a limit and lets one message, a minute later, stand for all of it. Answers the deliveries it changed. */
export async function fold(
  tx: Statements,
  over: readonly (OverLimit & { delivery: Foldable })[],
): Promise<string[]> {
  const changed: string[] = []
  for (const actionId of new Set(over.map(({ delivery }) => delivery.actionId))) {
    const held = over.filter(({ delivery }) => delivery.actionId === actionId)
    const folding =
      (await openFold(tx, actionId)) ??
      (await createFold(
        tx,
        held.map(({ delivery }) => delivery),
      ))
    if (folding.isNew) changed.push(folding.id)
    await tx.query(
      `UPDATE deliveries SET status = 'suppressed', success = false, folded_into = $3, next_attempt_at = NULL,
              completed_at = date_trunc('milliseconds', now()), lease_token = NULL, lease_until = NULL,
              action_result = jsonb_build_object('foldedInto', $3::uuid, 'reason', over.reason)
         FROM unnest($1::uuid[], $2::text[]) AS over(id, reason) WHERE deliveries.id = over.id`,
      [held.map(({ delivery }) => delivery.id), held.map(({ reason }) => reason), folding.id],
    )
    changed.push(...held.map(({ delivery }) => delivery.id))
  }
  return changed
}

/** The folding message of an action that nobody has tried to send yet: where sending is late, it stands for what came meanwhile too. */
async function openFold(tx: Statements, actionId: string): Promise<{ id: string; isNew: boolean } | null> {
  const [open] = await tx.query<{ id: string }>(
    `SELECT id FROM deliveries WHERE action_id = $1 AND kind = 'fold' AND status = 'pending' AND attempt_count = 0
        AND lease_token IS NULL LIMIT 1`,
    [actionId],
  )
  return open ? { id: open.id, isNew: false } : null
}

async function createFold(
  tx: Statements,
  held: readonly Foldable[],
): Promise<{ id: string; isNew: boolean }> {
  const first = held[0] as Foldable
  const [created] = await tx.query<{ id: string }>(
    `INSERT INTO deliveries (alert_id, rule_id, log_id, action_id, kind, triggered_at, next_attempt_at)
     VALUES ($1, $2, $3, $4, 'fold', date_trunc('milliseconds', now()), date_trunc('milliseconds', now()) + interval '1 minute')
     RETURNING id`,
    [first.alertId, first.ruleId, first.logId, first.actionId],
  )
  if (!created) throw new Error('the folding message was not stored')
  return { id: created.id, isNew: true }
}
