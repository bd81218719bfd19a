/**
 * Whether a delivery may be what kills the process, so that nothing else is sent beside it. One death says little, since all that was
 * in flight died in it; of those that were in flight again when it came again, one may be the reason.
 */
export function fliesAlone(delivery: { readonly crashedTries: number }): boolean {
  return delivery.crashedTries >= 2
}
