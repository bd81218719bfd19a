/** From when to when something is wanted, as an address holds it. */
export interface When {
  /** A span up to now (`1h`), a moment (ISO 8601), or empty: from the beginning. */
  readonly since: string
  /** A moment (ISO 8601), or empty: up to now. */
  readonly until: string
}

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** The moment from which on it is wanted, ISO 8601; null = from the beginning. `now` in milliseconds. */
export function sinceOf(since: string, now: number): string | null {
  const span = /^(\d{1,4})([mhd])$/.exec(since)
  if (span) return new Date(now - Number(span[1]) * (UNIT_MS[span[2] ?? ''] ?? 0)).toISOString()
  return momentOf(since)
}

/** Both as the API's filters take them; what is not chosen, or makes no sense, is left out. */
export function boundsOf(when: When, now: number): { readonly since?: string; readonly until?: string } {
  const since = sinceOf(when.since, now)
  const until = momentOf(when.until)
  return { ...(since !== null && { since }), ...(until !== null && { until }) }
}

function momentOf(text: string): string | null {
  return Number.isNaN(Date.parse(text)) ? null : new Date(text).toISOString()
}
