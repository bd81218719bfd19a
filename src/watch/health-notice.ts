/** What an operator may have to know; more may follow. */
export const HealthCode = {
  /** The logs are those of the demo account. */
  DEMO: 'DEMO',
  /** No account is watched. */
  NOTHING_WATCHED: 'NOTHING_WATCHED',
  /** Without an auth token webhooks from Twilio cannot be verified. */
  NO_AUTH_TOKEN: 'NO_AUTH_TOKEN',
  /** Many webhooks from Twilio are refused for their signature. */
  WEBHOOKS_REFUSED: 'WEBHOOKS_REFUSED',
  /** What keeps jobs or carries events is away. */
  SERVICE_AWAY: 'SERVICE_AWAY',
  /** The clocks of the process and of the database differ. */
  CLOCK_WRONG: 'CLOCK_WRONG',
  /** A list of the account cannot be read. */
  SOURCE_FAILS: 'SOURCE_FAILS',
  /** A list of the account has not been read for too long. */
  SOURCE_STALE: 'SOURCE_STALE',
  /** A rule throws, so that it finds nothing. */
  RULE_FAILS: 'RULE_FAILS',
  /** Statuses of logs could not be judged. */
  LOG_SET_ASIDE: 'LOG_SET_ASIDE',
  /** Actions have failed at every try since they last worked. */
  ACTION_FAILS: 'ACTION_FAILS',
  /** A delivery is due and nobody takes it. */
  DELIVERY_LATE: 'DELIVERY_LATE',
  /** A received webhook waits and nobody works it. */
  WEBHOOK_LATE: 'WEBHOOK_LATE',
} as const
export type HealthCode = (typeof HealthCode)[keyof typeof HealthCode]

/** One thing that an operator should know. */
export interface HealthNotice {
  readonly code: HealthCode
  /** One sentence or two. */
  readonly text: string
}
