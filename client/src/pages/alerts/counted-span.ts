/** Both ends of a window belong to it; what is asked for ends before `until`. */
const WITH_ITS_END_MS = 1

/**
 * Where the logs lie that may have counted with the one at which an alert opened: in any window that holds it. It need not be the
 * newest of them, since logs are judged as they change; what came to be after the alert did not count for it. ISO 8601.
 */
export function countedSpan(
  openedAt: string,
  triggeredAt: string,
  windowMinutes: number,
): { readonly since: string; readonly until: string } {
  const opened = Date.parse(openedAt)
  const width = windowMinutes * 60_000
  // Twilio's clock may run ahead of this product's: the log itself counts in any case.
  const end = Math.max(opened, Math.min(opened + width, Date.parse(triggeredAt)))
  return {
    since: new Date(opened - width).toISOString(),
    until: new Date(end + WITH_ITS_END_MS).toISOString(),
  }
}
