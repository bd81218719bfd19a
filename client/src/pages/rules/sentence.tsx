import { type ReactNode, useId } from 'react'
import type { FieldFault } from '../../api/api-error.js'
import type { LogType } from '../../api/documents.js'
import { faultAt } from '../../api/field-faults.js'
import { Icon } from '../../components/icon.js'
import { Panel } from '../../components/panel.js'
import type { Condition } from '../../rules/rule-words.js'
import { say } from '../../strings.js'
import type { RuleDraft } from './rule-draft.js'
import { StatusChoice } from './status-choice.js'
import './sentence.css'

interface SentenceProps {
  readonly draft: RuleDraft
  readonly faults: readonly FieldFault[]
  change(part: Partial<RuleDraft>): void
}

const kinds = ['ANY', 'MESSAGE', 'CALL', 'ERROR', 'WARNING', 'NOTICE', 'DEBUG', 'CUSTOM'] as const
const conditions = ['ERROR_CODE', 'STATUS', 'REGEX', 'ANY'] as const

/** When the rule fires, as a sentence whose words can be chosen. */
export function Sentence({ draft, faults, change }: SentenceProps) {
  const words = say.sentence
  const { isMany, condition } = draft
  const setMany = (many: boolean): void =>
    change({ isMany: many, ...(!many && condition === 'ANY' && { condition: 'ERROR_CODE' }) })
  return (
    <Panel title={say.rules.when}>
      <div className="sentence">
        <span>{words.when} </span>
        <Choice
          label={words.amount}
          value={isMany ? 'many' : 'one'}
          options={[
            ['one', words.one],
            ['many', words.many],
          ]}
          choose={(amount) => setMany(amount === 'many')}
        />
        {isMany && (
          <Blank
            label={words.count}
            kind="number"
            value={draft.count}
            fault={faultAt(faults, 'thresholdCount')}
            write={(count) => change({ count })}
          />
        )}
        <Choice
          label={words.kind}
          value={draft.logType ?? 'ANY'}
          options={kinds.map((kind) => [kind, isMany ? say.rule.kinds[kind].many : words.kinds[kind]])}
          choose={(kind) => change({ logType: kind === 'ANY' ? null : (kind as LogType) })}
        />
        <Choice
          label={words.condition}
          value={condition}
          options={[...(condition === 'SYSTEM' ? (['SYSTEM'] as const) : []), ...conditions]
            .filter((one) => isMany || one !== 'ANY')
            .map((one) => [one, words.conditions[one]])}
          choose={(chosen) => change({ condition: chosen as Condition })}
        />
        {condition !== 'ANY' && (
          <Blank
            label={words.values[condition]}
            placeholder={words.placeholders[condition]}
            value={draft.value}
            fault={faultAt(faults, 'patternValue')}
            write={(value) => change({ value })}
          />
        )}
        {isMany ? (
          <>
            <span> {words.happen} </span>
            <Blank
              label={words.window}
              kind="number"
              value={draft.windowMinutes}
              fault={faultAt(faults, 'thresholdWindowMinutes')}
              write={(windowMinutes) => change({ windowMinutes })}
            />
            <span> {words.minutes(draft.windowMinutes)}</span>
          </>
        ) : (
          <span> {words.appears}</span>
        )}
        <span>{words.fires} </span>
        <Blank
          label={words.cooldown}
          kind="number"
          value={draft.cooldownMinutes}
          fault={faultAt(faults, 'cooldownMinutes')}
          write={(cooldownMinutes) => change({ cooldownMinutes })}
        />
        <span> {words.joins(draft.cooldownMinutes)}</span>
      </div>
      {condition === 'STATUS' && (
        <StatusChoice logType={draft.logType} value={draft.value} choose={(value) => change({ value })} />
      )}
      {condition !== 'ANY' && <p className="field-hint">{words.hints[condition]}</p>}
    </Panel>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [value: string, text: string])[]
  choose(value: string): void
}

function Choice({ label, value, options, choose }: ChoiceProps) {
  return (
    <span className="choice">
      <select aria-label={label} value={value} onChange={({ target }) => choose(target.value)}>
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
      <Icon name="chevron" />
    </span>
  )
}

interface BlankProps {
  readonly label: string
  readonly kind?: 'text' | 'number'
  readonly placeholder?: string
  readonly value: string
  readonly fault: string | undefined
  write(value: string): void
}

/** A gap to be written into, as wide as what stands in it. Its fault stands below its line. */
function Blank({ label, kind = 'text', placeholder, value, fault, write }: BlankProps): ReactNode {
  const id = useId()
  const width = Math.max(value.length, kind === 'number' ? 2 : (placeholder?.length ?? 0), 2)
  return (
    <>
      <input
        className={`blank blank-${kind}`}
        aria-label={label}
        aria-invalid={fault === undefined ? undefined : true}
        aria-describedby={fault === undefined ? undefined : id}
        title={fault}
        inputMode={kind === 'number' ? 'numeric' : 'text'}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        placeholder={placeholder}
        value={value}
        size={Math.min(width + 1, 40)}
        onChange={({ target }) => write(target.value)}
      />
      {fault !== undefined && (
        <span id={id} className="field-error blank-fault" role="alert">
          <Icon name="warning" />
          {say.rules.fault(label, fault)}
        </span>
      )}
    </>
  )
}
