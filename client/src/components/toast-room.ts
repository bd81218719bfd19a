/** So many are shown at once, unless more of them may not go yet. */
const MOST = 4

/**
 * The toasts once another has come: the oldest make room for it, but none whose end something waits for. Going before its time, it
 * would do what its reader may still undo.
 */
export function withAnother<Toast extends { readonly ended?: unknown }>(
  shown: readonly Toast[],
  added: Toast,
): readonly Toast[] {
  const tooMany = Math.max(0, shown.length + 1 - MOST)
  const gone = new Set(shown.filter(({ ended }) => ended === undefined).slice(0, tooMany))
  return [...shown.filter((toast) => !gone.has(toast)), added]
}
