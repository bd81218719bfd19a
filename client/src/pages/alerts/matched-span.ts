import type { AlertQuery } from '../../api/documents.js'

/** Both ends belong to it; what is asked for ends before `until`. */
const WITH_ITS_END_MS = 1
const MINUTE_MS = 60_000

interface Matched {
  readonly rule: Pick<NonNullable<AlertQuery['alert']>['rule'], 'thresholdWindowMinutes' | 'cooldownMinutes'>
  /** When the alert opened. */
  readonly triggeredAt: string
}

/**
 * Where the logs lie for which an alert is likely to stand, by its rule as it is now. Of a threshold in any window that holds the one at
 * which it opened: that need not be the newest of them, since logs are judged as they change, and what came to be after the alert did not
 * count for it. Of any other rule from that one on, to the end of the cooldown. ISO 8601.
 */
export function matchedSpan(
  { rule, triggeredAt }: Matched,
  openedAt: string,
): { readonly since: string; readonly until: string } {
  const [opened, triggered] = [Date.parse(openedAt), Date.parse(triggeredAt)]
  const width = rule.thresholdWindowMinutes === null ? null : rule.thresholdWindowMinutes * MINUTE_MS
  const since = width === null ? opened : opened - width
  const until =
    width === null ? triggered + rule.cooldownMinutes * MINUTE_MS : Math.min(opened + width, triggered)
  return {
    since: new Date(since).toISOString(),
    // Twilio's clock may run ahead of this product's: the log itself counts in any case.
    until: new Date(Math.max(opened, until) + WITH_ITS_END_MS).toISOString(),
  }
}
