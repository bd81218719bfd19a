import { useEffect, useEffectEvent, useState } from 'react'
import { useSession } from '../app/session.js'
import type { TypedDocumentString } from './documents.js'
import { followOn, type Listener } from './follow-on.js'

/**
 * Follows a feed while the component is shown, from the first `after` that it is given on: the feed keeps its place from there;
 * null waits. `variables` begin it anew when they change.
 */
export function useFollow<
  Event extends { readonly cursor: string },
  Variables extends { readonly after?: string | null | undefined },
>(
  document: TypedDocumentString<Readonly<Record<string, Event>>, Variables>,
  variables: Omit<Variables, 'after'>,
  after: string | null,
  { next, missed }: Listener<Event>,
): void {
  const session = useSession()
  const [start, setStart] = useState(after)
  if (start === null && after !== null) setStart(after)
  const onNext = useEffectEvent(next)
  const onMissed = useEffectEvent(missed)
  const key = JSON.stringify(variables)
  useEffect(() => {
    if (start === null) return undefined
    return followOn(session, document, JSON.parse(key) as typeof variables, start, {
      next: (event) => onNext(event),
      missed: () => onMissed(),
    })
  }, [document, session, key, start])
}
