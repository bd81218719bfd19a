import type { DeliveryFilter, DeliveryStatus } from '../../api/documents.js'
import { parametersWith, textsOf } from '../../app/address-texts.js'
import { boundsOf, type When } from '../../time/bounds.js'

/** Which deliveries the reader wants to see, as the address holds it. */
export interface DeliveryChoice extends When {
  /** Null = in any. */
  readonly status: DeliveryStatus | null
  /** The id of a rule; empty = of any. */
  readonly rule: string
  /** The id of an action; empty = of any. */
  readonly action: string
}

export const everyDelivery: DeliveryChoice = { status: null, rule: '', action: '', since: '', until: '' }

/** The worst first, as a person looks for them. */
export const deliveryStatuses: readonly DeliveryStatus[] = ['FAILED', 'PENDING', 'DELIVERED', 'SUPPRESSED']

/** Reads an address; a status that makes no sense counts as none. */
export function deliveryChoiceIn(parameters: URLSearchParams): DeliveryChoice {
  const { status: given, ...texts } = textsOf(parameters, ['status', 'rule', 'action', 'since', 'until'])
  const status = given.toUpperCase()
  return { ...texts, status: deliveryStatuses.find((one) => one === status) ?? null }
}

/** The choice as an address holds it: what is not chosen is not in it. */
export function parametersOf({ status, rule, action, since, until }: DeliveryChoice): URLSearchParams {
  return parametersWith({ status: status?.toLowerCase() ?? '', rule, action, since, until })
}

/** The choice as the API's filter; `now` in milliseconds. */
export function deliveryFilterOf(choice: DeliveryChoice, now: number): DeliveryFilter {
  const { status, rule, action } = choice
  return {
    ...(status !== null && { status: [status] }),
    ...(rule !== '' && { ruleId: [rule] }),
    ...(action !== '' && { actionId: [action] }),
    ...boundsOf(choice, now),
  }
}
