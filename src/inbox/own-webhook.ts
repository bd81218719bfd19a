import type { IncomingHttpHeaders } from 'node:http'
import { HOP_HEADER } from '../actions/hop-header.js'

/** Whether an action sent this request, of this GiftPulse or of another. */
export function isOwnWebhook(headers: IncomingHttpHeaders): boolean {
  return headers[HOP_HEADER] !== undefined
}
