/** What GiftPulse may have to say of itself; more may follow. The values are what rules name. */
export const SystemCondition = {
  /** A list of the account has not been read to its end for three poll intervals. */
  SOURCE_STALE: 'SOURCE_STALE',
  /** Twilio refuses the credentials. */
  CREDENTIALS_REFUSED: 'CREDENTIALS_REFUSED',
  /** A rule throws, so that it finds nothing. */
  RULE_FAILS: 'RULE_FAILS',
  /** Every try of an action has failed for two minutes. */
  ACTION_FAILS: 'ACTION_FAILS',
} as const
export type SystemCondition = (typeof SystemCondition)[keyof typeof SystemCondition]
