import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect } from 'react'
import { Api } from '../api/api.js'
import { mayHeal } from '../api/api-error.js'
import { FiringDocument, HealthDocument } from '../api/documents.js'
import { graphqlUrl, socketUrl } from '../api/endpoints.js'
import { FeedLink } from '../api/feed-link.js'
import { LinkStore } from '../api/link-store.js'
import { question } from '../api/question.js'
import { serverSaid } from '../time/server-clock.js'

/** Everything that a signed-in stay works with. */
export interface Session {
  readonly api: Api
  readonly feeds: FeedLink
  readonly links: LinkStore
  readonly key: string
  signOut(): void
}

const SessionContext = createContext<Session | null>(null)

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession is for what is shown after signing in.')
  return session
}

/** A session with the answers that are kept in it. */
export interface Stay {
  readonly session: Session
  readonly queries: QueryClient
  /** Resolves, whatever comes of it, once the question of what is watched was answered: what is asked for first hangs on that. */
  readonly begun: Promise<unknown>
}

/** Give the key as `key` too: another key is another session. */
export function SessionProvider({ stay, children }: { readonly stay: Stay; readonly children: ReactNode }) {
  const { session, queries } = stay
  useEffect(() => live(session, queries), [session, queries])
  return (
    <SessionContext value={session}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </SessionContext>
  )
}

const RETRIES = 2

/**
 * Begins a session, and asks at once for what every page shows: it is on its way while the page is still being made.
 * @param refused what the server is asked for with this key it refuses
 */
export function newStay(key: string, signOut: () => void, refused: () => void): Stay {
  const links = new LinkStore(Date.now)
  const feeds = new FeedLink(
    { url: socketUrl(document.baseURI), key },
    { linkChanged: (change) => links.change(change), clockRead: serverSaid, refused },
    Math.random,
    Date.now,
  )
  const queries = new QueryClient({
    defaultOptions: {
      // `always`: the product may run on this machine or in this house, where it answers without the internet.
      queries: {
        networkMode: 'always',
        staleTime: 5_000,
        retry: (tries, error) => tries < RETRIES && mayHeal(error),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
  const api = new Api(graphqlUrl(document.baseURI), key, refused)
  const begun = queries.prefetchQuery(question(api, HealthDocument, {}))
  void queries.prefetchQuery(question(api, FiringDocument, {}))
  return { session: { api, feeds, links, key, signOut }, queries, begun }
}

/** Reacts to the network and to the reader coming back; ends everything when the stay is over. */
function live({ feeds, links }: Session, queries: QueryClient): () => void {
  const stop = new AbortController()
  const { signal } = stop
  const hurry = (): void => feeds.hurry()
  links.start()
  addEventListener('online', hurry, { signal })
  addEventListener('offline', () => feeds.cut(), { signal })
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && hurry(), {
    signal,
  })
  let wasCut = false
  const unwatch = links.watch(() => {
    const { phase } = links.read()
    if (phase === 'cut') wasCut = true
    else if (phase === 'live' && wasCut) {
      wasCut = false
      void queries.invalidateQueries({ predicate: ({ meta }) => meta?.['isKept'] !== true })
    }
  })
  return () => {
    unwatch()
    stop.abort()
    links.stop()
    feeds.close()
    queries.clear()
  }
}
