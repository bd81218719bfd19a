import type { AlertFilter } from '../../api/documents.js'
import { parametersWith, textsOf } from '../../app/address-texts.js'
import { useAddressChoice } from '../../app/use-address-choice.js'

/** Which alerts the reader wants to see, as the address holds it. */
export interface AlertChoice {
  readonly state: 'all' | 'firing' | 'resolved'
  /** The id of a rule; empty = of any. */
  readonly rule: string
}

export function useAlertChoice(): readonly [AlertChoice, (choice: Partial<AlertChoice>) => void] {
  return useAddressChoice(alertChoiceIn, alertParametersOf)
}

/** Reads an address; a state that makes no sense counts as none. */
function alertChoiceIn(parameters: URLSearchParams): AlertChoice {
  const { state: given, rule } = textsOf(parameters, ['state', 'rule'])
  const state = given.toLowerCase()
  return { state: state === 'firing' || state === 'resolved' ? state : 'all', rule }
}

/** The choice as an address holds it: what is not chosen is not in it. */
function alertParametersOf({ state, rule }: AlertChoice): URLSearchParams {
  return parametersWith({ state: state === 'all' ? '' : state, rule })
}

export function alertFilterOf({ state, rule }: AlertChoice): AlertFilter {
  return {
    ...(state !== 'all' && { state: [state === 'firing' ? 'FIRING' : 'RESOLVED'] }),
    ...(rule !== '' && { ruleId: [rule] }),
  }
}
