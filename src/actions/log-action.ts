import { z } from 'zod'

import { ActionType } from './action.js'
import type { Handler } from './handler.js'
import { headline, noticeType, noticeVariables } from './notice-data.js'
import { renderTemplate, templateFault } from './template.js'
import { unknownVariables } from './template-variables.js'

const schema = z.strictObject({
  level: z.enum(['debug', 'info', 'warn', 'error']).optional(),
  message: z
    .string()
    .min(1)
    .max(2000)
    .superRefine((message, context) => {
      const fault = templateFault(message)
      if (fault !== null) context.addIssue({ code: 'custom', message: fault })
    })
    .optional(),
})

export type LogConfig = z.infer<typeof schema>
export type LogLevel = NonNullable<LogConfig['level']>

/** Writes one line to the program's own log. */
export type WriteLine = (level: LogLevel, fields: Readonly<Record<string, unknown>>, message: string) => void

/** Says the alert in one structured line: `info` and the alert's summary where the config names nothing else. */
export function createLogHandler(write: WriteLine, retryAttempts: number): Handler<LogConfig> {
  return {
    type: ActionType.LOG,
    schema,
    retryAttempts,
    mapSecrets: (config) => config,
    recipients: () => [],
    warnings: ({ message = '' }) =>
      unknownVariables(message).map((name) => `message: {{${name}}} is not a known variable and stays empty`),

    send(notice, { level = 'info', message }) {
      const { rule, alert, deliveryId } = notice
      const text =
        message === undefined ? headline(notice) : renderTemplate(message, noticeVariables(notice), 'text')
      // Log text comes from outside: on a terminal a control character could forge lines or colours.
      const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
      write(level, { type: noticeType(notice), ruleId: rule.id, alertId: alert.id, deliveryId }, line)
      return Promise.resolve({ statusCode: null, response: null, result: { level, message: line } })
    },
  }
}
