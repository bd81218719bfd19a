/** How far apart the clocks of a process and of its database may be before it is told, in seconds. */
const TOLERATED_SECONDS = 60

/** What the database's clock said, between two looks at the clock of the process. */
export interface ClockLook {
  readonly before: Date
  readonly database: Date
  readonly after: Date
}

/**
 * By how many seconds the clock of the process is ahead of the database's, and behind it where that is negative; 0 where they may agree.
 * An answer that was long under way is no sign of a wrong clock.
 */
export function secondsAhead({ before, database, after }: ClockLook): number {
  const ahead = before.getTime() - database.getTime()
  const behind = database.getTime() - after.getTime()
  return Math.round((Math.max(ahead, 0) - Math.max(behind, 0)) / 1_000)
}

/** Whether so many seconds are worth a word. */
export function isSkewed(ahead: number): boolean {
  return Math.abs(ahead) > TOLERATED_SECONDS
}

/** What it comes to, in one sentence. */
export function skewInWords(ahead: number): string {
  const how = ahead > 0 ? 'ahead of' : 'behind'
  return `The clock of this process is ${Math.abs(ahead)} s ${how} the database's: webhooks that are signed with the time may be refused here and by receivers, and times are written wrong, until both clocks are right.`
}
