import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { ApiError } from '../../../api/api-error.js'
import { EraseNumberDocument, type EraseNumberMutation } from '../../../api/documents.js'
import { faultAt } from '../../../api/field-faults.js'
import { useChange } from '../../../api/use-change.js'
import { Button } from '../../../components/button.js'
import { Confirm } from '../../../components/confirm.js'
import { CopyButton } from '../../../components/copy-button.js'
import { Field } from '../../../components/field.js'
import { Note } from '../../../components/note.js'
import { Panel } from '../../../components/panel.js'
import { useToast } from '../../../components/toasts.js'
import { say } from '../../../strings.js'

/** It goes through everything that is stored. */
const TIMEOUT_MS = 900_000
/** Where nothing is written yet. */
const EXAMPLE = '+14155552671'

/** Takes a phone number out of everything, once it was asked whether that is really meant. */
export function EraseNumber() {
  const [number, setNumber] = useState('')
  const [isAsking, setAsking] = useState(false)
  const tellWhoLeft = useTellWhoLeft()
  // The number may be in whatever was read before.
  const erase = useChange(EraseNumberDocument, 'all', {
    done: (data) => {
      setNumber('')
      tellWhoLeft('good', doneWords(data))
    },
    failed: (error) => tellWhoLeft('bad', failureWords(error)),
    timeoutMs: TIMEOUT_MS,
  })
  const wanted = number.trim()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    erase.reset()
    // What is nothing yet the server says at the field, and nobody need be asked.
    if (wanted === '') erase.mutate({ number: '' })
    else setAsking(true)
  }
  const run = (): void => {
    setAsking(false)
    erase.mutate({ number: wanted })
  }
  const command = commandFor(wanted)
  return (
    <Panel title={say.retention.eraseTitle}>
      <div className="retention-erase">
        <ul className="retention-says">
          {say.retention.eraseAbout.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <form className="setting-form" onSubmit={submit} noValidate>
          <Field
            label={say.retention.number}
            hint={say.retention.numberHint}
            error={faultAt(erase.error?.fields ?? [], 'number')}
          >
            {(control) => (
              <input
                {...control}
                className="input number"
                type="tel"
                autoComplete="off"
                maxLength={40}
                value={number}
                onChange={({ target }) => setNumber(target.value)}
              />
            )}
          </Field>
          {erase.isPending && (
            <Note tone="busy" icon="clock" isNews>
              {say.retention.erasing}
            </Note>
          )}
          <Failure error={erase.error} />
          {erase.data && (
            <Note tone="good" icon="check" isNews>
              {doneWords(erase.data)}
            </Note>
          )}
          <Button kind="danger" icon="trash" type="submit" isBusy={erase.isPending}>
            {say.retention.erase}
          </Button>
        </form>
        <div className="retention-command">
          <p className="muted small">{say.retention.command}</p>
          <div className="made-key">
            <code>{command}</code>
            <CopyButton text={command} label={say.receivers.copy(say.retention.commandLabel)}>
              {say.keyring.copyShort}
            </CopyButton>
          </div>
          <p className="muted small">{say.retention.docs}</p>
        </div>
      </div>
      {isAsking && (
        <Confirm
          title={say.retention.eraseAsk(wanted)}
          button={say.retention.eraseDo}
          isBusy={false}
          close={() => setAsking(false)}
          confirm={run}
        >
          {say.retention.eraseWarning}
        </Confirm>
      )}
    </Panel>
  )
}

/** Why it was not erased, where the field does not say so; or that nobody knows. */
function Failure({ error }: { readonly error: ApiError | null }) {
  if (error === null || error.fields.length > 0) return null
  const isOpen = error.fault === 'unanswered'
  return (
    <Note tone={isOpen ? 'warn' : 'bad'} icon={isOpen ? 'clock' : 'warning'} isNews>
      {failureWords(error)}
    </Note>
  )
}

function doneWords({ eraseNumber: { number, rows } }: EraseNumberMutation): string {
  return say.retention.erased(number, rows)
}

function failureWords({ fault, message }: ApiError): string {
  if (fault === 'unanswered') return say.retention.noAnswer
  return fault === 'unreachable' ? say.retention.notSent(message) : message
}

/** It may take minutes: who is on another page by then hears what came of it there. */
function useTellWhoLeft(): (tone: 'good' | 'bad', text: string) => void {
  const toast = useToast()
  const isShown = useRef(false)
  useEffect(() => {
    isShown.current = true
    return () => {
      isShown.current = false
    }
  }, [])
  return (tone, text) => {
    if (!isShown.current) toast({ tone, text })
  }
}

/** What is no number stands in no command that somebody may paste. */
function commandFor(number: string): string {
  const plain = number.replaceAll(/[\s().-]/g, '')
  return `giftpulse erase ${/^\+\d{5,15}$/.test(plain) ? plain : EXAMPLE}`
}
