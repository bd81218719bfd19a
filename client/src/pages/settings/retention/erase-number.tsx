import { type FormEvent, useState } from 'react'
import { EraseNumberDocument } from '../../../api/documents.js'
import { faultAt } from '../../../api/field-faults.js'
import { useChange } from '../../../api/use-change.js'
import { Button } from '../../../components/button.js'
import { Confirm } from '../../../components/confirm.js'
import { CopyButton } from '../../../components/copy-button.js'
import { FailureNote } from '../../../components/failure-note.js'
import { Field } from '../../../components/field.js'
import { Note } from '../../../components/note.js'
import { Panel } from '../../../components/panel.js'
import { say } from '../../../strings.js'

/** It goes through everything that is stored. */
const TIMEOUT_MS = 900_000
/** Where nothing is written yet. */
const EXAMPLE = '+14155552671'

/** Takes a phone number out of everything, once it was asked whether that is really meant. */
export function EraseNumber() {
  const [number, setNumber] = useState('')
  const [isAsking, setAsking] = useState(false)
  const erase = useChange(EraseNumberDocument, ['Retention', 'AuditLog', 'Rules', 'Rule'], {
    done: () => setNumber(''),
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
  const isUnanswered = erase.error?.fault === 'unreachable'
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
          {isUnanswered ? (
            <Note tone="warn" icon="clock" isNews>
              {say.retention.noAnswer}
            </Note>
          ) : (
            <FailureNote error={erase.error} />
          )}
          {erase.data && (
            <Note tone="good" icon="check" isNews>
              {say.retention.erased(erase.data.eraseNumber.number, erase.data.eraseNumber.rows)}
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

/** What is no number stands in no command that somebody may paste. */
function commandFor(number: string): string {
  const plain = number.replaceAll(/[\s().-]/g, '')
  return `giftpulse erase ${/^\+\d{5,15}$/.test(plain) ? plain : EXAMPLE}`
}
