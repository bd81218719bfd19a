/** How the page is connected, and what it knows of cuts. Times in milliseconds of the device's clock, passed in, but for those that say otherwise. */
export interface LinkState {
  /** `connecting` until it was live once, `cut` while it tries to be live again. */
  readonly phase: 'connecting' | 'live' | 'cut'
  /** When the server was last heard: what is shown is true as of then. */
  readonly heardAt: number | null
  /** Counts what the server replays after a cut. */
  readonly replay: Replay | null
  /** The last cut, once it is made up for. */
  readonly caughtUp: CaughtUp | null
  /** Why the server did not let it in at the last try, in the server's words. */
  readonly refusal: string | null
}

interface Replay {
  /** When the link was opened again. */
  readonly from: number
  /** The same by the clock of the server, as every time of an event is. */
  readonly until: number
  /** When an event of the time of the cut last came; `from` until one has. */
  readonly lastAt: number
  /** The longest that nothing of it came between two of them. */
  readonly longestPause: number
  readonly count: number
}

export interface CaughtUp {
  readonly count: number
  /** False where more of that time may follow: the count was ended before it was quiet. */
  readonly isAll: boolean
  readonly at: number
}

/**
 * An event says when what it tells of happened, and an opened link when it was opened, both by the clock of the server: only that shows
 * whether an event is made up for, or new.
 */
export type LinkChange =
  | 'heard'
  | 'closed'
  | 'tick'
  | { readonly openedAt: number }
  | { readonly closedFor: string }
  | { readonly happenedAt: number }

/** A replay is over when nothing of the time of the cut came for so long, or for twice its longest pause: a busy server sends it in parts. */
const QUIET_MS = 2_000
/** And where nothing of it came at all: to begin takes such a server longer. */
const SILENT_MS = 5_000
/** A number that is not whole is said then. Where what writes the logs has another clock than what opens the link, all may seem to be of that time. */
const LONGEST_REPLAY_MS = 60_000
/** How long the page says that it has caught up. */
const CAUGHT_UP_MS = 12_000

export const newLink: LinkState = {
  phase: 'connecting',
  heardAt: null,
  replay: null,
  caughtUp: null,
  refusal: null,
}

/** The link after a change; the same object where a tick ends nothing. */
export function linkAfter(link: LinkState, change: LinkChange, now: number): LinkState {
  if (change === 'tick') return afterTick(link, now)
  if (change === 'closed') return closed(link, null)
  if (typeof change === 'object') {
    if ('openedAt' in change) return opened(link, now, change.openedAt)
    if ('closedFor' in change) return closed(link, change.closedFor)
  }
  const heard = { ...link, heardAt: now }
  if (change === 'heard' || !link.replay || change.happenedAt > link.replay.until) return heard
  return { ...heard, replay: withOneMore(link.replay, now) }
}

function withOneMore(replay: Replay, now: number): Replay {
  const pause = hasBegun(replay) ? now - replay.lastAt : 0
  return {
    ...replay,
    lastAt: now,
    longestPause: Math.max(replay.longestPause, pause),
    count: replay.count + 1,
  }
}

/** Whether something of the time of the cut has come since the link was opened again. */
function hasBegun({ from, lastAt }: Replay): boolean {
  return lastAt > from
}

function closed(link: LinkState, refusal: string | null): LinkState {
  if (link.phase === 'live') return { ...link, phase: 'cut', caughtUp: null, refusal }
  return link.refusal === refusal ? link : { ...link, refusal }
}

/** What was counted before another cut counts on. */
function opened(link: LinkState, now: number, until: number): LinkState {
  const count = link.replay?.count ?? 0
  const replay = link.phase === 'cut' ? { from: now, until, lastAt: now, longestPause: 0, count } : null
  return { phase: 'live', heardAt: now, replay, caughtUp: null, refusal: null }
}

function afterTick(link: LinkState, now: number): LinkState {
  const { phase, replay, caughtUp } = link
  if (replay && phase === 'live') {
    const quiet = hasBegun(replay) ? Math.max(QUIET_MS, 2 * replay.longestPause) : SILENT_MS
    const isAll = now - replay.lastAt >= quiet
    if (isAll || now - replay.from >= LONGEST_REPLAY_MS)
      return { ...link, replay: null, caughtUp: { count: replay.count, isAll, at: now } }
  }
  if (caughtUp && now - caughtUp.at >= CAUGHT_UP_MS) return { ...link, caughtUp: null }
  return link
}
