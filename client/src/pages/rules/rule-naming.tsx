import type { FieldFault } from '../../api/api-error.js'
import { faultAt } from '../../api/field-faults.js'
import { Field } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { say } from '../../strings.js'
import type { RuleDraft } from './rule-draft.js'

interface RuleNamingProps {
  readonly draft: RuleDraft
  readonly faults: readonly FieldFault[]
  readonly isReadOnly: boolean
  change(part: Partial<RuleDraft>): void
}

/** What people call the rule, and what it is for. */
export function RuleNaming({ draft, faults, isReadOnly, change }: RuleNamingProps) {
  return (
    <Panel title={say.rules.naming}>
      <fieldset className="rule-names" disabled={isReadOnly}>
        <Field label={say.rules.name} error={faultAt(faults, 'name')}>
          {(control) => (
            <input
              {...control}
              className="input"
              value={draft.name}
              maxLength={200}
              autoComplete="off"
              onChange={({ target }) => change({ name: target.value })}
            />
          )}
        </Field>
        <Field
          label={say.rules.description}
          hint={say.rules.descriptionHint}
          error={faultAt(faults, 'description')}
        >
          {(control) => (
            <textarea
              {...control}
              className="input"
              rows={2}
              value={draft.description}
              onChange={({ target }) => change({ description: target.value })}
            />
          )}
        </Field>
      </fieldset>
    </Panel>
  )
}
