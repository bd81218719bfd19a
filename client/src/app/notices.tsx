import { Link } from 'wouter'
import { useLink } from '../api/use-link.js'
import { Icon } from '../components/icon.js'
import { say } from '../strings.js'
import { Age } from '../time/age.js'
import { demoNotice, type HealthNotice, otherNotices } from './health-words.js'
import { useHealth } from './use-health.js'
import { useIsOnline } from './use-is-online.js'
import './notices.css'

/** What holds for every page: a demo, a device that is offline, a live feed that is not let in, what the server says of itself. */
export function Notices() {
  const { data, dataUpdatedAt } = useHealth()
  const isOnline = useIsOnline()
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
      {data && <Said notices={otherNotices(data.health)} />}
      {demo !== null && (
        <p className="notice notice-demo tone-busy">
          <strong>{say.shell.demo}</strong>
          <span>{demo}</span>
        </p>
      )}
    </div>
  )
}

/** What the server says of itself; several of them are one line, which opens. The deliveries that keep failing are one press away. */
function Said({ notices }: { readonly notices: readonly HealthNotice[] }) {
  const toFailing = notices.some(({ code }) => code === 'ACTION_FAILS') && (
    <Link className="notice-link" href="/deliveries?status=failing">
      {say.shell.failingDeliveries}
    </Link>
  )
  const lines = notices.map(({ text }) => (
    <p key={text} className="notice">
      <Icon name="warning" />
      <span>{text}</span>
    </p>
  ))
  if (notices.length === 0) return null
  return (
    <div className="notices-said tone-warn">
      {notices.length === 1 ? (
        lines
      ) : (
        <details className="notices-folded">
          <summary className="notice">
            <Icon name="warning" />
            <span>{say.shell.problems(notices.length)}</span>
            <Icon name="chevron" />
          </summary>
          {lines}
        </details>
      )}
      {toFailing}
    </div>
  )
}
