import { useState } from 'react'
import { SettingsDocument, type SettingsQuery } from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { useScope } from '../../app/scope.js'
import { ScopeNote } from '../../app/scope-note.js'
import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { Panel } from '../../components/panel.js'
import { Segments } from '../../components/segments.js'
import { Answered, Empty } from '../../components/states.js'
import { say } from '../../strings.js'

type Setting = SettingsQuery['settings'][number]

/** Every setting as the process that answers has it, and where it was given. Secrets are hidden by the server. */
export function ConfigurationPart() {
  const scope = useScope('ADMIN')
  const answer = useAnswer(SettingsDocument, {}, { enabled: scope.may })
  const [shown, show] = useState<'all' | 'given'>('all')
  if (!scope.may) return <ScopeNote scope={scope} />
  return (
    <Answered answer={answer} lines={10}>
      {({ settings }) => (
        <>
          <div className="configuration-head">
            <p className="muted">{say.configuration.about}</p>
            <Segments<'all' | 'given'>
              label={say.configuration.shown}
              value={shown}
              options={[
                { value: 'all', text: say.configuration.all(settings.length) },
                { value: 'given', text: say.configuration.given(settings.filter(isGiven).length) },
              ]}
              choose={show}
            />
          </div>
          <Sections
            settings={shown === 'all' ? settings : settings.filter(isGiven)}
            showAll={() => show('all')}
          />
        </>
      )}
    </Answered>
  )
}

interface SectionsProps {
  readonly settings: readonly Setting[]
  showAll(): void
}

function Sections({ settings, showAll }: SectionsProps) {
  if (settings.length === 0)
    return (
      <section className="panel">
        <Empty
          icon="settings"
          title={say.configuration.none}
          action={<Button onClick={showAll}>{say.configuration.showAll}</Button>}
        >
          {say.configuration.noneNext}
        </Empty>
      </section>
    )
  const sections = [...new Set(settings.map(({ section }) => section))]
  return sections.map((name) => (
    <Panel key={name} title={name} isFlush>
      <dl className="setting-rows">
        {settings
          .filter(({ section }) => section === name)
          .map((setting) => (
            <Row key={setting.name} setting={setting} />
          ))}
      </dl>
    </Panel>
  ))
}

function Row({ setting }: { readonly setting: Setting }) {
  const { name, meaning, value, default: usual, origin } = setting
  return (
    <div className="configuration-row">
      <dt>
        <code>{name}</code>
        <span className="muted small">{meaning}</span>
      </dt>
      <dd>
        {value === null ? (
          <span className="muted">{say.configuration.unset(usual)}</span>
        ) : (
          <code>{value === '' ? say.configuration.empty : value}</code>
        )}
        {isGiven(setting) && (
          <Badge tone="busy" icon="edit" text={say.configuration.origins[origin] ?? origin} />
        )}
      </dd>
    </div>
  )
}

function isGiven({ origin }: Setting): boolean {
  return origin !== 'default'
}
