import { DropdownMenu } from 'radix-ui'
import { type FormEvent, useState } from 'react'
import { Button } from '../../components/button.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { Icon } from '../../components/icon.js'
import { say } from '../../strings.js'
import { type Example, examples } from './examples.js'
import { forget, keep, readSaved } from './saved-examples.js'

interface ExampleMenuProps {
  readonly text: Omit<Example, 'name'>
  open(example: Omit<Example, 'name'>): void
}

/** Operations to begin with, and those that the reader saved. */
export function ExampleMenu({ text, open }: ExampleMenuProps) {
  const [saved, setSaved] = useState(readSaved)
  const [isSaving, setSaving] = useState(false)
  const item = (example: Example) => (
    <DropdownMenu.Item
      key={example.name}
      className="menu-item"
      onSelect={() => open({ query: example.query, variables: example.variables })}
    >
      <Icon name={example.query.startsWith('subscription') ? 'activity' : 'code'} />
      {example.name}
    </DropdownMenu.Item>
  )
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="button">
          <span>{say.explorer.examples}</span>
          <Icon name="chevron" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={12}>
            {examples.map(item)}
            <DropdownMenu.Separator className="menu-line" />
            {saved.map((example) => item(example))}
            <DropdownMenu.Item className="menu-item" onSelect={() => setSaving(true)}>
              <Icon name="plus" />
              {say.explorer.save}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {isSaving && (
        <SaveDialog
          saved={saved}
          close={() => setSaving(false)}
          save={(name) => {
            setSaved(keep({ name, ...text }))
            setSaving(false)
          }}
          remove={(name) => setSaved(forget(name))}
        />
      )}
    </>
  )
}

interface SaveDialogProps {
  readonly saved: readonly Example[]
  readonly close: () => void
  save(name: string): void
  remove(name: string): void
}

function SaveDialog({ saved, close, save, remove }: SaveDialogProps) {
  const [name, setName] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (name.trim() !== '') save(name.trim())
  }
  return (
    <Dialog title={say.explorer.save} close={close}>
      <form className="save-example" onSubmit={submit}>
        <Field label={say.explorer.name} hint={say.explorer.nameHint}>
          {(control) => (
            <input
              {...control}
              className="input"
              maxLength={80}
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
        <Button kind="primary" type="submit">
          {say.explorer.keep}
        </Button>
      </form>
      {saved.length > 0 && (
        <ul className="saved-examples">
          {saved.map((example) => (
            <li key={example.name}>
              <span>{example.name}</span>
              <Button
                kind="quiet"
                icon="trash"
                aria-label={say.explorer.forget(example.name)}
                onClick={() => remove(example.name)}
              />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
