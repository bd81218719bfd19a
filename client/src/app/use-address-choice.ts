import { useMemo } from 'react'
import { useSearchParams } from 'wouter'

/**
 * What the reader chose of a list, as the address holds it: `read` from it, `write` to it. A change replaces the address, so that
 * going back leaves the page and not one choice.
 */
export function useAddressChoice<Choice extends object>(
  read: (parameters: URLSearchParams) => Choice,
  write: (choice: Choice) => URLSearchParams,
): readonly [Choice, (what: Partial<Choice>) => void] {
  const [parameters, setParameters] = useSearchParams()
  const text = parameters.toString()
  const choice = useMemo(() => read(new URLSearchParams(text)), [read, text])
  // What is not changed stays as the address has it by then: a search is told of only once its typing pauses.
  const change = (what: Partial<Choice>): void =>
    setParameters((current) => write({ ...read(current), ...what }), { replace: true })
  return [choice, change]
}
