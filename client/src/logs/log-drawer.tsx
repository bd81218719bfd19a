import { Link } from 'wouter'
import { LogDocument, type LogQuery } from '../api/documents.js'
import { HOW_OFTEN_MS } from '../api/how-often.js'
import { useAnswer } from '../api/use-answer.js'
import { useScope } from '../app/scope.js'
import { ScopeNote } from '../app/scope-note.js'
import { useIsDemo } from '../app/use-is-demo.js'
import { Badge } from '../components/badge.js'
import { Button } from '../components/button.js'
import { CopyButton } from '../components/copy-button.js'
import { Dialog } from '../components/dialog.js'
import { Icon } from '../components/icon.js'
import type { Look } from '../components/look.js'
import { Missing } from '../components/missing.js'
import { OutsideLink } from '../components/outside-link.js'
import { Answered } from '../components/states.js'
import { actionLook } from '../rules/action-look.js'
import { say } from '../strings.js'
import { Time } from '../time/time.js'
import { useNow } from '../time/use-now.js'
import { logPath, toLog } from './log.js'
import { LogCode } from './log-code.js'
import { LogMeaning } from './log-meaning.js'
import { alertLook, deliveryLook } from '../alerts/look.js'
import { statusLook, typeLook } from './look.js'
import { ruleForLog } from './rule-for-log.js'
import './log-drawer.css'

type LogDetail = NonNullable<LogQuery['log']>

interface LogDrawerProps {
  readonly id: string
  readonly close: () => void
}

/** Everything about one log: what happened to it, what it means, what came of it, and the record itself. */
export function LogDrawer({ id, close }: LogDrawerProps) {
  const answer = useAnswer(LogDocument, { id }, { every: HOW_OFTEN_MS.happening })
  const log = answer.data?.log
  const title = log ? typeLook(log.logType).text : say.log.untitled
  return (
    <Dialog
      as="drawer"
      title={title}
      close={close}
      tools={<CopyButton text={permalink(id)} label={say.log.copyLink} />}
      foot={log && <Onward log={log} />}
    >
      <Answered answer={answer} lines={8}>
        {({ log: found }) =>
          found ? (
            <LogDetails log={found} />
          ) : (
            <Missing title={say.log.missing} href="/logs" way={say.log.allLogs}>
              {say.log.missingNext}
            </Missing>
          )
        }
      </Answered>
    </Dialog>
  )
}

function permalink(id: string): string {
  return new URL(logPath(id).slice(1), document.baseURI).href
}

function LogDetails({ log }: { readonly log: LogDetail }) {
  const status = statusLook(log.status)
  const { text } = toLog(log)
  // Twilio's words may be the title of what they mean, which stands right below.
  const isTitle = text === log.errorMeaning?.title
  return (
    <div className="log-details">
      <div className="log-lead">
        {status && <Badge {...status} />}
        <Time at={log.timestamp} as="full" />
        <Time at={log.timestamp} as="ago" />
      </div>
      {text !== null && !isTitle && <p className="log-text">{text}</p>}
      <LogMeaning log={log} />
      <dl className="facts">
        <Fact name={say.log.sid} value={log.twilioSid} />
        {log.fromNumber !== null && <Fact name={say.log.from} value={log.fromNumber} />}
        {log.toNumber !== null && <Fact name={say.log.to} value={log.toNumber} />}
        <Fact name={say.log.account} value={log.accountSid} />
      </dl>
      <Transitions log={log} />
      <Alerts log={log} />
      <Raw log={log} />
    </div>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
        <CopyButton text={value} label={say.log.copy(name)} />
      </dd>
    </div>
  )
}

function Transitions({ log }: { readonly log: LogDetail }) {
  return (
    <section>
      <h3>{say.log.transitions}</h3>
      <ol className="timeline">
        {log.transitions.map((transition, place) => {
          const look = statusLook(transition.status) ?? typeLook(log.logType)
          return (
            <li key={`${transition.at} ${transition.status} ${place}`} className={`tone-${look.tone}`}>
              <Badge {...look} />
              <LogCode log={{ ...transition, logType: log.logType }} />
              <Time at={transition.at} />
            </li>
          )
        })}
      </ol>
    </section>
  )
}

function Alerts({ log }: { readonly log: LogDetail }) {
  const now = useNow()
  return (
    <section>
      <h3>{say.log.alerts}</h3>
      {log.alerts.length === 0 && (
        <p className="muted small">
          {say.log.noAlerts} <Link href="/alerts">{say.log.allAlerts}</Link>
        </p>
      )}
      <ul className="log-alerts">
        {log.alerts.map((alert) => (
          <li key={alert.id}>
            <Link href={`/alerts/${alert.id}`}>{alert.rule.name}</Link>
            <span className="log-alert-states">
              <Badge {...alertLook(alert.state)} />
              {alert.deliveries.map((delivery) => (
                <Badge key={delivery.id} {...namedLook(delivery, now)} />
              ))}
              <Time at={alert.triggeredAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

type NamedDelivery = LogDetail['alerts'][number]['deliveries'][number]

/** Of a delivery, by what: a message may stand above it that has a status of the same name. */
function namedLook(delivery: NamedDelivery, now: number): Look {
  const look = deliveryLook(delivery, now)
  return { ...look, text: say.log.delivery(actionLook(delivery.action.actionType).text, look.text) }
}

function Raw({ log }: { readonly log: LogDetail }) {
  const text = JSON.stringify(log.rawData, null, 2)
  return (
    <section>
      <div className="raw-head">
        <h3>{say.log.raw}</h3>
        <CopyButton text={text} label={say.log.copyRaw}>
          {say.log.copyRaw}
        </CopyButton>
      </div>
      <pre className="raw" tabIndex={0}>
        {text}
      </pre>
    </section>
  )
}

function Onward({ log }: { readonly log: LogDetail }) {
  const isDemo = useIsDemo()
  const scope = useScope('OPERATE')
  return (
    <>
      <ScopeNote scope={scope} />
      {log.consoleUrl !== null && isDemo && <p className="log-obstacle muted small">{say.log.consoleDemo}</p>}
      {log.consoleUrl !== null && !isDemo && (
        <OutsideLink className="button" href={log.consoleUrl}>
          <Icon name="external" />
          <span>{say.log.console}</span>
        </OutsideLink>
      )}
      {scope.may ? (
        <Link className="button button-primary" href={`/rules/new?${ruleForLog(log)}`}>
          <Icon name="bell" />
          <span>{say.log.alertMe}</span>
        </Link>
      ) : (
        <Button icon="bell" disabled>
          {say.log.alertMe}
        </Button>
      )}
    </>
  )
}
