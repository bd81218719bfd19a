import { useEffect, useEffectEvent } from 'react'
import { useSession } from '../app/session.js'
import type { TypedDocumentString } from './documents.js'

/** Follows a feed while the component is shown, from `after` on; null waits. `variables` begin it anew when they change. */
export function useFollow<
  Event extends { readonly cursor: string },
  Variables extends { readonly after?: string | null | undefined },
>(
  document: TypedDocumentString<Readonly<Record<string, Event>>, Variables>,
  variables: Omit<Variables, 'after'>,
  after: string | null,
  next: (event: Event) => void,
  stale: () => void,
): void {
  const { feeds, links } = useSession()
  const onNext = useEffectEvent(next)
  const onStale = useEffectEvent(stale)
  const key = JSON.stringify(variables)
  useEffect(() => {
    if (after === null) return undefined
    return feeds.follow(document, JSON.parse(key) as typeof variables, after, {
      next: (event) => {
        links.change('news')
        onNext(event)
      },
      stale: () => onStale(),
    })
  }, [document, feeds, links, key, after])
}
