import { useState } from 'react'
import { Link } from 'wouter'
import { CountedLogsDocument } from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { Button } from '../../components/button.js'
import { Note } from '../../components/note.js'
import { Answered } from '../../components/states.js'
import { FoundLog } from '../../logs/found-log.js'
import { everyLog, withChoice } from '../../logs/log-choice.js'
import { conditionOf } from '../../rules/rule-words.js'
import { say } from '../../strings.js'
import type { ShownAlert } from './alert-detail.js'
import { countedSpan } from './counted-span.js'

/** So many stand there at first. */
const FEW = 5

interface CountedLogsProps {
  readonly rule: ShownAlert['rule']
  readonly log: NonNullable<ShownAlert['log']>
  /** When the alert opened. */
  readonly triggeredAt: string
}

/**
 * The other logs around the one with which a threshold reached its count. The API keeps no list of them: the rule is tried over the
 * windows that hold it, which counts as it did then unless the rule was edited.
 */
export function CountedLogs({ rule, log, triggeredAt }: CountedLogsProps) {
  const { name, logType, patternType, patternValue, thresholdCount, thresholdWindowMinutes } = rule
  const minutes = thresholdWindowMinutes ?? 0
  const stretch = countedSpan(log.timestamp, triggeredAt, minutes)
  const input = { name, logType, patternType, patternValue, thresholdCount, thresholdWindowMinutes }
  const answer = useAnswer(CountedLogsDocument, { input, ...stretch }, { isPast: true })
  return (
    <section className="why-log">
      <h3>{say.alerts.alsoCounted}</h3>
      <Answered answer={answer}>
        {({ previewRule: { matches, matchCount, warnings } }) => (
          <>
            <p className="muted small">{say.alerts.countedBy(minutes)}</p>
            <Others
              logs={matches.flatMap((match) => (match.log.id === log.id ? [] : [match.log]))}
              further={matchCount - matches.length}
            />
            {warnings.map((warning) => (
              <Note key={warning} tone="warn" icon="warning">
                {warning}
              </Note>
            ))}
            <Link className="why-log-go" href={`/logs?${inAddress(rule, stretch)}`}>
              {say.alerts.logsOfThen}
            </Link>
          </>
        )}
      </Answered>
    </section>
  )
}

interface OthersProps {
  readonly logs: readonly Parameters<typeof FoundLog>[0]['log'][]
  /** How many more there are than the API lists. */
  readonly further: number
}

function Others({ logs, further }: OthersProps) {
  const [areAllShown, showAll] = useState(false)
  if (logs.length === 0) return <p>{say.alerts.noOthers}</p>
  return (
    <>
      <ul className="counted">
        {(areAllShown ? logs : logs.slice(0, FEW)).map((log) => (
          <li key={log.id}>
            <FoundLog log={log} at={log.timestamp} text={null} />
          </li>
        ))}
      </ul>
      {!areAllShown && logs.length > FEW && (
        <Button onClick={() => showAll(true)}>
          {further > 0 ? say.preview.newest(logs.length) : say.preview.all(logs.length)}
        </Button>
      )}
      {areAllShown && further > 0 && <p className="muted small">{say.preview.andMore(further)}</p>}
    </>
  )
}

/** The choice of logs that comes nearest to what the rule counts. */
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
