import type { ReactNode } from 'react'
import type { AuditAction, AuditLogQuery } from '../../../api/documents.js'
import { Button } from '../../../components/button.js'
import { Icon } from '../../../components/icon.js'
import type { Tone } from '../../../components/look.js'
import { isRecord } from '../../../components/is-record.js'
import { LinkButton } from '../../../components/link-button.js'
import { say } from '../../../strings.js'
import { Time } from '../../../time/time.js'
import { AuditChanges } from './audit-changes.js'
import { type AuditChoice, everyChange } from './audit-choice.js'
import { auditField } from './audit-field.js'
import { auditIcon } from './audit-icon.js'

type Entry = AuditLogQuery['auditLog']['nodes'][number]

interface AuditEntryProps {
  readonly entry: Entry
  change(what: Partial<AuditChoice>): void
}

/** One change in a sentence; it opens on what was before and after, and where it came from. */
export function AuditEntry({ entry, change }: AuditEntryProps) {
  const { action, actor, actorName, at, objectType, objectId, objectName, requestId } = entry
  const changes = isRecord(entry.changes) ? entry.changes : {}
  const fields = Object.keys(changes)
  const page = pageOf(entry)
  return (
    <li className="audit-entry">
      <details>
        <summary>
          <span className={`audit-mark tone-${tones[action] ?? 'busy'}`}>
            <Icon name={auditIcon(action)} />
          </span>
          <span className="audit-words">
            <span>
              <strong>{actor === 'KEY' ? actorName : (say.audit.callers[actor] ?? actorName)}</strong>{' '}
              {say.audit.sentence(action, objectType, objectId !== null)}
              {objectName !== null && <strong> {objectName}</strong>}
            </span>
            {fields.length > 0 && (
              <span className="muted small audit-fields">{fields.map(auditField).join(', ')}</span>
            )}
          </span>
          <span className="audit-time">
            <Time at={at} />
          </span>
          <Icon name="chevron" />
        </summary>
        <div className="audit-body">
          <AuditChanges changes={changes} />
          <dl className="audit-facts small">
            <Fact name={say.audit.at}>
              <Time at={at} as="full" />
            </Fact>
            <Fact name={say.audit.ip}>{entry.ip ?? say.none}</Fact>
            <Fact name={say.audit.request}>{requestId === null ? say.none : <code>{requestId}</code>}</Fact>
          </dl>
          <div className="audit-tools">
            {page !== null && (
              <LinkButton href={page}>{say.audit.open[objectType] ?? say.shell.show}</LinkButton>
            )}
            {objectId !== null && (
              <Button onClick={() => change({ ...everyChange, object: objectId })}>
                {say.audit.ofObject}
              </Button>
            )}
            {requestId !== null && (
              <Button onClick={() => change({ ...everyChange, request: requestId })}>
                {say.audit.ofRequest}
              </Button>
            )}
          </div>
        </div>
      </details>
    </li>
  )
}

/** More may follow than this file knows. */
const tones: Readonly<Record<string, Tone>> = {
  CREATE: 'good',
  DELETE: 'bad',
  REVOKE: 'bad',
  ERASE: 'bad',
  READ: 'warn',
  RESTORE: 'warn',
  ROTATE: 'warn',
  UPDATE: 'busy',
  APPLY: 'busy',
  RETRY: 'busy',
  REPLAY: 'busy',
  TEST: 'busy',
  POLL: 'busy',
} satisfies Record<AuditAction, Tone>

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Where what was changed is to be seen, as far as it still is; null where it has no page. */
function pageOf({ action, objectType, objectId }: Entry): string | null {
  if (objectId === null || action === 'DELETE') return null
  if (objectType === 'RULE') return `/rules/${objectId}`
  if (objectType === 'RECEIVER') return `/settings/receivers/${objectId}`
  return objectType === 'ACTION' ? `/deliveries?action=${objectId}` : null
}
