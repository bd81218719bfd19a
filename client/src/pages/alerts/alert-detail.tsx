import { isToRetry } from '../../alerts/retry-delivery.js'
import { RetryFailed } from '../../alerts/retry-failed.js'
import { obstacleToAll, obstacleToOne } from '../../alerts/retry-obstacle.js'
import { useDeliveryNews } from '../../alerts/use-delivery-news.js'
import { AlertDocument, type AlertQuery, FeedStartDocument } from '../../api/documents.js'
import { HOW_OFTEN_MS } from '../../api/how-often.js'
import { useAnswer } from '../../api/use-answer.js'
import { useScope } from '../../app/scope.js'
import { ScopeNote } from '../../app/scope-note.js'
import { Back } from '../../components/back.js'
import { Badge } from '../../components/badge.js'
import { LinkButton } from '../../components/link-button.js'
import { Missing } from '../../components/missing.js'
import { PageHead } from '../../components/page-head.js'
import { Panel } from '../../components/panel.js'
import { Answered, Empty } from '../../components/states.js'
import { alertLook } from '../../alerts/look.js'
import { say } from '../../strings.js'
import { Time } from '../../time/time.js'
import { DeliveryItem } from './delivery-item.js'
import { Why } from './why.js'

export type ShownAlert = NonNullable<AlertQuery['alert']>

/** How long after one rereading the next may begin, in milliseconds. */
const REREAD_EVERY_MS = 200

/** One alert: what fired, why, and what became of each delivery. */
export function AlertDetail({ id }: { readonly id: string }) {
  const answer = useAnswer(AlertDocument, { id }, { every: HOW_OFTEN_MS.told })
  const start = useAnswer(FeedStartDocument, {})
  useDeliveryNews(start.data?.alerts.feedCursor ?? null, ['Alert'], {
    alertId: id,
    pauseMs: REREAD_EVERY_MS,
  })
  return (
    <Answered answer={answer} lines={8}>
      {({ alert }) =>
        alert ? (
          <Details alert={alert} />
        ) : (
          <Missing title={say.alerts.missing} href="/alerts" way={say.alerts.back} />
        )
      }
    </Answered>
  )
}

function Details({ alert }: { readonly alert: ShownAlert }) {
  const scope = useScope('OPERATE')
  const failed = alert.deliveries
    .filter(({ status }) => status === 'FAILED')
    .map(({ action }) => ({ action, rule: alert.rule }))
  const toRetry = failed.filter((one) => obstacleToOne(one) === undefined)
  return (
    <>
      <Back href="/alerts">{say.alerts.back}</Back>
      <PageHead
        title={alert.rule.name}
        about={
          <span className="alert-lead">
            <Badge {...alertLook(alert.state)} />
            <Time at={alert.triggeredAt} as="full" />
            <Time at={alert.triggeredAt} as="ago" />
          </span>
        }
        tools={
          failed.length > 1 && (
            <RetryFailed of={{ alertId: alert.id }} obstacle={obstacleToAll(failed)}>
              {say.alerts.retryAll(toRetry.length, failed.length)}
            </RetryFailed>
          )
        }
      />
      {alert.deliveries.some(isToRetry) && <ScopeNote scope={scope} />}
      <div className="alert-page">
        <Why alert={alert} />
        <Panel
          title={say.alerts.deliveries}
          beside={<span className="muted small">{say.alerts.deliveriesAbout(alert.deliveries.length)}</span>}
          isFlush
        >
          {alert.deliveries.length === 0 ? (
            <Empty
              icon="bell"
              title={say.alerts.noDeliveries}
              action={
                alert.rule.deletedAt ? (
                  <LinkButton href="/rules">{say.alerts.toRules}</LinkButton>
                ) : (
                  <LinkButton href={`/rules/${alert.rule.id}`}>{say.alerts.addAction}</LinkButton>
                )
              }
            >
              {say.alerts.noDeliveriesNext}
            </Empty>
          ) : (
            <ul className="deliveries">
              {alert.deliveries.map((delivery) => (
                <DeliveryItem key={delivery.id} delivery={delivery} rule={alert.rule} />
              ))}
            </ul>
          )}
        </Panel>
      </div>
    </>
  )
}
