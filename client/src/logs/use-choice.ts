import { useMemo } from 'react'
import { useSearchParams } from 'wouter'
import { choiceIn, type LogChoice, withChoice } from './log-choice.js'

/** The choice in the address. A change replaces the address, so that going back leaves the page and not one letter of a search. */
export function useChoice(): readonly [LogChoice, (change: Partial<LogChoice>) => void] {
  const [parameters, setParameters] = useSearchParams()
  const text = parameters.toString()
  const choice = useMemo(() => choiceIn(new URLSearchParams(text)), [text])
  // What is not changed stays as the address has it by then: a search is told of only once its typing pauses.
  const change = (what: Partial<LogChoice>): void =>
    setParameters((current) => withChoice(current, { ...choiceIn(current), ...what }), { replace: true })
  return [choice, change]
}

/** The log whose details are open, by its id in the address. */
export function useOpenLog(): readonly [string | null, (id: string | null) => void] {
  const [parameters, setParameters] = useSearchParams()
  const open = (id: string | null): void =>
    setParameters(
      (current) => {
        const written = new URLSearchParams(current)
        if (id === null) written.delete('log')
        else written.set('log', id)
        return written
      },
      { replace: true },
    )
  return [parameters.get('log'), open]
}
