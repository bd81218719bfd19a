import { type FormEvent, useState } from 'react'
import { type ApiScope, CreateApiKeyDocument } from '../../api/documents.js'
import { faultAt } from '../../api/field-faults.js'
import { useChange } from '../../api/use-change.js'
import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { FailureNote } from '../../components/failure-note.js'
import { Field } from '../../components/field.js'
import { say } from '../../strings.js'
import { serverNow } from '../../time/server-clock.js'
import { ShownOnce } from './shown-once.js'

/** One of these, and PII beside it; ADMIN includes it. */
const scopes: readonly ApiScope[] = ['READ', 'OPERATE', 'ADMIN']
const lives = ['', '30', '90', '365'] as const
const DAY_MS = 86_400_000

/** Makes a key, and shows it this once. */
export function NewKey({ close }: { readonly close: () => void }) {
  const create = useChange(CreateApiKeyDocument, ['ApiKeys'])
  const [name, setName] = useState('')
  const [scope, setScope] = useState<ApiScope>('READ')
  const [seesNumbers, setSeesNumbers] = useState(false)
  const [days, setDays] = useState<string>('90')
  const faults = create.error?.fields ?? []
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const expiresAt = days === '' ? null : new Date(serverNow() + Number(days) * DAY_MS).toISOString()
    const granted: readonly ApiScope[] = seesNumbers && scope !== 'ADMIN' ? [scope, 'PII'] : [scope]
    create.mutate({ input: { name: name.trim(), scopes: granted, expiresAt } })
  }

  if (create.data)
    return (
      <ShownOnce
        title={say.keyring.made}
        warning={say.keyring.once}
        text={create.data.createApiKey.key}
        copyLabel={say.keyring.copy}
        close={close}
      />
    )
  return (
    <Dialog title={say.keyring.create} close={close}>
      <form className="setting-form" onSubmit={submit}>
        <Field label={say.keyring.name} hint={say.keyring.nameHint} error={faultAt(faults, 'name')}>
          {(control) => (
            <input
              {...control}
              className="input"
              maxLength={100}
              autoComplete="off"
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
        <Field label={say.keyring.scope} hint={say.keyring.scopes[scope]} error={faultAt(faults, 'scopes')}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={scope}
              onChange={({ target }) => setScope(target.value as ApiScope)}
            >
              {scopes.map((one) => (
                <option key={one} value={one}>
                  {say.scope.names[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        {scope !== 'ADMIN' && (
          <label className="setting-check">
            <input
              type="checkbox"
              checked={seesNumbers}
              onChange={({ target }) => setSeesNumbers(target.checked)}
            />
            <span>{say.keyring.scopes.PII}</span>
          </label>
        )}
        <Field label={say.keyring.life} error={faultAt(faults, 'expiresAt')}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={days}
              onChange={({ target }) => setDays(target.value)}
            >
              {lives.map((life) => (
                <option key={life} value={life}>
                  {say.keyring.lives[life]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <FailureNote error={create.error} />
        <Button kind="primary" type="submit" isBusy={create.isPending}>
          {say.keyring.make}
        </Button>
      </form>
    </Dialog>
  )
}
