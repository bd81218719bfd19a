import { useMemo } from 'react'
import { useSearchParams } from 'wouter'

/**
 * What the reader chose of a list, as the address holds it: `read` from it, `write` to it (what else stands in it is given too). A
 * change replaces the address, so that going back leaves the page and not one choice, or one letter of a search.
 */
export function useAddressChoice<Choice extends object>(
  read: (parameters: URLSearchParams) => Choice,
  write: (choice: Choice, parameters: URLSearchParams) => URLSearchParams,
): readonly [Choice, (what: Partial<Choice>) => void] {
  const [parameters, setParameters] = useSearchParams()
  const text = parameters.toString()
  const choice = useMemo(() => read(new URLSearchParams(text)), [read, text])
  // What is not changed stays as the address has it by then: a search is told of only once its typing pauses.
  const change = (what: Partial<Choice>): void =>
    setParameters((current) => write({ ...read(current), ...what }, current), { replace: true })
  return [choice, change]
}
