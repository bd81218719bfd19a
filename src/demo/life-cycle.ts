/** A status and when it is reached (milliseconds since 1970). */
export interface Step {
  readonly status: string
  readonly at: number
}

/** Each part: a status and how long after the one before it comes. */
export function stepsFrom(start: number, parts: readonly (readonly [string, number])[]): readonly Step[] {
  let at = start
  return parts.map(([status, after]) => {
    at += after
    return { status, at }
  })
}

/** The steps behind a record at that moment, oldest first; the first is there from its birth. */
export function reached(steps: readonly Step[], now: number): readonly Step[] {
  return steps.filter((step, index) => index === 0 || step.at <= now)
}

/** When a status was reached, or null. */
export function reachedAt(behind: readonly Step[], ...statuses: readonly string[]): number | null {
  return behind.find((step) => statuses.includes(step.status))?.at ?? null
}
