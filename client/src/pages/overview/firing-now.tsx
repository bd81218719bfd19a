import { Link } from 'wouter'
import type { OverviewQuery } from '../../api/documents.js'
import type { Shown } from '../../api/use-answer.js'
import { Badge } from '../../components/badge.js'
import { Panel } from '../../components/panel.js'
import { Answered, Empty } from '../../components/states.js'
import { briefSummary } from '../../rules/rule-words.js'
import { say } from '../../strings.js'
import { Time } from '../../time/time.js'

interface FiringNowProps {
  readonly answer: Shown<OverviewQuery>
}

/** The alerts that stand open. */
export function FiringNow({ answer }: FiringNowProps) {
  const count = answer.data?.firing.totalCount ?? 0
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
        {({ firing }) =>
          firing.nodes.length === 0 ? (
            <Empty icon="check" title={say.overview.calm}>
              {say.overview.calmNext}
            </Empty>
          ) : (
            <>
              <ul className="brief">
                {firing.nodes.map(({ id, rule, summary, matchCount, triggeredAt }) => (
                  <li key={id} className="tone-bad">
                    <Link href={`/alerts/${id}`}>{rule.name}</Link>
                    <Time at={triggeredAt} as="ago" />
                    <p className="muted small" title={summary}>
                      {say.alerts.matches(matchCount)} · {briefSummary(rule.name, summary)}
                    </p>
                  </li>
                ))}
              </ul>
              {firing.totalCount > firing.nodes.length && (
                <Link className="panel-link" href="/alerts?state=firing">
                  {say.overview.moreFiring(firing.totalCount - firing.nodes.length)}
                </Link>
              )}
            </>
          )
        }
      </Answered>
    </Panel>
  )
}
