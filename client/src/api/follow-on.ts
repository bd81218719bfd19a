import type { Api } from './api.js'
import { ApiError } from './api-error.js'
import { FeedStartDocument, type TypedDocumentString } from './documents.js'
import type { FeedLink } from './feed-link.js'
import { pauseBefore, Waits } from './retry-pause.js'

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
  const waits = new Waits()
  let stop = (): void => {}
  const follow = (cursor: string): void => {
    stop = feeds.follow(document, variables, cursor, {
      next: (event) => listener.next(event),
      stale: () => void followAnew(),
    })
  }
  const followAnew = async (): Promise<void> => {
    const cursor = await newCursor(api, waits, work.signal)
    if (cursor === null) return
    // From the new place on first, then what was before it: the other way round something would be missed again.
    follow(cursor)
    listener.missed()
  }
  follow(after)
  return () => {
    work.abort()
    waits.endAll()
    stop()
  }
}

/** Where the feeds stand now, however often it takes to be told; null once nobody waits for it, or the key is refused. */
async function newCursor(api: Pick<Api, 'ask'>, waits: Waits, signal: AbortSignal): Promise<string | null> {
  for (let tries = 0; !signal.aborted; tries += 1) {
    try {
      const { alerts } = await api.ask(FeedStartDocument, {}, signal)
      return signal.aborted ? null : alerts.feedCursor
    } catch (error) {
      if (!(error instanceof ApiError) || error.fault === 'refused' || signal.aborted) return null
      await waits.wait(pauseBefore(tries, Math.random()))
    }
  }
  return null
}
