import { type FormEvent, useState } from 'react'
import type { ReceiverTextFragment } from '../../api/documents.js'
import { faultAt } from '../../api/field-faults.js'
import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { FailureNote } from '../../components/failure-note.js'
import { Field } from '../../components/field.js'
import { Note } from '../../components/note.js'
import { say } from '../../strings.js'
import type { Proof } from './receiver-proofs.js'
import { ShownOnce } from './shown-once.js'
import { useReceiverChange } from './use-receiver-change.js'

interface NewProofProps {
  readonly receiver: ReceiverTextFragment
  readonly proof: Proof
  readonly close: () => void
}

/** Sets or replaces a receiver's secret or token. A secret can be made by the server, which shows it this once. */
export function NewProof({ receiver, proof, close }: NewProofProps) {
  const change = useReceiverChange(receiver.id)
  const [text, setText] = useState('')
  const [made, setMade] = useState<string | null>(null)
  const isStored = proof === 'secret' ? receiver.hasSecret : receiver.hasToken
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    change.send({ [proof]: text }, { done: close })
  }
  const words = say.receivers.proof[proof]
  if (made !== null)
    return (
      <ShownOnce
        title={say.receivers.madeSecret}
        warning={say.receivers.once}
        text={made}
        copyLabel={say.receivers.copy(say.receivers.secret)}
        close={close}
      />
    )
  return (
    <Dialog title={say.receivers.setIt(proof, isStored)} close={close}>
      <form className="setting-form" onSubmit={submit}>
        {isStored && (
          <Note tone="warn" icon="warning">
            {say.receivers.replaces}
          </Note>
        )}
        {proof === 'secret' && (
          <>
            <Button
              kind="primary"
              icon="refresh"
              isBusy={change.isBusy}
              onClick={() => change.send({ generateSecret: true }, { done: ({ secret }) => setMade(secret) })}
            >
              {say.receivers.generate}
            </Button>
            <p className="setting-or muted small">{say.receivers.orOwn}</p>
          </>
        )}
        <Field label={words.own} hint={words.hint} error={faultAt(change.faults, proof)}>
          {(control) => (
            <input
              {...control}
              className="input mono"
              autoCapitalize="off"
              autoComplete="off"
              spellCheck={false}
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          )}
        </Field>
        <FailureNote error={change.error} />
        <Button
          kind={proof === 'token' ? 'primary' : 'plain'}
          type="submit"
          isBusy={change.isBusy}
          disabled={text === ''}
        >
          {words.save}
        </Button>
      </form>
    </Dialog>
  )
}
