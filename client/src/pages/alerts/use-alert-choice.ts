import { useSearchParams } from 'wouter'
import type { AlertFilter } from '../../api/documents.js'

/** Which alerts the reader wants to see, as the address holds it. */
export interface AlertChoice {
  readonly state: 'all' | 'firing' | 'resolved'
  /** The id of a rule; empty = of any. */
  readonly rule: string
}

export function useAlertChoice(): readonly [AlertChoice, (choice: Partial<AlertChoice>) => void] {
  const [parameters, setParameters] = useSearchParams()
  const choice = alertChoiceIn(parameters)
  const choose = (change: Partial<AlertChoice>): void => {
    const { state, rule } = { ...choice, ...change }
    setParameters({ ...(state !== 'all' && { state }), ...(rule !== '' && { rule }) }, { replace: true })
  }
  return [choice, choose]
}

/** Reads an address; a state that makes no sense counts as none. */
function alertChoiceIn(parameters: URLSearchParams): AlertChoice {
  const state = parameters.get('state')?.toLowerCase()
  return {
    state: state === 'firing' || state === 'resolved' ? state : 'all',
    rule: parameters.get('rule') ?? '',
  }
}

export function alertFilterOf({ state, rule }: AlertChoice): AlertFilter {
  return {
    ...(state !== 'all' && { state: [state === 'firing' ? 'FIRING' : 'RESOLVED'] }),
    ...(rule !== '' && { ruleId: [rule] }),
  }
}
