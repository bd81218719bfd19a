import { useLink } from '../api/use-link.js'
import type { LinkState } from '../api/link-state.js'
import { say } from '../strings.js'
import { Age } from '../time/age.js'
import { useSession } from './session.js'
import './link-badge.css'

/** Whether what is shown is live, and how old it is where it is not: always in sight. */
export function LinkBadge() {
  const link = useLink()
  const { feeds } = useSession()
  const { text, title } = wordsOf(link)
  return (
    <span className="link-badge">
      <span className="link" data-phase={link.phase} title={title}>
        <span className="link-word" role="status">
          {text}
        </span>
        {link.phase === 'cut' && link.heardAt !== null && (
          <span className="link-age">
            <Age since={link.heardAt} say={say.link.age} />
          </span>
        )}
      </span>
      {link.phase === 'cut' && (
        <button type="button" onClick={() => feeds.hurry()}>
          {say.link.tryNow}
        </button>
      )}
    </span>
  )
}

function wordsOf({ phase, caughtUp }: LinkState): { readonly text: string; readonly title?: string } {
  if (phase === 'connecting') return { text: say.link.connecting }
  if (phase === 'cut') return { text: say.link.cut }
  if (!caughtUp) return { text: say.link.connected, title: say.link.connectedTitle }
  return { text: say.link.caughtUp(caughtUp), title: say.link.caughtUpTitle(caughtUp) }
}
