import type { Notice } from './handler.js'
import { foldedCount, headline, noticeData, noticeType, noticeVariables } from './notice-data.js'
import { aBudget, type Budget, renderTemplate } from './template.js'

/** How much text variables may bring into all strings of a payload together, in characters. */
const MAX_VARIABLE_CHARACTERS = 65_536

/** The account that a body is about. */
interface BodyOrigin {
  /** Whether it is the demo's. */
  readonly demo: boolean
}

/** The JSON text of a webhook: the payload with its variables filled in, or the standard body where there is none. */
export function webhookBody(notice: Notice, payload: unknown, origin: BodyOrigin): string {
  return JSON.stringify(
    payload === undefined
      ? standardBody(notice, origin)
      : fillIn(payload, noticeVariables(notice), aBudget(MAX_VARIABLE_CHARACTERS)),
  )
}

function standardBody(notice: Notice, { demo }: BodyOrigin) {
  const folded = notice.kind === 'fold' ? { foldedCount: foldedCount(notice) } : {}
  return {
    type: noticeType(notice),
    timestamp: notice.alert.triggeredAt.toISOString(),
    text: headline(notice),
    data: { ...noticeData(notice), ...folded, ...(demo && { demo }) },
  }
}

/** Strings stay strings, whatever their variables hold: the payload's shape is its author's, never the log's. */
function fillIn(payload: unknown, variables: Record<string, unknown>, budget: Budget): unknown {
  if (typeof payload === 'string') return renderTemplate(payload, variables, 'text', budget)
  if (Array.isArray(payload)) return payload.map((item) => fillIn(item, variables, budget))
  if (typeof payload !== 'object' || payload === null) return payload
  return Object.fromEntries(
    Object.entries(payload).map(([key, value]) => [key, fillIn(value, variables, budget)]),
  )
}
