import type { QueryClient } from '@tanstack/react-query'
import { deliveryQueries } from '../alerts/delivery-queries.js'

/** The queries that tell of rules and their actions, by their names, and of deliveries: whether these can be tried again hangs on both. */
export const ruleQueries = [
  'Rules',
  'Rule',
  'RuleNames',
  'Actions',
  'ActionNames',
  ...deliveryQueries,
] as const

/** Has all that tells of rules asked again, after one was saved or deleted. */
export async function rereadRules(queries: QueryClient): Promise<void> {
  await Promise.all(ruleQueries.map((name) => queries.invalidateQueries({ queryKey: [name] })))
}
