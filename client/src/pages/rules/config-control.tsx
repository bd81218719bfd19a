import { useState } from 'react'
import { Button } from '../../components/button.js'
import { type ControlProps, Field } from '../../components/field.js'
import { jsonText } from '../../components/json-text.js'
import { isRecord } from '../../components/is-record.js'
import { say } from '../../strings.js'
import { type ConfigField, isMasked } from './config-schema.js'
import { BrokenJson, isSame } from './rule-draft.js'

interface ConfigControlProps {
  readonly field: ConfigField
  /** Undefined = not set. */
  readonly value: unknown
  readonly fault: string | undefined
  readonly isReadOnly: boolean
  set(value: unknown): void
}

/** One setting of an action by its kind. Emptied, it is no longer set. */
export function ConfigControl({ field, value, fault, isReadOnly, set }: ConfigControlProps) {
  const broken = value instanceof BrokenJson ? say.config.noJson : undefined
  const hint = field.kind === 'secret' && isMasked(value) ? say.config.masked : hintOf(field)
  return (
    <Field label={field.label} hint={hint} error={broken ?? fault}>
      {(control) => <Input field={field} value={value} control={control} isReadOnly={isReadOnly} set={set} />}
    </Field>
  )
}

function hintOf({ kind, hint }: ConfigField): string | undefined {
  return kind === 'list' ? [hint, say.config.onePerLine].filter(Boolean).join(' ') : hint
}

interface InputProps extends Pick<ConfigControlProps, 'field' | 'value' | 'isReadOnly' | 'set'> {
  readonly control: ControlProps
}

function Input({ field, value, control, isReadOnly, set }: InputProps) {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const setText = (typed: string): void => set(typed === '' ? undefined : typed)
  switch (field.kind) {
    case 'choice':
      return (
        <select {...control} className="input" value={text} onChange={({ target }) => setText(target.value)}>
          <option value="">{say.config.asUsual}</option>
          {field.options.map((option) => (
            <option key={option} value={option}>
              {option.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      )
    case 'number':
      return (
        <input
          {...control}
          className="input"
          inputMode="decimal"
          value={text}
          onChange={({ target }) => set(figureOf(target.value))}
        />
      )
    case 'flag':
      return (
        <input
          {...control}
          type="checkbox"
          checked={value === true}
          onChange={({ target }) => set(target.checked)}
        />
      )
    case 'list':
      return <ListInput control={control} value={value} set={set} />
    case 'pairs':
      return (
        <PairsInput control={control} label={field.label} value={value} isReadOnly={isReadOnly} set={set} />
      )
    case 'json':
      return <JsonInput control={control} value={value} set={set} />
    case 'long':
      return (
        <textarea
          {...control}
          className="input"
          rows={4}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      )
    default:
      return (
        <input
          {...control}
          className={field.kind === 'secret' ? 'input mono' : 'input'}
          autoComplete="off"
          spellCheck={false}
          value={text}
          // A masked secret is replaced as a whole: a letter added to the mask would be taken for the secret.
          onFocus={({ currentTarget }) => isMasked(value) && currentTarget.select()}
          onChange={({ target }) => setText(target.value)}
        />
      )
  }
}

/** Texts, one a line; commas part them too. */
function ListInput({ control, value, set }: Pick<InputProps, 'control' | 'value' | 'set'>) {
  const given = Array.isArray(value) ? value.map(String) : []
  const [typed, setTyped] = useState(given.join('\n'))
  const shown = isSameList(listIn(typed), given) ? typed : given.join('\n')
  return (
    <textarea
      {...control}
      className="input"
      rows={Math.min(Math.max(given.length + 1, 2), 8)}
      spellCheck={false}
      autoCapitalize="off"
      value={shown}
      onChange={({ target }) => {
        setTyped(target.value)
        const list = listIn(target.value)
        set(list.length === 0 ? undefined : list)
      }}
    />
  )
}

function listIn(text: string): readonly string[] {
  return text
    .split(/[\n,;]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.join('\n') === other.join('\n')
}

/** Names with a text each, such as headers; their order stays. */
function PairsInput({
  control,
  label,
  value,
  isReadOnly,
  set,
}: Pick<InputProps, 'control' | 'value' | 'isReadOnly' | 'set'> & { readonly label: string }) {
  const [typed, setTyped] = useState<readonly Pair[]>([])
  const pairs = isSame(recordOf(typed), value) ? typed : pairsOf(value)
  const write = (written: readonly Pair[]): void => {
    setTyped(written)
    set(recordOf(written))
  }
  const put = (place: number, pair: Pair): void => write(pairs.map((one, at) => (at === place ? pair : one)))
  return (
    <div className="pairs" role="group" {...control}>
      {pairs.map(([name, text], place) => (
        <div key={place} className="pair">
          <input
            className="input mono"
            aria-label={say.config.pairName(label, place + 1)}
            placeholder={say.config.name}
            spellCheck={false}
            value={name}
            onChange={({ target }) => put(place, [target.value, text])}
          />
          <input
            className="input mono"
            aria-label={say.config.pairValue(label, place + 1)}
            placeholder={say.config.value}
            spellCheck={false}
            value={text}
            onFocus={({ currentTarget }) => isMasked(text) && currentTarget.select()}
            onChange={({ target }) => put(place, [name, target.value])}
          />
          {!isReadOnly && (
            <Button
              kind="quiet"
              icon="cross"
              aria-label={say.config.removePair(name)}
              onClick={() => write(pairs.filter((_, at) => at !== place))}
            />
          )}
        </div>
      ))}
      {!isReadOnly && (
        <Button kind="quiet" icon="plus" onClick={() => setTyped([...pairs, ['', '']])}>
          {say.config.addPair}
        </Button>
      )}
    </div>
  )
}

type Pair = readonly [name: string, text: string]

function pairsOf(value: unknown): readonly Pair[] {
  return isRecord(value) ? Object.entries(value).map(([name, text]) => [name, String(text)]) : []
}

/** What the pairs come to; those without a name yet are left out. */
function recordOf(pairs: readonly Pair[]): Readonly<Record<string, string>> | undefined {
  const named = pairs.filter(([name]) => name.trim() !== '')
  return named.length === 0 ? undefined : Object.fromEntries(named.map(([name, text]) => [name.trim(), text]))
}

/** Anything, as JSON. What is none yet stays as it is typed. */
function JsonInput({ control, value, set }: Pick<InputProps, 'control' | 'value' | 'set'>) {
  const [lastTyped, setTyped] = useState('')
  const typed = isSame(jsonIn(lastTyped), value) ? lastTyped : typedText(value)
  const write = (text: string): void => {
    setTyped(text)
    set(jsonIn(text))
  }
  return (
    <textarea
      {...control}
      className="input mono"
      rows={Math.min(Math.max(typed.split('\n').length, 3), 14)}
      spellCheck={false}
      autoCapitalize="off"
      value={typed}
      onChange={({ target }) => write(target.value)}
    />
  )
}

function jsonIn(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return new BrokenJson(text)
  }
}

function typedText(value: unknown): string {
  if (value instanceof BrokenJson) return value.text
  return value === undefined ? '' : jsonText(value)
}

/** What is no figure stays as it is typed, for the server to say what is wrong with it. */
function figureOf(text: string): unknown {
  if (text.trim() === '') return undefined
  return /^-?\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : text
}
