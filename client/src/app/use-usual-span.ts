import { HealthDocument } from '../api/documents.js'
import { useAnswer } from '../api/use-answer.js'
import type { Span } from '../time/span-picker.js'
import { HEALTH_EVERY_MS } from './notices.js'

interface UsualSpan {
  readonly span: Span
  /** False until the account is known: what is asked for before may have to be asked for again. */
  readonly isKnown: boolean
}

/** The span that is shown where the reader chose none: a day, but a demo that just began has a past of two hours. */
export function useUsualSpan(): UsualSpan {
  const { data, error } = useAnswer(HealthDocument, {}, { every: HEALTH_EVERY_MS })
  return { span: data?.health.demo === true ? '1h' : '24h', isKnown: data !== undefined || error !== null }
}
