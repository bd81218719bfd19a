/** How the page is connected, and what it knows of cuts. All times in milliseconds of one clock, passed in. */
export interface LinkState {
  /** `connecting` until it was live once, `cut` while it tries to be live again. */
  readonly phase: 'connecting' | 'live' | 'cut'
  /** When the server was last heard: what is shown is true as of then. */
  readonly heardAt: number | null
  /** Counts what the server replays after a cut. */
  readonly replay: Replay | null
  /** The last cut, once it is made up for. */
  readonly caughtUp: CaughtUp | null
}

interface Replay {
  readonly from: number
  readonly lastAt: number
  readonly count: number
}

export interface CaughtUp {
  readonly count: number
  readonly at: number
}

export type LinkChange = 'opened' | 'heard' | 'news' | 'closed' | 'tick'

/** A replay is over when nothing came for so long; in a busy feed live events follow without a pause, hence the limit. */
const QUIET_MS = 800
const LONGEST_REPLAY_MS = 5_000
/** How long the page says that it has caught up. */
const CAUGHT_UP_MS = 12_000

export const newLink: LinkState = { phase: 'connecting', heardAt: null, replay: null, caughtUp: null }

/** The link after a change; the same object where a tick ends nothing. */
export function linkAfter(link: LinkState, change: LinkChange, now: number): LinkState {
  if (change === 'tick') return afterTick(link, now)
  if (change === 'closed')
    return link.phase === 'live' ? { ...link, phase: 'cut', replay: null, caughtUp: null } : link
  if (change === 'opened') return opened(link, now)
  const heard = { ...link, heardAt: now }
  if (change === 'heard' || !link.replay) return heard
  return { ...heard, replay: { ...link.replay, lastAt: now, count: link.replay.count + 1 } }
}

function opened(link: LinkState, now: number): LinkState {
  const replay = link.phase === 'cut' ? { from: now, lastAt: now, count: 0 } : null
  return { phase: 'live', heardAt: now, replay, caughtUp: null }
}

function afterTick(link: LinkState, now: number): LinkState {
  const { replay, caughtUp } = link
  if (replay && (now - replay.lastAt >= QUIET_MS || now - replay.from >= LONGEST_REPLAY_MS))
    return { ...link, replay: null, caughtUp: { count: replay.count, at: now } }
  if (caughtUp && now - caughtUp.at >= CAUGHT_UP_MS) return { ...link, caughtUp: null }
  return link
}
