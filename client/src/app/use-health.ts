import { HealthDocument, type HealthQuery } from '../api/documents.js'
import { type Shown, useAnswer } from '../api/use-answer.js'

/** How often the health is asked for, in milliseconds. */
const EVERY_MS = 10_000

/** What the server says of itself; one answer serves every part of a page that shows some of it. */
export function useHealth(): Shown<HealthQuery> {
  return useAnswer(HealthDocument, {}, { every: EVERY_MS })
}
