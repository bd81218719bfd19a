import { Segments } from '../components/segments.js'
import { say } from '../strings.js'

/** Spans up to now, as addresses write them. */
export type Span = '1h' | '24h' | '7d' | '30d'

export const spans: readonly Span[] = ['1h', '24h', '7d', '30d']

const HOUR_MS = 3_600_000
const lengths: Readonly<Record<Span, number>> = {
  '1h': HOUR_MS,
  '24h': 24 * HOUR_MS,
  '7d': 7 * 24 * HOUR_MS,
  '30d': 30 * 24 * HOUR_MS,
}

/** In milliseconds. */
export function lengthOf(span: Span): number {
  return lengths[span]
}

interface SpanPickerProps<Further extends string> {
  readonly span: Span | Further
  choose(span: Span | Further): void
  /** Choices besides the spans, such as all of time. */
  readonly further?: readonly { readonly value: Further; readonly text: string }[]
}

export function SpanPicker<Further extends string = never>({
  span,
  choose,
  further = [],
}: SpanPickerProps<Further>) {
  const options = [
    ...spans.map((value) => {
      const text = say.span.lengths[value]
      return { value, text, title: say.span.last(text) }
    }),
    ...further,
  ]
  return <Segments<Span | Further> label={say.span.label} value={span} options={options} choose={choose} />
}
