import { type FormEvent, useEffect, useRef, useState } from 'react'
import { isPossibleKey } from '../api/access-key.js'
import { Button } from '../components/button.js'
import { Field } from '../components/field.js'
import { say } from '../strings.js'
import { Brand } from './brand.js'
import './sign-in.css'

interface SignInProps {
  readonly wasRefused: boolean
  readonly signIn: (key: string) => void
}

export function SignIn({ wasRefused, signIn }: SignInProps) {
  const [key, setKey] = useState('')
  const [isImpossible, setImpossible] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    document.title = `${say.signIn.title} · ${say.product}`
    input.current?.focus()
  }, [])

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const given = key.trim()
    if (isPossibleKey(given)) signIn(given)
    else setImpossible(true)
  }
  const fault = isImpossible ? say.signIn.impossible : wasRefused ? say.signIn.refused : undefined

  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={submit}>
        <Brand />
        <h1>{say.signIn.title}</h1>
        <p className="muted">{say.signIn.about}</p>
        <Field label={say.signIn.key} hint={say.signIn.hint} error={fault}>
          {(control) => (
            <input
              {...control}
              ref={input}
              className="input mono"
              type="password"
              autoComplete="current-password"
              spellCheck={false}
              required
              value={key}
              onChange={(event) => {
                setKey(event.target.value)
                setImpossible(false)
              }}
            />
          )}
        </Field>
        <Button kind="primary" type="submit">
          {say.signIn.button}
        </Button>
        <p className="muted small">{say.signIn.kept}</p>
      </form>
    </main>
  )
}
