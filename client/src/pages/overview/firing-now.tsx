import { Link } from 'wouter'
import type { FiringQuery } from '../../api/documents.js'
import { firingCount, useFiringAnswer } from '../../app/firing.js'
import { Badge } from '../../components/badge.js'
import { LinkButton } from '../../components/link-button.js'
import { Panel } from '../../components/panel.js'
import { Answered, Empty } from '../../components/states.js'
import { briefCause } from '../../rules/rule-words.js'
import { say } from '../../strings.js'
import { Time } from '../../time/time.js'

/** So many rules have a line. */
const MOST = 4

/** The rules that fire: how many alerts of each stand open, and since when. */
export function FiringNow() {
  const answer = useFiringAnswer()
  const count = firingCount(answer.data)
  return (
    <Panel
      title={say.overview.firing}
      beside={count > 0 && <Badge tone="bad" icon="bell" text={say.figure(count)} />}
      tools={
        <Link className="panel-link" href="/alerts">
          {say.overview.allAlerts}
        </Link>
      }
    >
      <Answered answer={answer}>
        {({ alerts: { byRule } }) =>
          byRule.length === 0 ? (
            <Empty
              icon="check"
              title={say.overview.calm}
              action={<LinkButton href="/alerts?state=resolved">{say.overview.toResolved}</LinkButton>}
            >
              {say.overview.calmNext}
            </Empty>
          ) : (
            <>
              <ul className="brief">
                {byRule.slice(0, MOST).map((one) => (
                  <FiringRule key={one.rule.id} of={one} />
                ))}
              </ul>
              {byRule.length > MOST && (
                <Link className="panel-link" href="/alerts?state=firing">
                  {say.overview.moreRules(byRule.length - MOST)}
                </Link>
              )}
            </>
          )
        }
      </Answered>
    </Panel>
  )
}

type AlertsOfRule = FiringQuery['alerts']['byRule'][number]

/** Leads to the alert, or to all of the rule's where they are several. */
function FiringRule({ of: { rule, count, oldestAt, newest } }: { readonly of: AlertsOfRule }) {
  const isOne = count === 1
  return (
    <li className="tone-bad">
      <Link href={isOne ? `/alerts/${newest.id}` : `/alerts?state=firing&rule=${rule.id}`}>{rule.name}</Link>
      {isOne ? (
        <Time at={oldestAt} as="either" />
      ) : (
        <span className="brief-count number">{say.rules.fired(count)}</span>
      )}
      <p className="muted small" title={newest.summary}>
        {briefCause(rule.name, newest)} ·{' '}
        {isOne ? (
          say.alerts.matches(newest.matchCount)
        ) : (
          <>
            {say.overview.oldest} <Time at={oldestAt} as="either" />
          </>
        )}
      </p>
    </li>
  )
}
