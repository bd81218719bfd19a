import { ActionNamesDocument, type DeliveryFilter, RetriableDocument } from '../api/documents.js'
import { madeNow } from '../api/made-now.js'
import { useAnswer } from '../api/use-answer.js'

interface RetriableOptions {
  /** What stands for a filter that moves with the clock. */
  readonly keptAs: unknown
  readonly every: number
  /** False: nobody asks. */
  readonly enabled: boolean
}

/**
 * How many of the failed deliveries that a filter finds the server would try again: it leaves out what belongs to a rule or an action that
 * is disabled or deleted. Undefined while that is not known.
 */
export function useRetriable(
  filter: DeliveryFilter | (() => DeliveryFilter),
  { keptAs, every, enabled }: RetriableOptions,
): number | undefined {
  const actions = useAnswer(ActionNamesDocument, {}, { every, enabled }).data?.actions
  const inUse = actions?.filter((action) => action.enabled && action.rule.enabled).map(({ id }) => id) ?? []
  const { data } = useAnswer(
    RetriableDocument,
    () => ({ filter: { ...madeNow(filter), status: ['FAILED' as const], actionId: inUse } }),
    // Without an action the filter would find those of all.
    { keptAs: { keptAs, inUse }, every, enabled: enabled && inUse.length > 0 },
  )
  return actions && inUse.length === 0 ? 0 : data?.deliveries.totalCount
}
