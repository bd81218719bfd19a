import type { ClaimRequest } from '../actions/delivery-store.js'
import type { OverLimit } from '../actions/limits.js'
import type { Statements } from './database.js'
import { isLive, type Foldable } from './due-delivery.js'
import { RuleReads } from './rule-reads.js'

/**
 * Suppresses what is over a limit and lets one message, a minute later, stand for all of it: one for each action, or for all actions that
 * mail the same people. Answers the deliveries it changed.
 */
export async function fold(
  tx: Statements,
  over: readonly (OverLimit & { delivery: Foldable })[],
  recipientsOf: ClaimRequest['recipientsOf'],
): Promise<string[]> {
  if (over.length === 0) return []
  const made: string[] = []
  const folded: { readonly id: string; readonly reason: string; readonly foldId: string }[] = []
  const open = await openFolds(tx, recipientsOf)
  for (const receiver of new Set(over.map(({ delivery }) => receiverOf(delivery)))) {
    const held = over.filter(({ delivery }) => receiverOf(delivery) === receiver)
    const known = open.get(receiver)
    const foldId =
      known ??
      (await createFold(
        tx,
        held.map(({ delivery }) => delivery),
      ))
    if (foldId !== known) made.push(foldId)
    folded.push(...held.map(({ delivery, reason }) => ({ id: delivery.id, reason, foldId })))
  }
  await tx.query(
    `UPDATE deliveries SET status = 'suppressed', success = false, folded_into = over.fold_id, next_attempt_at = NULL,
            completed_at = date_trunc('milliseconds', now()), lease_token = NULL, lease_until = NULL,
            action_result = jsonb_build_object('foldedInto', over.fold_id, 'reason', over.reason)
       FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS over(id, reason, fold_id) WHERE deliveries.id = over.id`,
    [folded.map(({ id }) => id), folded.map(({ reason }) => reason), folded.map(({ foldId }) => foldId)],
  )
  return [...made, ...folded.map(({ id }) => id)]
}

/** Who is told: whoever gets the mails of an action, else whatever the action reaches. */
export function receiverOf({ actionId, recipients }: Pick<Foldable, 'actionId' | 'recipients'>): string {
  return recipients.length > 0 ? recipients.toSorted().join(' ') : actionId
}

/**
 * The folding messages that nobody has tried to send yet, by who is told: where sending is late, they stand for what came meanwhile too.
 * One of a disabled action would never be sent.
 */
export async function openFolds(
  tx: Statements,
  recipientsOf: ClaimRequest['recipientsOf'],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; actionId: string }>(
    `SELECT id, action_id AS "actionId" FROM deliveries
      WHERE kind = 'fold' AND status = 'pending' AND attempt_count = 0 AND lease_token IS NULL
        AND (${isLive('deliveries.rule_id', 'deliveries.action_id')}) ORDER BY triggered_at DESC, id`,
  )
  const actions = await new RuleReads(tx).actionsByIds(rows.map(({ actionId }) => actionId))
  return new Map(
    rows.map(({ id, actionId }) => {
      const action = actions.get(actionId)
      return [receiverOf({ actionId, recipients: action ? recipientsOf(action) : [] }), id]
    }),
  )
}

/**
 * What folding messages stood for that ended unsent, suppressed or failed, is owed again where it is of another action, which is still
 * wanted. Answers what it changed.
 */
export async function unfold(tx: Statements, foldIds: readonly string[]): Promise<string[]> {
  if (foldIds.length === 0) return []
  const rows = await tx.query<{ id: string }>(
    `UPDATE deliveries d SET status = 'pending', success = NULL, folded_into = NULL, action_result = NULL, completed_at = NULL,
            next_attempt_at = date_trunc('milliseconds', now())
       FROM deliveries f WHERE d.folded_into = f.id AND f.id = ANY($1) AND f.kind = 'fold' AND d.action_id <> f.action_id
        AND (${isLive('d.rule_id', 'd.action_id')}) RETURNING d.id`,
    [foldIds],
  )
  return rows.map(({ id }) => id)
}

async function createFold(tx: Statements, held: readonly Foldable[]): Promise<string> {
  const first = held[0] as Foldable
  const [created] = await tx.query<{ id: string }>(
    `INSERT INTO deliveries (alert_id, rule_id, log_id, action_id, kind, triggered_at, next_attempt_at)
     VALUES ($1, $2, $3, $4, 'fold', date_trunc('milliseconds', now()), date_trunc('milliseconds', now()) + interval '1 minute')
     RETURNING id`,
    [first.alertId, first.ruleId, first.logId, first.actionId],
  )
  if (!created) throw new Error('the folding message was not stored')
  return created.id
}
