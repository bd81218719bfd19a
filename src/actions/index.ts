import { createEmailHandler } from './email.js'
import type { Handler, Handlers } from './handler.js'
import { createLogHandler, type WriteLine } from './log-action.js'
import { maskingNumbers } from './mask-notices.js'
import type { OutboundHttp } from './outbound-http.js'
import type { SmtpSettings } from './smtp-pool.js'
import { createWebhookHandler, type WebhookSettings } from './webhook.js'

export interface HandlerDeps {
  readonly smtp: SmtpSettings | null
  readonly http: OutboundHttp
  readonly log: WriteLine
  readonly webhook: WebhookSettings
  /** Tries after the first, for every type but webhooks. */
  readonly retryAttempts: number
  readonly publicUrl: string
  /** Whether the account is the demo's. */
  readonly demo: boolean
  /** Whether what is sent shows phone numbers masked. */
  readonly maskNumbers: boolean
  readonly now?: () => Date
}

/** Every handler, made from what it needs. A new action type is one file and one line here. */
export function createHandlers(deps: HandlerDeps): Handlers {
  const made: readonly Handler[] = [
    createEmailHandler(deps),
    createWebhookHandler(deps),
    createLogHandler(deps.log, deps.retryAttempts),
  ]
  const list = deps.maskNumbers ? made.map(maskingNumbers) : made
  const byType = new Map(list.map((handler) => [handler.type, handler]))

  return {
    list,
    get(type) {
      const handler = byType.get(type)
      if (!handler) throw new Error(`There is no handler for actions of type ${type}.`)
      return handler
    },
    async close() {
      await Promise.all(list.map((handler) => handler.close?.()))
    },
  }
}
