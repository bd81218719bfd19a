import type { Span } from '../time/span-picker.js'
import { useIsDemo } from './use-is-demo.js'

/** The span that is shown where the reader chose none: a day, but a demo that just began has a past of two hours. */
export function useUsualSpan(): Span {
  return useIsDemo() ? '1h' : '24h'
}
