import { type ReactNode, useId, useRef } from 'react'
import type { FieldFault } from '../../api/api-error.js'
import { faultAt } from '../../api/field-faults.js'
import { Icon } from '../../components/icon.js'
import { Panel } from '../../components/panel.js'
import type { Condition } from '../../rules/rule-words.js'
import { say } from '../../strings.js'
import { EntryChips } from './entry-chips.js'
import { draftOfItself, emptyDraft, type RuleDraft } from './rule-draft.js'
import { StatusChoice } from './status-choice.js'
import './sentence.css'

interface SentenceProps {
  readonly draft: RuleDraft
  readonly faults: readonly FieldFault[]
  change(part: Partial<RuleDraft>): void
}

const kinds = ['ANY', 'MESSAGE', 'CALL', 'ERROR', 'WARNING', 'NOTICE', 'DEBUG', 'CUSTOM'] as const
const conditions = ['ERROR_CODE', 'STATUS', 'REGEX', 'ANY'] as const

/** Of logs one or so many, or what GiftPulse says of itself. */
type Amount = 'one' | 'many' | 'itself'

/** When the rule fires, as a sentence whose words can be chosen. */
export function Sentence({ draft, faults, change }: SentenceProps) {
  const words = say.sentence
  const { isMany, condition } = draft
  /** What was written of logs, for who only wanted to see what GiftPulse itself can tell. */
  const ofLogs = useRef<Partial<RuleDraft>>(aboutLogs(emptyDraft))
  const choose = (amount: Amount): void => {
    if (amount === 'itself') {
      ofLogs.current = aboutLogs(draft)
      change(draftOfItself)
      return
    }
    const back = condition === 'SYSTEM' ? ofLogs.current : {}
    const many = amount === 'many'
    const isAny = { ...draft, ...back }.condition === 'ANY'
    change({ ...back, isMany: many, ...(!many && isAny && { condition: 'ERROR_CODE' }) })
  }
  return (
    <Panel title={say.rules.when}>
      <div className="sentence">
        <span>{words.when} </span>
        <Choice<Amount>
          label={words.amount}
          value={condition === 'SYSTEM' ? 'itself' : isMany ? 'many' : 'one'}
          options={[
            ['one', words.one],
            ['many', words.many],
            ['itself', words.itself],
          ]}
          choose={choose}
        />
        {condition === 'SYSTEM' ? (
          <span> {words.hasTrouble}</span>
        ) : (
          <OfLogs draft={draft} condition={condition} faults={faults} change={change} />
        )}
      </div>
      {condition === 'STATUS' && (
        <StatusChoice logType={draft.logType} value={draft.value} choose={(value) => change({ value })} />
      )}
      {condition === 'SYSTEM' && (
        <EntryChips
          label={words.values.SYSTEM}
          entries={Object.entries(words.troubles).map(([name, text]) => ({ name, text, tone: 'warn' }))}
          value={draft.value}
          fault={faultAt(faults, 'patternValue')}
          choose={(value) => change({ value })}
        />
      )}
      {condition !== 'ANY' && <p className="field-hint">{words.hints[condition]}</p>}
    </Panel>
  )
}

/** The parts of a draft that a rule about GiftPulse itself has no use for, or uses otherwise. */
function aboutLogs({ isMany, condition, value, logType, cooldownMinutes }: RuleDraft): Partial<RuleDraft> {
  return { isMany, condition, value, logType, cooldownMinutes }
}

interface OfLogsProps extends SentenceProps {
  readonly condition: Exclude<Condition, 'SYSTEM'>
}

/** The rest of the sentence, about logs. */
function OfLogs({ draft, condition, faults, change }: OfLogsProps) {
  const words = say.sentence
  const { isMany } = draft
  return (
    <>
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
        choose={(kind) => change({ logType: kind === 'ANY' ? null : kind })}
      />
      <Choice
        label={words.condition}
        value={condition}
        options={conditions
          .filter((one) => isMany || one !== 'ANY')
          .map((one) => [one, words.conditions[one]])}
        choose={(chosen) => change({ condition: chosen })}
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
    </>
  )
}

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly (readonly [value: Value, text: string])[]
  choose(value: Value): void
}

function Choice<Value extends string>({ label, value, options, choose }: ChoiceProps<Value>) {
  return (
    <span className="choice">
      <select aria-label={label} value={value} onChange={({ target }) => choose(target.value as Value)}>
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
