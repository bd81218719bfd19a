import { type FormEvent, useState } from 'react'
import type { ReceiverTextFragment } from '../../api/documents.js'
import { faultAt } from '../../api/field-faults.js'
import { useUnsaved } from '../../app/unsaved.js'
import { Button } from '../../components/button.js'
import { FailureNote } from '../../components/failure-note.js'
import { Field } from '../../components/field.js'
import { Note } from '../../components/note.js'
import { Panel } from '../../components/panel.js'
import { useToast } from '../../components/toasts.js'
import { say } from '../../strings.js'
import { useReceiverChange } from './use-receiver-change.js'

const places = ['id', 'timestamp', 'status', 'errorCode', 'message'] as const
type Place = (typeof places)[number]

interface ReceiverFormProps {
  readonly receiver: ReceiverTextFragment
  readonly isReadOnly: boolean
}

/** What a receiver is for, how much it takes, and where in a body each field of the log is found. */
export function ReceiverForm({ receiver, isReadOnly }: ReceiverFormProps) {
  const change = useReceiverChange(receiver.id)
  const toast = useToast()
  const [description, setDescription] = useState(receiver.description ?? '')
  const [maxBytes, setMaxBytes] = useState(String(receiver.maxBytes))
  const [mapping, setMapping] = useState(() => textsOf(receiver.mapping))
  const isDirty =
    description !== (receiver.description ?? '') ||
    maxBytes !== String(receiver.maxBytes) ||
    places.some((place) => mapping[place] !== textsOf(receiver.mapping)[place])
  useUnsaved(isDirty && !isReadOnly)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    change.send(
      {
        description: textOrNull(description),
        maxBytes: maxBytes.trim() === '' ? null : Number(maxBytes),
        mapping: Object.fromEntries(places.map((place) => [place, textOrNull(mapping[place])])),
      },
      { done: () => toast({ tone: 'good', text: say.receivers.saved(receiver.name) }) },
    )
  }
  return (
    <Panel title={say.receivers.settings}>
      <form onSubmit={submit} noValidate>
        <fieldset className="setting-form" disabled={isReadOnly}>
          <Field label={say.receivers.description} error={faultAt(change.faults, 'description')}>
            {(control) => (
              <textarea
                {...control}
                className="input"
                rows={2}
                value={description}
                onChange={({ target }) => setDescription(target.value)}
              />
            )}
          </Field>
          <Field
            label={say.receivers.maxBytes}
            hint={say.receivers.maxBytesHint}
            error={faultAt(change.faults, 'maxBytes')}
          >
            {(control) => (
              <input
                {...control}
                className="input number"
                inputMode="numeric"
                value={maxBytes}
                onChange={({ target }) => setMaxBytes(target.value.replaceAll(/\D/g, ''))}
              />
            )}
          </Field>
          <div className="setting-mapping" role="group" aria-labelledby="mapping">
            <h3 id="mapping">{say.receivers.mapping}</h3>
            <p className="muted small">{say.receivers.mappingAbout}</p>
            {places.map((place) => (
              <Field
                key={place}
                label={say.receivers.places[place]}
                error={faultAt(change.faults, `mapping.${place}`)}
              >
                {(control) => (
                  <input
                    {...control}
                    className="input mono"
                    placeholder={place}
                    autoCapitalize="off"
                    autoComplete="off"
                    spellCheck={false}
                    value={mapping[place]}
                    onChange={({ target }) => setMapping({ ...mapping, [place]: target.value })}
                  />
                )}
              </Field>
            ))}
          </div>
          <FailureNote error={change.error} />
          {change.warnings.map((warning) => (
            <Note key={warning} tone="warn" icon="warning" isNews>
              {warning}
            </Note>
          ))}
          {!isReadOnly && (
            <Button kind="primary" type="submit" isBusy={change.isBusy} disabled={!isDirty}>
              {say.receivers.save}
            </Button>
          )}
        </fieldset>
      </form>
    </Panel>
  )
}

function textsOf(mapping: ReceiverTextFragment['mapping']): Readonly<Record<Place, string>> {
  const text = (place: Place): [Place, string] => [place, mapping[place] ?? '']
  return Object.fromEntries(places.map(text)) as Record<Place, string>
}

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}
