import type { DeliveryFilter, DeliveryStatus } from '../../api/documents.js'
import { parametersWith, textsOf } from '../../app/address-texts.js'
import { boundsOf, type When } from '../../time/bounds.js'

/** Where a delivery stands, or that it was tried in vain since its action last worked, whether or not it was given up. */
export type DeliveryState = DeliveryStatus | 'FAILING'

/** Which deliveries the reader wants to see, as the address holds it. */
export interface DeliveryChoice extends When {
  /** Null = in any. */
  readonly state: DeliveryState | null
  /** The id of a rule; empty = of any. */
  readonly rule: string
  /** The id of an action; empty = of any. */
  readonly action: string
}

export const everyDelivery: DeliveryChoice = { state: null, rule: '', action: '', since: '', until: '' }

/** The worst first, as a person looks for them. */
export const deliveryStates: readonly DeliveryState[] = [
  'FAILING',
  'FAILED',
  'PENDING',
  'DELIVERED',
  'SUPPRESSED',
]

/** Reads an address; a state that makes no sense counts as none. */
export function deliveryChoiceIn(parameters: URLSearchParams): DeliveryChoice {
  const { status: given, ...texts } = textsOf(parameters, ['status', 'rule', 'action', 'since', 'until'])
  const state = given.toUpperCase()
  return { ...texts, state: deliveryStates.find((one) => one === state) ?? null }
}

/** The choice as an address holds it: what is not chosen is not in it. */
export function parametersOf({ state, rule, action, since, until }: DeliveryChoice): URLSearchParams {
  return parametersWith({ status: state?.toLowerCase() ?? '', rule, action, since, until })
}

/** The choice as the API's filter; `now` in milliseconds. */
export function deliveryFilterOf(choice: DeliveryChoice, now: number): DeliveryFilter {
  const { state, rule, action } = choice
  return {
    ...(state === 'FAILING' ? { failing: true } : state !== null && { status: [state] }),
    ...(rule !== '' && { ruleId: [rule] }),
    ...(action !== '' && { actionId: [action] }),
    ...boundsOf(choice, now),
  }
}
