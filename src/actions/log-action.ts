import { z } from 'zod'

import { oneLine } from '../sources/one-line.js'
import { ActionType } from './action.js'
import type { Handler, Notice } from './handler.js'
import { headline, noticeType, noticeVariables } from './notice-data.js'
import { renderTemplate, templateFault } from './template.js'
import { unknownVariables } from './template-variables.js'

const schema = z.strictObject({
  level: z
    .enum(['debug', 'info', 'warn', 'error'])
    .meta({ title: 'Level', description: 'How loud the line is; info where nothing is chosen.' })
    .optional(),
  message: z
    .string()
    .min(1)
    .max(2000)
    .superRefine((message, context) => {
      const fault = templateFault(message)
      if (fault !== null) context.addIssue({ code: 'custom', message: fault })
    })
    .meta({
      title: 'Message',
      description: "What it says, {{variables}} filled in; the alert's summary where nothing is written.",
      format: 'template',
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
    title: 'Log line',
    description: "Writes one structured line to the program's own log.",
    schema,
    retryAttempts,
    mapSecrets: (config) => config,
    recipients: () => [],
    warnings: ({ message = '' }) =>
      unknownVariables(message).map((name) => `message: {{${name}}} is not a known variable and stays empty`),

    request: (notice, { level = 'info', message }) => ({ level, message: lineOf(notice, message) }),

    send(notice, { level = 'info', message }) {
      const { rule, alert, deliveryId } = notice
      const line = lineOf(notice, message)
      write(level, { type: noticeType(notice), ruleId: rule.id, alertId: alert.id, deliveryId }, line)
      return Promise.resolve({ statusCode: null, response: null, result: { level, message: line } })
    },
  }
}

function lineOf(notice: Notice, message: string | undefined): string {
  const text =
    message === undefined ? headline(notice) : renderTemplate(message, noticeVariables(notice), 'text')
  return oneLine(text).trim()
}
