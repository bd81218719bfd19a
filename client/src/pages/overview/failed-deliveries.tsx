import { Link } from 'wouter'
import { whyGivenUp } from '../../alerts/given-up.js'
import { RetryFailed } from '../../alerts/retry-failed.js'
import { obstacleToMany } from '../../alerts/retry-obstacle.js'
import { OverviewDocument } from '../../api/documents.js'
import { HOW_OFTEN_MS } from '../../api/how-often.js'
import { useAnswer } from '../../api/use-answer.js'
import { useScope } from '../../app/scope.js'
import { ScopeNote } from '../../app/scope-note.js'
import { Badge } from '../../components/badge.js'
import { LinkButton } from '../../components/link-button.js'
import { Panel } from '../../components/panel.js'
import { Answered, Empty } from '../../components/states.js'
import { actionLook } from '../../rules/action-look.js'
import { say } from '../../strings.js'
import type { Span } from '../../time/span-picker.js'
import { Time } from '../../time/time.js'
import type { Stretch } from './stretch.js'

/** What was owed for an alert and could not be delivered. */
export function FailedDeliveries({ span, since, enabled }: Omit<Stretch, 'buckets'>) {
  const answer = useAnswer(
    OverviewDocument,
    { since },
    { every: HOW_OFTEN_MS.told, keepLast: true, keptAs: { span }, enabled },
  )
  const scope = useScope('OPERATE')
  const count = answer.data?.failed.totalCount ?? 0
  return (
    <Panel
      title={say.overview.failed}
      beside={count > 0 && <Badge tone="bad" icon="cross" text={say.overview.failedCount(count)} />}
      tools={
        count > 0 && (
          <Link className="panel-link" href={`/deliveries?status=failed&since=${span}`}>
            {say.overview.allFailed}
          </Link>
        )
      }
    >
      <Answered answer={answer}>
        {({ failed, failing, retriable: { totalCount: retriable } }) =>
          failed.nodes.length === 0 ? (
            <NoneFailed failing={failing.totalCount} span={span} />
          ) : (
            <>
              <ul className="brief">
                {failed.nodes.map(
                  ({ id, alertId, alert, action, attempts, attemptCount, triggeredAt, actionResult }) => (
                    <li key={id} className="tone-bad">
                      <Link href={`/alerts/${alertId}`}>
                        {say.overview.failedOf(actionLook(action.actionType).text, alert.rule.name)}
                      </Link>
                      <Time at={triggeredAt} as="either" />
                      <p className="muted small">
                        {say.overview.tries(attemptCount)} ·{' '}
                        {attempts.at(-1)?.error ?? whyGivenUp(actionResult) ?? say.overview.noReason}
                      </p>
                    </li>
                  ),
                )}
              </ul>
              <ScopeNote scope={scope} />
              <RetryFailed
                of={{ since }}
                obstacle={obstacleToMany({
                  count,
                  retriable,
                  some: failed.nodes.map(({ action, alert: { rule } }) => ({ action, rule })),
                  ofRule: null,
                })}
                ask={{
                  title: say.overview.retryTitle(retriable, count),
                  about: say.overview.retryAbout(say.span.lengths[span], retriable),
                }}
                isBrief
              >
                {say.alerts.retryAll(retriable, count)}
              </RetryFailed>
            </>
          )
        }
      </Answered>
    </Panel>
  )
}

/** What is still to be tried again has not failed for good, and was not sent either. */
function NoneFailed({ failing, span }: { readonly failing: number; readonly span: Span }) {
  const words = say.overview
  const length = say.span.lengths[span]
  if (failing > 0)
    return (
      <Empty
        icon="warning"
        title={words.keepFailing(failing)}
        action={<LinkButton href={`/deliveries?status=failing&since=${span}`}>{words.toFailing}</LinkButton>}
      >
        {words.keepFailingNext(length)}
      </Empty>
    )
  return (
    <Empty
      icon="send"
      title={words.noneFailed}
      action={<LinkButton href={`/deliveries?since=${span}`}>{words.toSent}</LinkButton>}
    >
      {words.noneFailedNext(length)}
    </Empty>
  )
}
