import { LogCountDocument, type LogCountQuery, type LogFilter } from '../../api/documents.js'
import { type Shown, useAnswer } from '../../api/use-answer.js'
import { useLast } from '../../api/use-last.js'

/** How many logs a filter finds. Another `asOf` has them counted anew; the last count of the same `choice` stays until that has come. */
export function useLogCount(choice: string, filter: LogFilter, asOf: number): Shown<LogCountQuery> {
  const answer = useAnswer(LogCountDocument, { filter }, { asOf })
  const { data, dataUpdatedAt } = answer
  return { ...answer, ...useLast({ data, dataUpdatedAt }, choice) }
}
