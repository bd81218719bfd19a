import { useLink } from '../api/use-link.js'
import { say } from '../strings.js'
import { span } from '../time/relative-time.js'
import { useNow } from '../time/use-now.js'
import { useSession } from './session.js'
import './link-badge.css'

/** Whether what is shown is live, always in sight. */
export function LinkBadge() {
  const link = useLink()
  const now = useNow()
  const { feeds } = useSession()
  if (link.phase === 'connecting') return <Badge phase="connecting" text={say.link.connecting} />
  if (link.phase === 'live') {
    const count = link.caughtUp?.count
    if (count === undefined) return <Badge phase="live" text={say.link.live} />
    return <Badge phase="live" text={say.link.caughtUp(count)} title={say.link.caughtUpTitle(count)} />
  }
  const age = link.heardAt === null ? 0 : (now - link.heardAt) / 1_000
  return (
    <span className="link-cut">
      <Badge phase="cut" text={say.link.cut(span(age))} short={say.link.cutShort} />
      <button type="button" onClick={() => feeds.hurry()}>
        {say.link.tryNow}
      </button>
    </span>
  )
}

/** What counts seconds is only to be seen: read out it would be read every second. */
interface BadgeProps {
  readonly phase: 'connecting' | 'live' | 'cut'
  readonly text: string
  readonly short?: string
  readonly title?: string
}

function Badge({ phase, text, short, title }: BadgeProps) {
  return (
    <span className="link" data-phase={phase} title={title}>
      <span className="unseen" role="status">
        {short ?? text}
      </span>
      <span className={short === undefined ? undefined : 'link-long'} aria-hidden="true">
        {text}
      </span>
      {short !== undefined && (
        <span className="link-short" aria-hidden="true">
          {short}
        </span>
      )}
    </span>
  )
}
