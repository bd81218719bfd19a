import { Link } from 'wouter'
import { RetentionDocument, type RetentionQuery } from '../../../api/documents.js'
import { useAnswer } from '../../../api/use-answer.js'
import { useScope } from '../../../app/scope.js'
import { ScopeNote } from '../../../app/scope-note.js'
import { Panel } from '../../../components/panel.js'
import { Answered } from '../../../components/states.js'
import { say } from '../../../strings.js'
import { EraseNumber } from './erase-number.js'
import { type Kept, keptThings } from './kept-things.js'
import './retention.css'

/** How long what is kept, and how a number is taken out before that. */
export function RetentionPart() {
  const scope = useScope('ADMIN')
  const answer = useAnswer(RetentionDocument, {}, { enabled: scope.may })
  if (!scope.may) return <ScopeNote scope={scope} />
  return (
    <>
      <Answered answer={answer} lines={8}>
        {(found) => <Spans found={found} />}
      </Answered>
      <EraseNumber />
    </>
  )
}

function Spans({ found }: { readonly found: RetentionQuery }) {
  return (
    <Panel title={say.retention.title} isFlush>
      <p className="muted small retention-lead">
        {say.retention.about} <Link href="/settings/configuration">{say.retention.configuration}</Link>
      </p>
      <dl className="retention-rows">
        {keptThings(found).map((kept) => (
          <Row key={kept.name} kept={kept} />
        ))}
      </dl>
    </Panel>
  )
}

function Row({ kept: { name, about, length, stored, setting } }: { readonly kept: Kept }) {
  return (
    <div className="retention-row">
      <dt>{name}</dt>
      <dd className="retention-length">{length}</dd>
      <dd className="retention-about muted small">
        {about}
        {setting !== undefined && <code>{setting}</code>}
      </dd>
      {stored.length > 0 && (
        <dd className="retention-stored muted small number">
          {stored.map((text) => (
            <span key={text}>{text}</span>
          ))}
        </dd>
      )}
    </div>
  )
}
