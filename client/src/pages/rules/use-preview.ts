import { useEffect, useMemo, useState } from 'react'
import type { ApiError, FieldFault } from '../../api/api-error.js'
import { type CreateRuleInput, PreviewRuleDocument, type PreviewRuleQuery } from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { useUsualSpan } from '../../app/use-usual-span.js'
import { serverNow } from '../../time/server-clock.js'
import { lengthOf, type Span } from '../../time/span-picker.js'
import { isWhole, type RuleDraft, settingsOf } from './rule-draft.js'

export interface Preview {
  readonly span: Span
  choose(span: Span): void
  readonly data: PreviewRuleQuery['previewRule'] | undefined
  readonly error: ApiError | null
  /** When the data came, in milliseconds. */
  readonly dataUpdatedAt: number
  retry(): void
  /** What is shown is of an earlier sentence; the next is under way. */
  readonly isOld: boolean
  /** What is wrong with the sentence. */
  readonly faults: readonly FieldFault[]
}

/** Stands for the rule's name, which may still be missing. */
export const PREVIEW_NAME = 'Preview'

const PAUSE_MS = 400

/** What the rule as it is being written would have done; asked anew once the writing pauses. */
export function usePreview(draft: RuleDraft): Preview {
  const usual = useUsualSpan()
  const [chosen, choose] = useState<Span | null>(null)
  const span = chosen ?? usual.span
  const isKnown = chosen !== null || usual.isKnown
  // Neither its name nor its actions change what it finds; one about GiftPulse itself finds no logs.
  const now =
    isWhole(draft) && draft.condition !== 'SYSTEM'
      ? JSON.stringify({ ...settingsOf(draft), name: PREVIEW_NAME, description: null })
      : ''
  const settled = useSettled(now)
  const variables = useMemo(
    () => ({
      input: (settled === '' ? {} : JSON.parse(settled)) as CreateRuleInput,
      since: new Date(serverNow() - lengthOf(span)).toISOString(),
    }),
    [settled, span],
  )
  const answer = useAnswer(PreviewRuleDocument, variables, {
    keepLast: true,
    enabled: settled !== '' && isKnown,
  })
  return {
    span,
    choose,
    data: settled === '' ? undefined : answer.data?.previewRule,
    error: settled === '' ? null : answer.error,
    dataUpdatedAt: answer.dataUpdatedAt,
    retry: () => void answer.refetch(),
    isOld: now !== settled || answer.isPlaceholderData,
    faults: answer.error?.fault === 'invalid' && settled === now ? answer.error.fields : [],
  }
}

/** The text once it has not changed for a while; the first one at once. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
