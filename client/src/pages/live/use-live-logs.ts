import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Api } from '../../api/api.js'
import { ApiError } from '../../api/api-error.js'
import {
  LogAddedDocument,
  LogChangedDocument,
  type LogFilter,
  LogIdsDocument,
  type LogLineFragment,
  LogPageDocument,
} from '../../api/documents.js'
import { untilAnswered } from '../../api/until-answered.js'
import { type Session, useSession } from '../../app/session.js'
import { type Log, toLog } from '../../logs/log.js'
import { filterOf, type LogChoice, mayLose } from '../../logs/log-choice.js'
import { LogNews } from '../../logs/log-news.js'
import { LogTail, type TailView } from '../../logs/log-tail.js'
import { serverNow } from '../../time/server-clock.js'

/** Drawing a burst more often than this would leave no time for scrolling and clicking. */
const DRAW_EVERY_MS = 120
const FIRST_PAGE = 200
/** So often the newest rows are compared with the filter again, and no others: one page answers for all of them. */
const COMPARE_EVERY_MS = 5_000
const COMPARED = 200

export interface LiveLogs {
  readonly tail: LogTail
  readonly news: LogNews
  readonly view: TailView
  /** False until the first page was read. */
  readonly isLoaded: boolean
  /** Why the page could not be read; where it was read before, it is being tried again. */
  readonly error: ApiError | null
  /** A cut was too long to be made up for: the list began anew, with a gap before it. */
  readonly hasGap: boolean
  retry(): void
}

type Stage = Pick<LiveLogs, 'isLoaded' | 'error' | 'hasGap'>

const beginning: Stage = { isLoaded: false, error: null, hasGap: false }

/** The newest logs of a choice, and from there on everything that happens, by two feeds that the server filters. */
export function useLiveLogs(choice: LogChoice): LiveLogs {
  const session = useSession()
  const [tail] = useState(() => new LogTail(drawSoon))
  const [news] = useState(() => new LogNews(Date.now()))
  const [stage, setStage] = useState(beginning)
  const [round, setRound] = useState(0)
  const key = JSON.stringify(choice)

  useEffect(() => {
    const given = JSON.parse(key) as LogChoice
    const work = new AbortController()
    const follow = async (hasGap: boolean): Promise<void> => {
      try {
        await followLogs(session, given, { tail, news }, work.signal, {
          failed: (error) => setStage((now) => ({ ...now, error })),
          stale: () => void follow(true),
        })
        if (!work.signal.aborted) setStage({ isLoaded: true, error: null, hasGap })
      } catch (error) {
        if (work.signal.aborted || !(error instanceof ApiError)) return
        setStage({ isLoaded: false, error, hasGap })
      }
    }
    setStage(beginning)
    news.begin(Date.now())
    void follow(false)
    return () => work.abort()
  }, [session, tail, news, key, round])

  const view = useSyncExternalStore(tail.watch, tail.read)
  return { tail, news, view, ...stage, retry: () => setRound((current) => current + 1) }
}

interface Hearer {
  /** The page could not be read yet: what was shown before stays meanwhile. */
  failed(error: ApiError): void
  /** All of it must begin anew. */
  stale(): void
}

/** Reads a page, however often that takes, and follows both feeds from where it was read, until `signal`. */
async function followLogs(
  { api, feeds, links }: Session,
  choice: LogChoice,
  { tail, news }: Pick<LiveLogs, 'tail' | 'news'>,
  signal: AbortSignal,
  { failed, stale }: Hearer,
): Promise<void> {
  const filter = filterOf(choice, serverNow())
  const page = { filter, first: FIRST_PAGE, after: null }
  const { logs } = await untilAnswered(() => api.ask(LogPageDocument, page, signal), signal, failed)
  if (signal.aborted) return
  tail.start(logs.nodes.map(toLog))
  let isStale = false
  const both = new AbortController()
  const follower = {
    stale: () => {
      both.abort()
      if (!isStale && !signal.aborted) stale()
      isStale = true
    },
  }
  /** Takes a log in; what it is now, and what was known of it before. */
  const take = (line: LogLineFragment): [Log, Log | undefined] => {
    links.change({ happenedAt: Date.parse(line.updatedAt) })
    const log = toLog(line)
    const before = tail.find(log.id)
    tail.put(log)
    return [log, before]
  }
  const stops = [
    feeds.follow(LogAddedDocument, { filter }, logs.feedCursor, {
      ...follower,
      next: ({ log }) => news.added(...take(log)),
    }),
    feeds.follow(LogChangedDocument, { filter }, logs.feedCursor, {
      ...follower,
      next: ({ log }) => news.changed(...take(log)),
    }),
    ...(mayLose(filter) ? [keepComparing(api, filter, tail)] : []),
  ]
  const end = AbortSignal.any([signal, both.signal])
  end.addEventListener('abort', () => stops.forEach((stop) => stop()))
}

/**
 * The feeds tell of what fulfils the filter, and so not of what no longer does: takes those of the newest rows away that a change
 * led out of it. Returns the stop.
 */
function keepComparing(api: Api, filter: LogFilter, tail: LogTail): () => void {
  const compare = async (): Promise<void> => {
    const rows = tail.newest(COMPARED)
    if (document.hidden || rows.length === 0) return
    const among = { ...filter, twilioSid: rows.map(({ twilioSid }) => twilioSid) }
    const { logs } = await api.ask(LogIdsDocument, { filter: among })
    const fitting = new Set(logs.nodes.map(({ id }) => id))
    for (const row of rows) if (!fitting.has(row.id)) tail.remove(row)
  }
  // Where it fails the rows stay, and are compared the next time.
  const timer = setInterval(() => void compare().catch(() => {}), COMPARE_EVERY_MS)
  return () => clearInterval(timer)
}

let drawnAt = 0

/** In the next frame, however many events came, and not before the reader's eye and thumb had their share. */
function drawSoon(draw: () => void): void {
  const wait = Math.max(0, drawnAt + DRAW_EVERY_MS - performance.now())
  setTimeout(() => {
    const now = (): void => {
      drawnAt = performance.now()
      draw()
    }
    // A page in the background gets no frames; what it holds must stay true all the same.
    if (document.hidden) now()
    else requestAnimationFrame(now)
  }, wait)
}
