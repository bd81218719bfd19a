import type { QueryClient } from '@tanstack/react-query'

/** The queries that tell of rules and their actions. */
const OF_RULES = ['Rules', 'Rule', 'RuleNames', 'Actions', 'ActionNames']

/** Has all that tells of rules asked again, after one was saved or deleted. */
export async function rereadRules(queries: QueryClient): Promise<void> {
  await Promise.all(OF_RULES.map((name) => queries.invalidateQueries({ queryKey: [name] })))
}
