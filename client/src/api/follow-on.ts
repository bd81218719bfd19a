import type { Api } from './api.js'
import { FeedStartDocument, type TypedDocumentString } from './documents.js'
import type { FeedLink } from './feed-link.js'
import { untilAnswered } from './until-answered.js'

export interface Listener<Event> {
  next(event: Event): void
  /** A part of the feed is lost: what was read before must be read anew. */
  missed(): void
}

/**
 * Follows a feed from `after` on, until what it returns is called; where its cursor turns out to be of no use any more, from where
 * the feeds stand by then.
 */
export function followOn<
  Event extends { readonly cursor: string },
  Variables extends { readonly after?: string | null | undefined },
>(
  { api, feeds }: { readonly api: Pick<Api, 'ask'>; readonly feeds: Pick<FeedLink, 'follow'> },
  document: TypedDocumentString<Readonly<Record<string, Event>>, Variables>,
  variables: Omit<Variables, 'after'>,
  after: string,
  listener: Listener<Event>,
): () => void {
  const work = new AbortController()
  let stop = (): void => {}
  const follow = (cursor: string): void => {
    stop = feeds.follow(document, variables, cursor, {
      next: (event) => listener.next(event),
      stale: () => void followAnew(),
    })
  }
  const followAnew = async (): Promise<void> => {
    const cursor = await newCursor(api, work.signal)
    if (cursor === null) return
    // From the new place on first, then what was before it: the other way round something would be missed again.
    follow(cursor)
    listener.missed()
  }
  follow(after)
  return () => {
    work.abort()
    stop()
  }
}

/** Where the feeds stand now, however often it takes to be told; null once nobody waits for it, or asking again is of no use. */
async function newCursor(api: Pick<Api, 'ask'>, signal: AbortSignal): Promise<string | null> {
  try {
    const { alerts } = await untilAnswered(() => api.ask(FeedStartDocument, {}, signal), signal)
    return signal.aborted ? null : alerts.feedCursor
  } catch {
    return null
  }
}
