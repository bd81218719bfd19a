import type { Alert } from '../alerts/alert.js'
import type { Rule } from '../rules/rule.js'
import type { Log } from '../sources/log.js'
import type { Action, ActionType } from './action.js'
import type { DeliveryKind } from './delivery.js'
import type { Folded } from './handler.js'
import type { Limits } from './limits.js'

/** A delivery taken under a lease, with all that a try needs. */
export interface Claim {
  readonly id: string
  readonly leaseToken: string
  readonly kind: DeliveryKind
  readonly failedTries: number
  /** Tries in a row that ended with the death of the process: from the second on it is tried alone. */
  readonly crashedTries: number
  /** Of which rules, and how many of each, the deliveries are that a `fold` stands for; else none. */
  readonly folded: readonly Folded[]
  /** What the try before left as its `actionResult`; null before the first. */
  readonly lastResult: Readonly<Record<string, unknown>> | null
  /** With its secrets sealed. */
  readonly action: Action
  readonly rule: Rule
  readonly alert: Alert
  readonly log: Log | null
}

/** How a try ended. */
export interface Ending {
  readonly success: boolean
  readonly durationMs: number
  readonly statusCode: number | null
  readonly error: string | null
  readonly response: string | null
  /** Becomes the delivery's `actionResult`. */
  readonly result: Record<string, unknown>
  /** After a failure: the pause before the next try; null = it was the last. */
  readonly retryInMs: number | null
}

export interface ClaimRequest {
  /** How many more this process can work on. */
  readonly room: number
  /** Actions that this process is busy enough with. */
  readonly busyActionIds: readonly string[]
  /** The leases of what this process is trying: not to be claimed, even if they ran out. */
  readonly heldTokens: readonly string[]
  /** Whether nothing is in flight here, so that a delivery that killed a process may be tried alone. */
  readonly idle: boolean
  /** Whether one that must be tried alone leaves the others their turn, where any are due. */
  readonly othersFirst: boolean
  readonly limits: Limits
  /** The addresses that the email limit counts for an action. */
  readonly recipientsOf: (action: Action) => readonly string[]
}

export interface Claimed {
  readonly claims: readonly Claim[]
  /** A delivery that must be tried alone waits until nothing is in flight. */
  readonly loneWaits: boolean
  /** More is due than was taken. */
  readonly more: boolean
  /** The types of the actions of deliveries that were given up since their tries killed their processes, one for each. */
  readonly givenUp: readonly ActionType[]
  /** The feed's head, if deliveries changed (folded, given up); else null. */
  readonly upTo: number | null
}

/** The storage behind delivering. Leases run on the database's clock; only the holder of a lease's token may end what it holds. */
export interface DeliveryStore {
  claim(request: ClaimRequest): Promise<Claimed>
  /** Marks a try begun, just before its send. Answers its id, or null if the lease is lost. */
  begin(claim: Claim): Promise<string | null>
  /** Ends a try. Answers the feed's head, or null if the lease was lost in the meantime and nothing was written. */
  end(claim: Claim, attemptId: string, ending: Ending): Promise<number | null>
  /** Gives back a claim whose try was cut short by a shutdown, which does not count. */
  release(claim: Claim, attemptId: string | null): Promise<void>
  /** Lengthens leases. Answers the tokens still held. */
  renew(leaseTokens: readonly string[]): Promise<ReadonlySet<string>>
  /** When the next delivery is due, in milliseconds from now by the database's clock; null = none is owed. */
  nextDueInMs(): Promise<number | null>
  /** Whether something failed because the storage cannot be reached now, and may succeed later. */
  isAway(failure: unknown): boolean
}
