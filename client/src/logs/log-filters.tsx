import { type ReactNode, useState } from 'react'
import { Popover } from 'radix-ui'
import type { LogType } from '../api/documents.js'
import { Button } from '../components/button.js'
import { ChoiceMenu } from '../components/choice-menu.js'
import { Field } from '../components/field.js'
import { Filters } from '../components/filters.js'
import { Icon } from '../components/icon.js'
import { SearchField } from '../components/search-field.js'
import { useIsNarrow } from '../components/use-is-narrow.js'
import { say } from '../strings.js'
import { whenInWords } from '../time/when-in-words.js'
import { useZone } from '../time/zone.js'
import { everyLog, type LogChoice, logTypes } from './log-choice.js'
import { statusLook, twilioStatuses, typeLook } from './look.js'
import './log-filters.css'

interface LogFiltersProps {
  readonly choice: LogChoice
  change(what: Partial<LogChoice>): void
  /** Further controls, such as a span of time. */
  readonly children?: ReactNode
}

/** Everything that the server filters logs by. What is chosen stands below, each to be taken away again. */
export function LogFilters({ choice, change, children }: LogFiltersProps) {
  const { types, statuses, codes, from, to, sid, search, since, until } = choice
  // A phone has no room for the span itself.
  const isNarrow = useIsNarrow()
  const clear = (): void => change(isNarrow ? everyLog : { ...everyLog, since, until })
  return (
    <Filters
      label={say.logs.filters}
      first={
        <SearchField
          label={say.logs.search}
          short={say.logs.searchShort}
          value={search}
          search={(text) => change({ search: text })}
        />
      }
      chosen={[...types, ...statuses, ...codes, from, to, sid, search, since || until]}
      below={<Chosen choice={choice} hasSpan={isNarrow} change={change} clear={clear} />}
    >
      {children}
      <ChoiceMenu<LogType>
        label={say.logs.type}
        chosen={types}
        options={logTypes.map((type) => ({ value: type, ...lookOfType(type) }))}
        choose={(chosen) => change({ types: chosen })}
      />
      <ChoiceMenu
        label={say.logs.status}
        chosen={statuses}
        options={twilioStatuses.map((status) => ({
          value: status,
          text: status,
          icon: statusLook(status)?.icon ?? 'dash',
        }))}
        choose={(chosen) => change({ statuses: chosen })}
      />
      <MoreFilters choice={choice} change={change} />
    </Filters>
  )
}

function lookOfType(type: LogType) {
  const { text, icon } = typeLook(type)
  return { text, icon }
}

interface PartProps {
  readonly choice: LogChoice
  change(what: Partial<LogChoice>): void
}

function MoreFilters({ choice, change }: PartProps) {
  const [isOpen, setOpen] = useState(false)
  const fields = [
    { name: 'codes', label: say.logs.code, hint: say.logs.codeHint, value: choice.codes.join(',') },
    { name: 'from', label: say.logs.from, hint: say.logs.numberHint, value: choice.from },
    { name: 'to', label: say.logs.to, hint: undefined, value: choice.to },
    { name: 'sid', label: say.logs.sid, hint: undefined, value: choice.sid },
  ] as const
  const count = fields.filter(({ value }) => value !== '').length
  const submit = (form: FormData): void => {
    const text = (name: string): string => String(form.get(name) ?? '').trim()
    const codes = text('codes')
      .split(/[\s,]+/)
      .filter((code) => code !== '')
    change({ codes, from: text('from'), to: text('to'), sid: text('sid') })
    // Not by the button that is pressed: a form that is gone before the browser submits it is never submitted.
    setOpen(false)
  }
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className="button" data-chosen={count > 0 || undefined}>
        <Icon name="filter" />
        <span>{say.logs.more}</span>
        {count > 0 && <span className="choice-count">{count}</span>}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover"
          align="start"
          sideOffset={6}
          collisionPadding={12}
          aria-label={say.logs.more}
        >
          <form className="log-more" action={submit}>
            {fields.map(({ name, label, hint, value }) => (
              <Field key={name} label={label} hint={hint}>
                {(control) => (
                  <input
                    {...control}
                    className="input"
                    name={name}
                    defaultValue={value}
                    spellCheck={false}
                    autoComplete="off"
                  />
                )}
              </Field>
            ))}
            <Button kind="primary" type="submit">
              {say.logs.apply}
            </Button>
          </form>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

interface ChosenProps extends PartProps {
  /** Whether the span is among them. */
  readonly hasSpan: boolean
  clear(): void
}

function Chosen({ choice, hasSpan, change, clear }: ChosenProps) {
  const { zone } = useZone()
  const span = hasSpan ? whenInWords(choice, zone) : null
  const chips = [
    ...choice.types.map((type) => ({
      text: typeLook(type).text,
      without: { types: choice.types.filter((one) => one !== type) },
    })),
    ...choice.statuses.map((status) => ({
      text: status,
      without: { statuses: choice.statuses.filter((one) => one !== status) },
    })),
    ...choice.codes.map((code) => ({
      text: say.logs.codeChip(code),
      without: { codes: choice.codes.filter((one) => one !== code) },
    })),
    ...(['from', 'to', 'sid', 'search'] as const)
      .filter((field) => choice[field] !== '')
      .map((field) => ({ text: say.logs.chips[field](choice[field]), without: { [field]: '' } })),
    ...(span === null ? [] : [{ text: span, without: { since: '', until: '' } }]),
  ]
  if (chips.length === 0) return null
  return (
    <ul className="log-chips" aria-label={say.logs.chosen}>
      {chips.map(({ text, without }) => (
        <li key={text}>
          <button
            type="button"
            className="chip"
            aria-label={say.logs.takeAway(text)}
            onClick={() => change(without)}
          >
            <span>{text}</span>
            <Icon name="cross" />
          </button>
        </li>
      ))}
      <li>
        <Button kind="quiet" onClick={clear}>
          {say.logs.clear}
        </Button>
      </li>
    </ul>
  )
}
