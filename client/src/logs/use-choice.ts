import { useSearchParams } from 'wouter'
import { useAddressChoice } from '../app/use-address-choice.js'
import { choiceIn, type LogChoice, withChoice } from './log-choice.js'

/** Which logs are wanted; the log that is open stays so. */
export function useChoice(): readonly [LogChoice, (change: Partial<LogChoice>) => void] {
  return useAddressChoice(choiceIn, (choice, parameters) => withChoice(parameters, choice))
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
