import { useState } from 'react'
import { say } from '../strings.js'
import type { When } from './bounds.js'
import { DateRange } from './date-range.js'
import { type Span, SpanPicker, spans } from './span-picker.js'

interface WhenPickerProps {
  readonly when: When
  change(when: When): void
}

/** From when to when: up to now, or between two moments. */
export function WhenPicker({ when: { since, until }, change }: WhenPickerProps) {
  const [isCustom, setCustom] = useState(false)
  const isSpan = (spans as readonly string[]).includes(since) && until === ''
  const isBetween = isCustom || (!isSpan && (since !== '' || until !== ''))
  const span = isBetween ? 'between' : isSpan ? (since as Span) : 'all'
  return (
    <>
      <SpanPicker<'all' | 'between'>
        span={span}
        further={[
          { value: 'all', text: say.span.all },
          { value: 'between', text: say.span.between },
        ]}
        choose={(chosen) => {
          setCustom(chosen === 'between')
          if (chosen === 'all') change({ since: '', until: '' })
          else if (chosen !== 'between') change({ since: chosen, until: '' })
        }}
      />
      {isBetween && (
        <DateRange
          since={isSpan ? '' : since}
          until={until}
          choose={(from, to) => change({ since: from, until: to })}
        />
      )}
    </>
  )
}
