/**
 * By how many seconds a list is behind at `now`: what the server said at `asOf` and what has passed since, both by the device's clock,
 * which may be another than the server's. Null: it was never read.
 */
export function lagAt(
  { lagSeconds }: { readonly lagSeconds: number | null },
  asOf: number,
  now: number,
): number | null {
  return lagSeconds === null ? null : lagSeconds + Math.max(0, now - asOf) / 1_000
}
