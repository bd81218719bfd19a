/** Where a delivery stands. The values are the tables' and REST's spelling. */
export const DeliveryStatus = {
  PENDING: 'pending',
  DELIVERED: 'delivered',
  FAILED: 'failed',
  SUPPRESSED: 'suppressed',
} as const
export type DeliveryStatus = (typeof DeliveryStatus)[keyof typeof DeliveryStatus]

/**
 * What a delivery tells of: an alert, several that a limit held back (`fold`), or that what a SYSTEM rule told of is over (`resolve`).
 */
export type DeliveryKind = 'alert' | 'fold' | 'resolve'

/** What `failing` says of a delivery, for all who read of it. */
export const FAILING =
  'Whether it is pending or failed, and was tried in vain since its action last worked; false where its rule or action is disabled or deleted.'

/** The same of `retriable`. */
export const RETRIABLE =
  'Whether it failed, and would be tried with all that failed, by retryFailedDeliveries: neither its rule nor its action is disabled or deleted.'

/** An action owed for an alert. */
export interface Delivery {
  readonly id: string
  readonly alertId: string
  readonly ruleId: string
  readonly logId: string | null
  readonly actionId: string
  readonly status: DeliveryStatus
  /** null until it is finished. */
  readonly success: boolean | null
  readonly attemptCount: number
  readonly actionResult: unknown
  readonly triggeredAt: Date
  readonly nextAttemptAt: Date | null
  readonly completedAt: Date | null
  /** As `FAILING` says. */
  readonly failing: boolean
  /** As `RETRIABLE` says. */
  readonly retriable: boolean
}

/** One try at a delivery. */
export interface DeliveryAttempt {
  readonly at: Date
  readonly success: boolean
  readonly durationMs: number
  /** HTTP or SMTP status, where there was an answer. */
  readonly statusCode: number | null
  readonly error: string | null
  /** The first 2 kB of the answer. */
  readonly response: string | null
}
