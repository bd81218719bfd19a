import { useSearchParams } from 'wouter'
import { useAddressChoice } from '../app/use-address-choice.js'
import { choiceIn, type LogChoice, withChoice } from './log-choice.js'

/** Which logs are wanted; the log that is open stays so. */
export function useChoice(): readonly [LogChoice, (change: Partial<LogChoice>) => void] {
  return useAddressChoice(choiceIn, (choice, parameters) => withChoice(parameters, choice))
}

/** Marks an entry of the browser's history that was added when a log was opened from its list: the list lies below it. */
const OVER_LIST = 'over its list'

/**
 * The log whose details are open, by its id in the address. To open one adds an entry to the history, so that the Back of a phone closes
 * it; to close it in another way takes that entry away again, and Back does not bring it back.
 */
export function useOpenLog(): readonly [string | null, (id: string | null) => void] {
  const [parameters, setParameters] = useSearchParams()
  const open = (id: string | null): void => {
    // Asked of the browser: what is drawn may be of before the last click.
    const isOpen = new URLSearchParams(location.search).has('log')
    if (id === null && !isOpen) return
    const isOver = isOpen && history.state === OVER_LIST
    setParameters((current) => withLog(current, id), {
      replace: isOpen,
      state: id !== null && (isOver || !isOpen) ? OVER_LIST : null,
    })
    // What the reader chose meanwhile has replaced the entry and its mark: then there is no way back to the list as it is now.
    if (id === null && isOver) history.back()
  }
  return [parameters.get('log'), open]
}

function withLog(parameters: URLSearchParams, id: string | null): URLSearchParams {
  const written = new URLSearchParams(parameters)
  if (id === null) written.delete('log')
  else written.set('log', id)
  return written
}
