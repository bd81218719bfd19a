import { useSyncExternalStore } from 'react'

const query = '(max-width: 800px)'

/** Whether there is room for one column only, as on a phone. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(watch, () => matchMedia(query).matches)
}

function watch(watcher: () => void): () => void {
  const list = matchMedia(query)
  list.addEventListener('change', watcher)
  return () => list.removeEventListener('change', watcher)
}
