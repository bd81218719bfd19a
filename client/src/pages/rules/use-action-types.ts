import type { ActionType } from '../../api/documents.js'

export interface ActionTypeInfo {
  readonly type: ActionType
  readonly title: string
  readonly description: string
  /** JSON Schema. */
  readonly configSchema: unknown
}

const text = (maxLength: number) => ({ type: 'string', maxLength })

const types: readonly ActionTypeInfo[] = [
  {
    type: 'EMAIL',
    title: 'Email',
    description: 'One email to every recipient.',
    configSchema: {
      type: 'object',
      properties: {
        recipients: { type: 'array', items: text(254) },
        subject: text(500),
        template: {
          type: 'string',
          enum: ['error_notification', 'summary_report', 'call_failure', 'custom'],
        },
        body: text(8000),
        priority: { type: 'string', enum: ['high', 'normal', 'low'] },
      },
      required: ['recipients'],
    },
  },
  {
    type: 'WEBHOOK',
    title: 'Webhook',
    description: 'A signed JSON request to a URL.',
    configSchema: {
      type: 'object',
      properties: {
        url: text(2048),
        method: { type: 'string', enum: ['POST', 'PUT'] },
        headers: { type: 'object', additionalProperties: text(4096) },
        payload: {},
        secret: text(512),
        timeoutSeconds: { type: 'number' },
      },
      required: ['url'],
    },
  },
  {
    type: 'LOG',
    title: 'Log line',
    description: 'One line in the program’s own log.',
    configSchema: {
      type: 'object',
      properties: {
        level: { type: 'string', enum: ['debug', 'info', 'warn', 'error'] },
        message: text(2000),
      },
    },
  },
]

/** What can be done for an alert, with the schema of each config; empty until it is known. */
export function useActionTypes(): readonly ActionTypeInfo[] {
  return types
}
