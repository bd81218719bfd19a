import type { ClaimRequest } from '../actions/delivery-store.js'
import { allowance, isAnyLimit, NO_LIMITS } from '../actions/limits.js'
import type { Statements } from './database.js'
import { openFolds, receiverOf } from './delivery-folding.js'
import { isFoldable } from './due-delivery.js'
import { RuleReads } from './rule-reads.js'
import { sentLastMinute } from './sends.js'

/** What decides whether more is owed than may be sent. */
export type SendingLimits = Pick<ClaimRequest, 'limits' | 'recipientsOf'>

/** Where nobody sends. */
export const UNLIMITED_SENDING: SendingLimits = {
  limits: NO_LIMITS,
  recipientsOf: () => [],
}

/** An action of which as much waits as it may send in a minute, and the message that stands for all that is more. */
export interface FullAction {
  readonly actionId: string
  readonly foldId: string
  /** Why it is over, in words. */
  readonly reason: string
}

/**
 * The actions of these rules whose new deliveries the next claim would fold, each and every one: they may as well be folded as they are made. In a storm
 * that spares Postgres half of its work, since a delivery that changes is written anew into each index.
 */
export async function fullActions(
  tx: Statements,
  ruleIds: readonly string[],
  { limits, recipientsOf }: SendingLimits,
): Promise<FullAction[]> {
  if (!isAnyLimit(limits)) return []
  const open = await openFolds(tx, recipientsOf)
  if (open.size === 0) return []
  const rows = await tx.query<{ actionId: string; waiting: number }>(
    `SELECT a.id AS "actionId", count(d.id)::int AS waiting FROM actions a
       LEFT JOIN deliveries d ON d.action_id = a.id AND d.status = 'pending' AND d.next_attempt_at <= now()
                             AND ${isFoldable('d')}
      WHERE a.rule_id = ANY($1) AND a.enabled AND a.deleted_at IS NULL GROUP BY a.id`,
    [ruleIds],
  )
  const actions = await new RuleReads(tx).actionsByIds(rows.map(({ actionId }) => actionId))
  const senders = rows.flatMap(({ actionId, waiting }) => {
    const action = actions.get(actionId)
    return action ? [{ actionId, waiting, recipients: recipientsOf(action) }] : []
  })
  const sent = await sentLastMinute(tx, senders)
  return senders.flatMap((sender) => {
    const foldId = open.get(receiverOf(sender))
    const { left, reason } = allowance(sender, sent, limits)
    return foldId !== undefined && sender.waiting >= left
      ? [{ actionId: sender.actionId, foldId, reason }]
      : []
  })
}
