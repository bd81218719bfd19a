import { HealthDocument, type HealthQuery } from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { HEALTH_EVERY_MS } from '../../app/notices.js'
import { Badge } from '../../components/badge.js'
import { Icon } from '../../components/icon.js'
import { Panel } from '../../components/panel.js'
import { Answered, Empty } from '../../components/states.js'
import { say } from '../../strings.js'
import { span } from '../../time/relative-time.js'
import { Time } from '../../time/time.js'

type Source = HealthQuery['health']['sources'][number]

/** Whether each list of each account is read, and when it last was. */
export function Sources() {
  const answer = useAnswer(HealthDocument, {}, { every: HEALTH_EVERY_MS })
  const sources = answer.data?.health.sources ?? []
  const failing = sources.filter(({ error }) => error !== null).length
  return (
    <Panel
      title={say.overview.sources}
      beside={
        sources.length > 0 && (
          <Badge
            {...(failing === 0
              ? { tone: 'good', icon: 'check', text: say.overview.polling }
              : { tone: 'bad', icon: 'warning', text: say.overview.failing(failing) })}
          />
        )
      }
    >
      <Answered answer={answer}>
        {({ health }) =>
          health.sources.length === 0 ? (
            <Empty icon="plug" title={say.overview.noSources}>
              {say.overview.noSourcesNext}
            </Empty>
          ) : (
            <ul className="sources">
              {health.sources.map((source) => (
                <SourceLine key={`${source.accountSid} ${source.source}`} source={source} />
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  )
}

function SourceLine({ source: { source, error, lastSuccessAt, lagSeconds } }: { readonly source: Source }) {
  return (
    <li className={`source tone-${error === null ? 'good' : 'bad'}`}>
      <Icon name={error === null ? 'check' : 'warning'} />
      <span className="source-name">{source}</span>
      <span className="muted small">
        {lastSuccessAt === null ? (
          say.overview.neverRead
        ) : (
          <>
            {say.overview.read} <Time at={lastSuccessAt} as="ago" />
          </>
        )}
      </span>
      {lagSeconds !== null && error !== null && (
        <span className="small source-lag">{say.overview.lag(span(lagSeconds))}</span>
      )}
      {error !== null && <p className="source-error small">{error}</p>}
    </li>
  )
}
