import { LogType } from '../log.js'
import { MAX_ADDRESS, textOf, wordOf } from '../raw-fields.js'
import { partOf, sidOf } from './part.js'
import type { Fields, WebhookKind } from './webhook-kind.js'

const CALL = /^CA[0-9a-f]{32}$/i
const sid = (fields: Fields) => sidOf(fields.get('CallSid'), CALL)

/** Names of moments in a call's progress that are no statuses of the call (twilio-oai, `StatusCallbackEvent`). */
const statusAt: Readonly<Record<string, string>> = { initiated: 'queued', answered: 'in-progress' }

function status(fields: Fields): string | null {
  const word = wordOf(fields.get('CallStatus'))
  return word !== null && Object.hasOwn(statusAt, word) ? (statusAt[word] ?? word) : word
}

/** Status callbacks of calls. A call has no error code. */
export const callStatus: WebhookKind = {
  channel: 'twilio-call',
  recognizes: (fields) => sid(fields) !== null && status(fields) !== null,
  idempotencyId: (fields) =>
    [sid(fields), status(fields), textOf(fields.get('SequenceNumber'), 20)].join(' ').trim(),
  toSighting: (fields, received) =>
    partOf(sid(fields), fields, received, {
      logType: LogType.CALL,
      status: status(fields),
      errorCode: null,
      errorMessage: null,
      fromNumber: textOf(fields.get('From'), MAX_ADDRESS),
      toNumber: textOf(fields.get('To'), MAX_ADDRESS),
      text: null,
    }),
}
