import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react'
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

interface SessionProviderProps {
  /** Of whom is signed in: another key is another session, so give it as `key` too. */
  readonly apiKey: string
  readonly signOut: () => void
  readonly refused: (key: string) => void
  readonly children: ReactNode
}

export function SessionProvider({ apiKey, signOut, refused, children }: SessionProviderProps) {
  const { session, queries } = useMemo(() => newSession(apiKey, signOut, refused), [apiKey, signOut, refused])
  useEffect(() => live(session, queries), [session, queries])
  return (
    <SessionContext value={session}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </SessionContext>
  )
}

const RETRIES = 2

function newSession(key: string, signOut: () => void, refusedKey: (key: string) => void) {
  const refused = (): void => refusedKey(key)
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
  // What every page shows is on its way while the page is still being made.
  void queries.prefetchQuery(question(api, HealthDocument, {}))
  void queries.prefetchQuery(question(api, FiringDocument, {}))
  return { session: { api, feeds, links, key, signOut } satisfies Session, queries }
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
