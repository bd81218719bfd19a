import { useMemo } from 'react'
import type { FieldFault } from '../../api/api-error.js'
import { faultAt } from '../../api/field-faults.js'
import { say } from '../../strings.js'
import { ConfigControl } from './config-control.js'
import { type ConfigField, fieldsOf } from './config-schema.js'
import type { Config } from './rule-draft.js'
import './config-form.css'

interface ConfigFormProps {
  readonly schema: unknown
  readonly config: Config
  /** Named from the config on. */
  readonly faults: readonly FieldFault[]
  readonly isReadOnly: boolean
  set(config: Config): void
}

/** The settings of an action, as its handler's own schema describes them. What is seldom needed is folded away. */
export function ConfigForm({ schema, config, faults, isReadOnly, set }: ConfigFormProps) {
  const fields = useMemo(() => fieldsOf(schema), [schema])
  const control = (field: ConfigField) => (
    <ConfigControl
      key={field.name}
      field={field}
      value={config[field.name]}
      fault={faultAt(namingEntries(faults, field.name, config[field.name]), field.name)}
      isReadOnly={isReadOnly}
      set={(value) => set(withValue(config, field.name, value))}
    />
  )
  const isInSight = ({ name, isRequired }: ConfigField): boolean =>
    isRequired || faultAt(faults, name) !== undefined
  const others = fields.filter((field) => !isInSight(field))
  const used = others.filter(({ name }) => config[name] !== undefined).map(({ label }) => label)
  return (
    <div className="config">
      {fields.filter(isInSight).map(control)}
      {others.length > 0 && (
        <details className="config-more">
          <summary>
            {say.config.more}
            <span className="muted small">
              {used.length > 0 ? used.join(', ') : others.map(({ label }) => label).join(', ')}
            </span>
          </summary>
          <div className="config">{others.map(control)}</div>
        </details>
      )}
    </div>
  )
}

function withValue(config: Config, name: string, value: unknown): Config {
  const { [name]: _, ...others } = config
  return value === undefined ? others : { ...config, [name]: value }
}

/** The faults, with those of a list's entries (`recipients.1`) saying which entry it is: its place cannot be seen among lines. */
function namingEntries(faults: readonly FieldFault[], name: string, value: unknown): readonly FieldFault[] {
  if (!Array.isArray(value)) return faults
  return faults.map((fault) => {
    const entry: unknown = fault.path.startsWith(`${name}.`)
      ? value[Number(fault.path.slice(name.length + 1))]
      : null
    return typeof entry === 'string'
      ? { ...fault, message: say.config.entryFault(entry, fault.message) }
      : fault
  })
}
