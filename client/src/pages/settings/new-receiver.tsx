import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { CreateReceiverDocument } from '../../api/documents.js'
import { faultAt } from '../../api/field-faults.js'
import { useChange } from '../../api/use-change.js'
import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { FailureNote } from '../../components/failure-note.js'
import { Field } from '../../components/field.js'
import { Note } from '../../components/note.js'
import { say } from '../../strings.js'
import { ToCopy } from './to-copy.js'

/** Makes a receiver with a secret of its own; shows its address, and the secret this once. */
export function NewReceiver({ close }: { readonly close: () => void }) {
  const create = useChange(CreateReceiverDocument, ['Receivers'])
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [, goTo] = useLocation()
  const faults = create.error?.fields ?? []
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const about = description.trim() === '' ? null : description.trim()
    create.mutate({ input: { name: name.trim(), description: about, generateSecret: true } })
  }
  const made = create.data?.createReceiver
  if (made)
    return (
      <Dialog
        title={say.receivers.made}
        close={close}
        isKept
        foot={
          <Button kind="primary" onClick={() => goTo(`/settings/receivers/${made.receiver.id}`)}>
            {say.receivers.goOn}
          </Button>
        }
      >
        <div className="setting-form">
          <ToCopy label={say.receivers.copy(say.receivers.url)} text={made.receiver.url} />
          {made.secret !== null && (
            <>
              <Note tone="warn" icon="warning">
                {say.receivers.once}
              </Note>
              <ToCopy label={say.receivers.copy(say.receivers.secret)} text={made.secret} />
            </>
          )}
        </div>
      </Dialog>
    )
  return (
    <Dialog title={say.receivers.create} close={close}>
      <form className="setting-form" onSubmit={submit}>
        <Field label={say.receivers.name} hint={say.receivers.nameHint} error={faultAt(faults, 'name')}>
          {(control) => (
            <input
              {...control}
              className="input mono"
              autoCapitalize="off"
              autoComplete="off"
              spellCheck={false}
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
        <Field label={say.receivers.description} error={faultAt(faults, 'description')}>
          {(control) => (
            <input
              {...control}
              className="input"
              value={description}
              onChange={({ target }) => setDescription(target.value)}
            />
          )}
        </Field>
        <FailureNote error={create.error} />
        <Button kind="primary" type="submit" isBusy={create.isPending}>
          {say.receivers.make}
        </Button>
      </form>
    </Dialog>
  )
}
