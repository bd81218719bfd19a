import { useSyncExternalStore } from 'react'
import { useLink } from '../api/use-link.js'
import { Icon } from '../components/icon.js'
import { useIsNarrow } from '../components/use-is-narrow.js'
import { say } from '../strings.js'
import { Age } from '../time/age.js'
import { demoNotice, otherMessages } from './health-words.js'
import { useHealth } from './use-health.js'
import './notices.css'

/** What holds for every page: a demo, a device that is offline, a live feed that is not let in, what the server says of itself. */
export function Notices() {
  const { data, dataUpdatedAt } = useHealth()
  const isOnline = useSyncExternalStore(watchNetwork, () => navigator.onLine)
  const { refusal, heardAt } = useLink()
  const asOf = heardAt ?? dataUpdatedAt
  const demo = data ? demoNotice(data.health) : null
  return (
    <div className="notices">
      {!isOnline && (
        <p className="notice tone-warn">
          <Icon name="warning" />
          <span>
            <span role="status">{say.shell.offline}</span>{' '}
            {asOf > 0 && <Age since={asOf} say={say.states.age} />}
          </span>
        </p>
      )}
      {refusal !== null && (
        <p className="notice tone-warn" role="status">
          <Icon name="warning" />
          <span>{say.link.refusal(refusal)}</span>
        </p>
      )}
      {data && <Messages messages={otherMessages(data.health)} />}
      {demo !== null && (
        <p className="notice notice-demo tone-busy">
          <strong>{say.shell.demo}</strong>
          <span>{demo}</span>
        </p>
      )}
    </div>
  )
}

/** What the server says of itself; several of them are one line on a phone, which opens. */
function Messages({ messages }: { readonly messages: readonly string[] }) {
  const isNarrow = useIsNarrow()
  const lines = messages.map((message) => (
    <p key={message} className="notice tone-warn">
      <Icon name="warning" />
      <span>{message}</span>
    </p>
  ))
  if (!isNarrow || messages.length < 2) return lines
  return (
    <details className="notices-folded">
      <summary className="notice tone-warn">
        <Icon name="warning" />
        <span>{say.shell.problems(messages.length)}</span>
        <Icon name="chevron" />
      </summary>
      {lines}
    </details>
  )
}

function watchNetwork(watcher: () => void): () => void {
  addEventListener('online', watcher)
  addEventListener('offline', watcher)
  return () => {
    removeEventListener('online', watcher)
    removeEventListener('offline', watcher)
  }
}
