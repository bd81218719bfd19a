import { Link } from 'wouter'
import { Badge } from '../../components/badge.js'
import { Icon } from '../../components/icon.js'
import { Note } from '../../components/note.js'
import { Panel } from '../../components/panel.js'
import { logPath } from '../../logs/log.js'
import { LogCode } from '../../logs/log-code.js'
import { LogMeaning } from '../../logs/log-meaning.js'
import { statusLook, typeLook } from '../../logs/look.js'
import { briefSummary, ruleSentence } from '../../rules/rule-words.js'
import { say } from '../../strings.js'
import { Time } from '../../time/time.js'
import type { ShownAlert } from './alert-detail.js'
import { AlertLogs } from './alert-logs.js'

/** Why an alert fired: the rule in words, its count against what was asked for, and the logs that made it. */
export function Why({ alert }: { readonly alert: ShownAlert }) {
  const { rule } = alert
  return (
    <Panel
      title={say.alerts.why}
      tools={
        rule.deletedAt ? (
          <span className="muted small">{say.alerts.ruleDeleted}</span>
        ) : (
          <Link className="button button-quiet" href={`/rules/${rule.id}`}>
            {say.alerts.openRule}
          </Link>
        )
      }
    >
      <div className="why">
        <div>
          <p className="muted small">{say.alerts.whenOpened}</p>
          <p className="why-summary">{briefSummary(rule.name, alert.summary)}</p>
        </div>
        <dl className="why-facts">
          <div>
            <dt>{say.alerts.ruleSays}</dt>
            <dd>{ruleSentence(rule)}.</dd>
            {isChangedSince(alert) && (
              <dd>
                <Note tone="warn" icon="info">
                  {say.alerts.ruleChanged} <Time at={rule.conditionChangedAt} as="full" />.
                  {rule.deletedAt === null && (
                    <>
                      {' '}
                      <Link href={`/rules/${rule.id}`}>{say.alerts.seeRule}</Link>
                    </>
                  )}
                </Note>
              </dd>
            )}
          </div>
          <div>
            <dt>{say.alerts.counted}</dt>
            <dd>
              <Count alert={alert} />
            </dd>
          </div>
        </dl>
        {alert.log?.errorMeaning && <LogMeaning log={alert.log} />}
        <OpeningLog alert={alert} />
        <AlertLogs alert={alert} />
      </div>
    </Panel>
  )
}

/** Whether what the rule looks for changed after the alert opened. */
function isChangedSince({ rule, triggeredAt }: ShownAlert): boolean {
  return Date.parse(rule.conditionChangedAt) > Date.parse(triggeredAt)
}

function Count({ alert }: { readonly alert: ShownAlert }) {
  const { rule, matchCount: count } = alert
  if (alert.reason === 'COOLDOWN_OVER') return <>{say.alerts.heldOn(count)}</>
  const threshold = rule.patternType === 'THRESHOLD' ? rule.thresholdCount : null
  if (threshold === null) return <>{say.alerts.matched(count)}</>
  // What the alert before counted already is left out, or the rule may ask for another count by now.
  if (count < threshold || isChangedSince(alert)) return <>{say.alerts.matches(count)}</>
  return <>{say.alerts.countOf(count, threshold, rule.thresholdWindowMinutes ?? 0)}</>
}

function OpeningLog({ alert: { log } }: { readonly alert: ShownAlert }) {
  if (!log)
    return (
      <p className="muted">
        {say.alerts.noLog} <Link href="/settings/retention">{say.retention.title}</Link>
      </p>
    )
  const status = statusLook(log.status)
  const type = typeLook(log.logType)
  const said = log.errorMessage ?? log.text
  return (
    <section className="why-log">
      <h3>{say.alerts.openedAt}</h3>
      <Link className="why-log-card" href={logPath(log.id)}>
        <span className="why-log-head">
          <Badge {...type} />
          {status && <Badge {...status} />}
          <LogCode log={log} />
          <Time at={log.timestamp} />
        </span>
        {(log.fromNumber ?? log.toNumber) !== null && (
          <span className="number">
            <bdi>{log.fromNumber ?? say.none}</bdi> → <bdi>{log.toNumber ?? say.none}</bdi>
          </span>
        )}
        {said !== null && <span className="why-log-text">{said}</span>}
        <span className="muted small mono">{log.twilioSid}</span>
        <span className="why-log-go">
          {say.alerts.openLog} <Icon name="chevron-right" />
        </span>
      </Link>
    </section>
  )
}
