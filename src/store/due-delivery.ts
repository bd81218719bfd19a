import type { DeliveryKind } from '../actions/delivery.js'
import type { DueDelivery } from '../actions/limits.js'

/** Length of a lease in seconds: what a dead process held is taken up again in less than 30 s, the next sweep included. */
export const LEASE_SECONDS = 20

/** Due deliveries looked at one by one in a claim; where more are due, those behind them fold in bulk. */
export const LOOK_AT = 500

/**
 * A condition on `deliveries`: owed, its time has come, and in nobody's hands. `$1` are actions to leave out. `$2` are the leases that
 * the caller itself holds: an outage may let them run out while their tries go on.
 */
export const DUE = `status = 'pending' AND next_attempt_at <= now() AND (lease_until IS NULL OR lease_until < now())
  AND action_id <> ALL($1) AND (lease_token IS NULL OR lease_token <> ALL($2::uuid[]))`

/** A condition on deliveries under that name: it folds where it is over a limit, unless it was tried before. */
export const isFoldable = (table: string) =>
  `${table}.kind <> 'fold' AND NOT ${table}.by_hand AND NOT ${table}.counted`

/** Why an unsent delivery is not sent. */
export const DISABLED = 'its rule or action was disabled or deleted'

/** One row: whether what these two say is still wanted. */
export const isLive = (ruleId: string, actionId: string) =>
  `SELECT r.enabled AND r.deleted_at IS NULL AND a.enabled AND a.deleted_at IS NULL
     FROM rules r, actions a WHERE r.id = ${ruleId} AND a.id = ${actionId}`

/** A due delivery as it is stored, as far as claiming looks at it. */
export interface DueRow {
  readonly id: string
  readonly alertId: string
  readonly ruleId: string
  readonly logId: string | null
  readonly actionId: string
  readonly kind: DeliveryKind
  readonly failedTries: number
  readonly crashedTries: number
  readonly byHand: boolean
  /** It was let through before: it is no longer folded. */
  readonly counted: boolean
  readonly wasHeld: boolean
  /** False where its rule or action was disabled or deleted while it was being sent. */
  readonly isLive: boolean
}

export type Due = DueRow & DueDelivery

/** What folding needs to know of a delivery. */
export type Foldable = Pick<DueRow, 'id' | 'alertId' | 'ruleId' | 'logId' | 'actionId'> & DueDelivery
