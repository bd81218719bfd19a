import { codeOf, isRecord, levelOf, type RawRecord, textOf } from '../raw-fields.js'
import { partOf, sidOf } from './part.js'
import { Fields, type WebhookKind } from './webhook-kind.js'

const ALERT = /^NO[0-9a-f]{32}$/i
const sid = (fields: Fields) => sidOf(fields.get('Sid'), ALERT)

/** The Debugger's webhook, and the error logs of Event Streams, which hold the same: a monitor alert by its own SID. */
export const loggedError: WebhookKind = {
  channel: 'twilio-debugger',
  recognizes: (fields) => sid(fields) !== null && fields.get('Level') !== undefined,
  idempotencyId: (fields) => String(sid(fields)),
  toSighting: (fields, received) => {
    const { payload, words } = readPayload(fields.get('Payload'))
    const about = payload.within('more_info')
    return partOf(sid(fields), fields, received, {
      logType: levelOf(fields.get('Level')),
      status: null,
      errorCode: codeOf(payload.get('error_code') ?? fields.get('ErrorCode')),
      errorMessage: textOf(about.get('Msg')) ?? textOf(words),
      fromNumber: null,
      toNumber: null,
      text: textOf(words),
    })
  },
}

/** The payload is JSON within JSON, and mostly an object; what it says of the error is put as the alert's text would put it. */
function readPayload(value: unknown): { payload: Fields; words: string | null } {
  const read = typeof value === 'string' ? parsed(value) : value
  if (!isRecord(read)) return { payload: new Fields({}), words: textOf(value) }
  const payload = new Fields(read)
  const about = payload.get('more_info')
  return { payload, words: isRecord(about) ? inPairs(about) : textOf(about) }
}

function inPairs(about: RawRecord): string | null {
  const pairs = Object.entries(about).flatMap(([name, value]) => {
    const text = textOf(value)
    return text === null ? [] : [`${name}=${text}`]
  })
  return pairs.join('&') || null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
