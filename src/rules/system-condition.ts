/** What GiftPulse may have to say of itself; more may follow. The values are what rules name. */
export const SystemCondition = {
  /** A list of the account has not been read to its end for three poll intervals. */
  SOURCE_STALE: 'SOURCE_STALE',
  /** Twilio refuses the credentials. */
  CREDENTIALS_REFUSED: 'CREDENTIALS_REFUSED',
} as const
export type SystemCondition = (typeof SystemCondition)[keyof typeof SystemCondition]
