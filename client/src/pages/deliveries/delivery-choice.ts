import type { DeliveryFilter, DeliveryStatus } from '../../api/documents.js'
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

const TEXT = ['rule', 'action', 'since', 'until'] as const

/** Reads an address; a status that makes no sense counts as none. */
export function deliveryChoiceIn(parameters: URLSearchParams): DeliveryChoice {
  const text = Object.fromEntries(TEXT.map((name) => [name, parameters.get(name) ?? '']))
  const status = parameters.get('status')?.toUpperCase()
  return { ...everyDelivery, ...text, status: deliveryStatuses.find((one) => one === status) ?? null }
}

/** The choice as an address holds it: what is not chosen is not in it. */
export function parametersOf({ status, ...choice }: DeliveryChoice): URLSearchParams {
  const written = new URLSearchParams()
  if (status !== null) written.set('status', status.toLowerCase())
  for (const name of TEXT) if (choice[name] !== '') written.set(name, choice[name])
  return written
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
