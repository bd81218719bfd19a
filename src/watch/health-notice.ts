/** What an operator may have to know; more may follow. The schema says what each means: `graphql/enums.ts`. */
export const HealthCode = {
  DEMO: 'DEMO',
  NOTHING_WATCHED: 'NOTHING_WATCHED',
  NO_AUTH_TOKEN: 'NO_AUTH_TOKEN',
  WEBHOOKS_REFUSED: 'WEBHOOKS_REFUSED',
  SERVICE_AWAY: 'SERVICE_AWAY',
  CLOCK_WRONG: 'CLOCK_WRONG',
  SOURCE_FAILS: 'SOURCE_FAILS',
  SOURCE_STALE: 'SOURCE_STALE',
  RULE_FAILS: 'RULE_FAILS',
  LOG_SET_ASIDE: 'LOG_SET_ASIDE',
  ACTION_FAILS: 'ACTION_FAILS',
  DELIVERY_LATE: 'DELIVERY_LATE',
  WEBHOOK_LATE: 'WEBHOOK_LATE',
} as const
export type HealthCode = (typeof HealthCode)[keyof typeof HealthCode]

/** One thing that an operator should know. */
export interface HealthNotice {
  readonly code: HealthCode
  /** One sentence or two. */
  readonly text: string
}

/** What is wrong, where something is. @param text null where nothing is */
export function noticesOf(code: HealthCode, text: string | null): readonly HealthNotice[] {
  return text === null ? [] : [{ code, text }]
}
