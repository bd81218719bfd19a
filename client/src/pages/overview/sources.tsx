import { useHealth } from '../../app/use-health.js'
import { Badge } from '../../components/badge.js'
import { Icon } from '../../components/icon.js'
import { Panel } from '../../components/panel.js'
import { Answered } from '../../components/states.js'
import { LastRead } from '../../sources/last-read.js'
import { NoSources } from '../../sources/no-sources.js'
import { sourceLook, sourceName, sourcesLook, type WatchedSource } from '../../sources/source-look.js'
import { say } from '../../strings.js'

/** Whether each list of each account is read, and when it last was. */
export function Sources() {
  const answer = useHealth()
  const sources = answer.data?.health.sources ?? []
  return (
    <Panel title={say.overview.sources} beside={sources.length > 0 && <Badge {...sourcesLook(sources)} />}>
      <Answered answer={answer}>
        {({ health }) =>
          health.sources.length === 0 ? (
            <NoSources />
          ) : (
            <ul className="sources">
              {health.sources.map((source) => (
                <SourceLine
                  key={`${source.accountSid} ${source.source}`}
                  source={source}
                  asOf={answer.dataUpdatedAt}
                />
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  )
}

function SourceLine({ source, asOf }: { readonly source: WatchedSource; readonly asOf: number }) {
  const { tone, icon } = sourceLook(source)
  return (
    <li className={`source tone-${tone}`}>
      <Icon name={icon} />
      <span className="source-name">{sourceName(source)}</span>
      <span className="muted small">
        <LastRead source={source} asOf={asOf} />
      </span>
      {source.error !== null && <p className="source-error small">{source.error}</p>}
    </li>
  )
}
