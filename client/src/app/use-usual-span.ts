import type { Span } from '../time/span-picker.js'
import { useHealth } from './use-health.js'

interface UsualSpan {
  readonly span: Span
  /** False until the account is known: what is asked for before may have to be asked for again. */
  readonly isKnown: boolean
}

/** The span that is shown where the reader chose none: a day, but a demo that just began has a past of two hours. */
export function useUsualSpan(): UsualSpan {
  const { data, error } = useHealth()
  return { span: data?.health.demo === true ? '1h' : '24h', isKnown: data !== undefined || error !== null }
}
