import { HealthDocument, type HealthQuery } from '../api/documents.js'
import { HOW_OFTEN_MS } from '../api/how-often.js'
import { type Shown, useAnswer } from '../api/use-answer.js'

/** What the server says of itself; one answer serves every part of a page that shows some of it. */
export function useHealth(): Shown<HealthQuery> {
  return useAnswer(HealthDocument, {}, { every: HOW_OFTEN_MS.untold })
}
