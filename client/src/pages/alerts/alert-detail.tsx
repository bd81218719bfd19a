import { Link } from 'wouter'
import {
  AlertDocument,
  type AlertQuery,
  FeedStartDocument,
  RetryDeliveryDocument,
} from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { useChange } from '../../api/use-change.js'
import { useScope } from '../../app/scope.js'
import { Back } from '../../components/back.js'
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { PageHead } from '../../components/page-head.js'
import { Panel } from '../../components/panel.js'
import { Answered, Empty } from '../../components/states.js'
import { useToast } from '../../components/toasts.js'
import { alertLook } from '../../logs/look.js'
import { say } from '../../strings.js'
import { Time } from '../../time/time.js'
import { DeliveryItem } from './delivery-item.js'
import { useDeliveryNews } from './use-alerts.js'
import { Why } from './why.js'

export type ShownAlert = NonNullable<AlertQuery['alert']>

const EVERY_MS = 15_000

/** One alert: what fired, why, and what became of each delivery. */
export function AlertDetail({ id }: { readonly id: string }) {
  const answer = useAnswer(AlertDocument, { id }, { every: EVERY_MS })
  const start = useAnswer(FeedStartDocument, {})
  useDeliveryNews(start.data?.alerts.feedCursor ?? null, ['Alert'], id)
  return (
    <Answered answer={answer} lines={8}>
      {({ alert }) =>
        alert ? (
          <Details alert={alert} />
        ) : (
          <Empty
            icon="search"
            title={say.alerts.missing}
            action={
              <Link className="button" href="/alerts">
                {say.alerts.back}
              </Link>
            }
          />
        )
      }
    </Answered>
  )
}

function Details({ alert }: { readonly alert: ShownAlert }) {
  const failed = alert.deliveries.filter(({ status }) => status === 'FAILED')
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
        tools={failed.length > 1 && <RetryAll ids={failed.map(({ id }) => id)} />}
      />
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
                !alert.rule.deletedAt && (
                  <Link className="button" href={`/rules/${alert.rule.id}`}>
                    {say.alerts.addAction}
                  </Link>
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

function RetryAll({ ids }: { readonly ids: readonly string[] }) {
  const retry = useChange(RetryDeliveryDocument, ['Alert', 'Alerts'])
  const { may, why } = useScope('OPERATE')
  const toast = useToast()
  const retryAll = async (): Promise<void> => {
    let count = 0
    for (const id of ids) {
      try {
        await retry.mutateAsync({ id })
        count += 1
      } catch (error) {
        toast({ tone: 'bad', text: error instanceof Error ? error.message : String(error) })
        return
      }
    }
    toast({ tone: 'good', text: say.alerts.retrying(count) })
  }
  return (
    <Button
      icon="refresh"
      isBusy={retry.isPending}
      disabled={!may}
      title={why}
      onClick={() => void retryAll()}
    >
      {say.alerts.retryAll(ids.length)}
    </Button>
  )
}
