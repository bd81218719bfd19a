import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { Rarely } from './rarely.js'

/** In a storm of events what is shown is read anew once in so many milliseconds. */
const PAUSE_MS = 2_000

/** Has the queries of these names asked again where they are shown, however often it is called. */
export function useReread(names: readonly string[], pauseMs = PAUSE_MS): () => void {
  const queries = useQueryClient()
  const key = names.join(' ')
  const rereading = useMemo(
    () =>
      new Rarely(
        () => Promise.all(key.split(' ').map((name) => queries.invalidateQueries({ queryKey: [name] }))),
        pauseMs,
      ),
    [queries, key, pauseMs],
  )
  useEffect(() => () => rereading.stop(), [rereading])
  return () => rereading.ask()
}
