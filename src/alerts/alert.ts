/** Whether an alert still stands. The values are the tables' and REST's spelling. */
export const AlertState = { FIRING: 'firing', RESOLVED: 'resolved' } as const
export type AlertState = (typeof AlertState)[keyof typeof AlertState]

/** Why an alert opened. The values are the tables' spelling. */
export const AlertReason = {
  STARTED_TO_MATCH: 'started-to-match',
  COUNT_REACHED: 'count-reached',
  COOLDOWN_OVER: 'cooldown-over',
} as const
export type AlertReason = (typeof AlertReason)[keyof typeof AlertReason]

/** One firing of one rule: what an operator sees. */
export interface Alert {
  readonly id: string
  readonly ruleId: string
  /** The log at which it opened. */
  readonly logId: string | null
  /** How many matches it stands for: the first and all that joined it. */
  readonly matchCount: number
  readonly state: AlertState
  /** One sentence for people and chat tools. */
  readonly summary: string
  /** null of one that opened before this was kept; so is `cause`. */
  readonly reason: AlertReason | null
  /** What happened at last when it opened: with this its summary ends. */
  readonly cause: string | null
  readonly triggeredAt: Date
}
