import { ForeignText } from '../../../components/foreign-text.js'
import { jsonText } from '../../../components/json-text.js'
import { isRecord } from '../../../components/is-record.js'
import { say } from '../../../strings.js'
import { Time } from '../../../time/time.js'
import { auditField } from './audit-field.js'

/** What differs, field by field: what was struck out, and what is there now. */
export function AuditChanges({ changes }: { readonly changes: Readonly<Record<string, unknown>> }) {
  const fields = Object.entries(changes)
  if (fields.length === 0) return <p className="muted small">{say.audit.noFields}</p>
  return (
    <dl className="audit-changes">
      {fields.map(([path, change]) => {
        const name = auditField(path)
        const { from = null, to = null } = isRecord(change) ? change : { to: change }
        return (
          <div key={path}>
            <dt title={path}>{name}</dt>
            <dd>
              {from !== null && (
                <del>
                  <span className="unseen">{say.audit.was} </span>
                  <Value label={say.audit.before(name)} value={from} />
                </del>
              )}
              {from !== null && to !== null && <span aria-hidden="true"> → </span>}
              {to !== null && (
                <ins>
                  <span className="unseen">{say.audit.is} </span>
                  <Value label={say.audit.after(name)} value={to} />
                </ins>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

function Value({ label, value }: { readonly label: string; readonly value: unknown }) {
  if (typeof value === 'boolean') return <>{value ? say.audit.yes : say.audit.no}</>
  if (typeof value === 'number') return <>{say.figure(value)}</>
  const text = textOf(value)
  if (MOMENT.test(text)) return <Time at={text} as="full" />
  if (text === '') return <>{say.configuration.empty}</>
  return isBlock(text) ? <ForeignText label={label} text={text} /> : <>{text}</>
}

/** What has the form of a time, a description too; `Time` shows what is none as it is written. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/

/** A list of plain words is written as one, anything else as the JSON it is. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  const isPlain = Array.isArray(value) && value.every((one) => typeof one !== 'object')
  return isPlain ? value.join(', ') : jsonText(value)
}

function isBlock(text: string): boolean {
  return text.length > 160 || text.includes('\n')
}
