import { Link } from 'wouter'
import { AlertLogsDocument } from '../../api/documents.js'
import { HOW_OFTEN_MS } from '../../api/how-often.js'
import { usePages } from '../../api/use-pages.js'
import { Older } from '../../components/older.js'
import { Answered } from '../../components/states.js'
import { FoundLog } from '../../logs/found-log.js'
import { everyLog, withChoice } from '../../logs/log-choice.js'
import { conditionOf } from '../../rules/rule-words.js'
import { MOST_COUNTED, say } from '../../strings.js'
import type { ShownAlert } from './alert-detail.js'
import { matchedSpan } from './matched-span.js'

const nothing = { totalCount: 0, nodes: [], pageInfo: { endCursor: null, hasNextPage: false } }

/** The logs for which an alert stands besides the one at which it opened, newest first. Nothing where there are none. */
export function AlertLogs({ alert }: { readonly alert: ShownAlert }) {
  const hasOthers = alert.matchCount > 1
  const pages = usePages(
    AlertLogsDocument,
    { id: alert.id },
    {
      of: (data) => data.alert?.logs ?? nothing,
      every: HOW_OFTEN_MS.told,
      stopsWithOlder: true,
      enabled: hasOthers,
    },
  )
  if (!hasOthers) return null
  return (
    <section className="why-log">
      <h3>{say.alerts.otherLogs}</h3>
      <Answered answer={pages}>
        {({ pages: loaded }) => {
          const { totalCount } = loaded[0]?.alert?.logs ?? nothing
          const others = loaded
            .flatMap((page) => page.alert?.logs.nodes ?? [])
            .filter(({ id }) => id !== alert.logId)
          return (
            <>
              <ul className="counted">
                {others.map((log) => (
                  <li key={log.id}>
                    <FoundLog log={log} at={log.timestamp} text={null} />
                  </li>
                ))}
              </ul>
              <Older pages={pages}>{say.alerts.moreLogs}</Older>
              {totalCount <= MOST_COUNTED && totalCount < alert.matchCount && (
                <Unnamed alert={alert} count={alert.matchCount - totalCount} />
              )}
            </>
          )
        }}
      </Answered>
    </section>
  )
}

/** Matches without a log here: says why that may be, and where the logs may be found. */
function Unnamed({ alert, count }: { readonly alert: ShownAlert; readonly count: number }) {
  const { rule, log } = alert
  return (
    <>
      <p className="muted small">{say.alerts.unnamed(count)}</p>
      {log && (
        <Link className="why-log-go" href={`/logs?${inAddress(rule, matchedSpan(alert, log.timestamp))}`}>
          {say.alerts.logsOfThen}
        </Link>
      )}
    </>
  )
}

/** The choice of logs that comes nearest to what the rule looks for. */
function inAddress(
  rule: ShownAlert['rule'],
  stretch: { readonly since: string; readonly until: string },
): string {
  const { condition, value } = conditionOf(rule)
  const entries = value.split(',').map((entry) => entry.trim())
  return withChoice(new URLSearchParams(), {
    ...everyLog,
    ...stretch,
    types: rule.logType === null ? [] : [rule.logType],
    statuses: condition === 'STATUS' ? entries : [],
    // A range, or what is left out, no list of codes can say.
    codes: condition === 'ERROR_CODE' && entries.every((code) => /^\d+$/.test(code)) ? entries : [],
  }).toString()
}
