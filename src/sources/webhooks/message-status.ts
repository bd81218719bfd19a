import { LogType } from '../log.js'
import { codeOf, MAX_ADDRESS, textOf, wordOf } from '../raw-fields.js'
import { partOf, sidOf } from './part.js'
import type { Fields, WebhookKind } from './webhook-kind.js'

const MESSAGE = /^(SM|MM)[0-9a-f]{32}$/i
const sid = (fields: Fields) => sidOf(fields.get('MessageSid', 'SmsSid'), MESSAGE)
const status = (fields: Fields) => wordOf(fields.get('MessageStatus', 'SmsStatus'))

/** Status callbacks of messages, and the requests for messages that come in, which carry their text. */
export const messageStatus: WebhookKind = {
  channel: 'twilio-message',
  recognizes: (fields) => sid(fields) !== null && status(fields) !== null,
  idempotencyId: (fields) => `${sid(fields)} ${status(fields)}`,
  toSighting: (fields, received) =>
    partOf(sid(fields), fields, received, {
      logType: LogType.MESSAGE,
      status: status(fields),
      errorCode: codeOf(fields.get('ErrorCode')),
      errorMessage: textOf(fields.get('ErrorMessage')),
      fromNumber: textOf(fields.get('From'), MAX_ADDRESS),
      toNumber: textOf(fields.get('To'), MAX_ADDRESS),
      text: textOf(fields.get('Body')),
    }),
}
