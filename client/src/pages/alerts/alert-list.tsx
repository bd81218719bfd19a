import { Link } from 'wouter'
import type { AlertLineFragment } from '../../api/documents.js'
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { Filters } from '../../components/filters.js'
import { LinkButton } from '../../components/link-button.js'
import { Older } from '../../components/older.js'
import { PageHead } from '../../components/page-head.js'
import { Segments } from '../../components/segments.js'
import { Answered, Empty } from '../../components/states.js'
import { alertLook } from '../../alerts/look.js'
import { RuleSelect } from '../../rules/rule-select.js'
import { briefCause } from '../../rules/rule-words.js'
import { say } from '../../strings.js'
import { Time } from '../../time/time.js'
import { DeliveryCounts } from './delivery-counts.js'
import { type AlertChoice, alertFilterOf, useAlertChoice } from './use-alert-choice.js'
import { useAlerts } from './use-alerts.js'
import { useListKeys } from '../../components/use-list-keys.js'

export function AlertList() {
  const [choice, choose] = useAlertChoice()
  const pages = useAlerts(alertFilterOf(choice))
  const isFiltered = choice.state !== 'all' || choice.rule !== ''
  return (
    <>
      <PageHead
        title={say.nav.alerts}
        about={say.alerts.about}
        tools={<AlertFilters choice={choice} choose={choose} />}
      />
      <section className="panel" aria-label={say.nav.alerts}>
        <Answered answer={pages} lines={8}>
          {({ pages: loaded }) => {
            const alerts = loaded.flatMap((page) => page.alerts.nodes)
            if (alerts.length === 0) return <NoAlerts isFiltered={isFiltered} choose={choose} />
            return (
              <>
                <Rows alerts={alerts} />
                <Older pages={pages}>{say.alerts.older}</Older>
              </>
            )
          }}
        </Answered>
      </section>
    </>
  )
}

interface AlertFiltersProps {
  readonly choice: AlertChoice
  choose(change: Partial<AlertChoice>): void
}

function AlertFilters({ choice, choose }: AlertFiltersProps) {
  return (
    <Filters
      label={say.alerts.filters}
      first={
        <Segments<AlertChoice['state']>
          label={say.alerts.state}
          value={choice.state}
          options={[
            { value: 'all', text: say.alerts.all },
            { value: 'firing', text: say.alerts.firing },
            { value: 'resolved', text: say.alerts.resolved },
          ]}
          choose={(state) => choose({ state })}
        />
      }
      chosen={[choice.rule]}
    >
      <RuleSelect value={choice.rule} choose={(rule) => choose({ rule })} />
    </Filters>
  )
}

function NoAlerts({
  isFiltered,
  choose,
}: { readonly isFiltered: boolean } & Pick<AlertFiltersProps, 'choose'>) {
  if (isFiltered)
    return (
      <Empty
        icon="filter"
        title={say.alerts.noneMatch}
        action={<Button onClick={() => choose({ state: 'all', rule: '' })}>{say.alerts.showAll}</Button>}
      />
    )
  return (
    <Empty
      icon="check"
      title={say.alerts.none}
      action={<LinkButton href="/rules">{say.alerts.toRules}</LinkButton>}
    >
      {say.alerts.noneNext}
    </Empty>
  )
}

function Rows({ alerts }: { readonly alerts: readonly AlertLineFragment[] }) {
  const list = useListKeys()
  return (
    <ul className="alerts" ref={list}>
      {alerts.map((alert) => (
        <li key={alert.id}>
          <Link className="alert" href={`/alerts/${alert.id}`} data-state={alert.state}>
            <span className="alert-state">
              <Badge {...alertLook(alert.state)} />
            </span>
            <span className="alert-words">
              <strong>{alert.rule.name}</strong>
              <span className="muted" title={alert.summary}>
                {briefCause(alert.rule.name, alert)}
              </span>
            </span>
            <span className="alert-count number" title={say.alerts.matchesTitle}>
              {say.alerts.matches(alert.matchCount)}
            </span>
            <span className="alert-deliveries">
              <DeliveryCounts deliveries={alert.deliveries} />
            </span>
            <span className="alert-time">
              <Time at={alert.triggeredAt} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
