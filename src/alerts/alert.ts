/** Whether an alert still stands. The values are the tables' and REST's spelling. */
export const AlertState = { FIRING: 'firing', RESOLVED: 'resolved' } as const
export type AlertState = (typeof AlertState)[keyof typeof AlertState]

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
  readonly triggeredAt: Date
}
