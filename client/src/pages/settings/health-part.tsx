import { noticeLook } from '../../app/health-words.js'
import { useHealth } from '../../app/use-health.js'
import { Badge } from '../../components/badge.js'
import { Note } from '../../components/note.js'
import { Panel } from '../../components/panel.js'
import { Answered } from '../../components/states.js'
import { LastRead } from '../../sources/last-read.js'
import { NoSources } from '../../sources/no-sources.js'
import { sourceLook, sourceName, type WatchedSource } from '../../sources/source-look.js'
import { say } from '../../strings.js'

/** How the installation is doing, and each list that it reads. */
export function HealthPart() {
  const answer = useHealth()
  return (
    <Answered answer={answer} lines={6}>
      {({ health }) => (
        <>
          <Panel title={say.settings.installation} beside={<Status status={health.status} />}>
            <dl className="setting-facts">
              <Fact name={say.settings.version} value={health.version} />
              <Fact name={say.settings.database} value={health.database} />
              <Fact name={say.settings.jobs} value={health.jobs} />
              <Fact name={say.settings.pubsub} value={health.pubsub} />
            </dl>
            {health.notices.length > 0 && (
              <div className="setting-notes">
                {health.notices.map((notice) => (
                  <Note key={notice.text} {...noticeLook(notice)}>
                    {notice.text}
                  </Note>
                ))}
              </div>
            )}
          </Panel>
          <Panel title={say.settings.sources} isFlush>
            {health.sources.length === 0 ? (
              <NoSources />
            ) : (
              <ul className="setting-rows">
                {health.sources.map((source) => (
                  <Source
                    key={`${source.accountSid} ${source.source}`}
                    source={source}
                    asOf={answer.dataUpdatedAt}
                  />
                ))}
              </ul>
            )}
          </Panel>
        </>
      )}
    </Answered>
  )
}

function Status({ status }: { readonly status: string }) {
  const isGood = status === 'ok'
  return (
    <Badge
      tone={isGood ? 'good' : 'warn'}
      icon={isGood ? 'check' : 'warning'}
      text={isGood ? say.settings.ok : say.shell.degraded}
    />
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Source({ source, asOf }: { readonly source: WatchedSource; readonly asOf: number }) {
  return (
    <li className="setting-row">
      <div className="setting-words">
        <strong>{sourceName(source)}</strong>
        <span className="muted small mono">{source.accountSid}</span>
        {source.error !== null && <span className="small setting-fault">{source.error}</span>}
      </div>
      <div className="setting-side">
        <Badge {...sourceLook(source)} />
        <span className="muted small">
          <LastRead source={source} asOf={asOf} />
        </span>
      </div>
    </li>
  )
}
