import type { Sighting } from '../log.js'
import { MAX_SID, textOf } from '../raw-fields.js'
import { storable } from '../storable.js'
import { parseTwilioDate } from '../twilio-date.js'
import { type Fields, type Received, WebhookError } from './webhook-kind.js'

type Contents = Pick<
  Sighting,
  'logType' | 'status' | 'errorCode' | 'errorMessage' | 'fromNumber' | 'toNumber' | 'text'
>

/** A webhook's part of a record. Its time is that of the webhook, or of its receipt; when the record was changed it does not say. */
export function partOf(
  twilioSid: string | null,
  fields: Fields,
  received: Received,
  contents: Contents,
): Sighting {
  if (twilioSid === null) throw new WebhookError('it names no record of Twilio')
  const timestamp =
    parseTwilioDate(fields.get('Timestamp')) ?? parseTwilioDate(fields.get('Time')) ?? received.at
  return {
    isWhole: false,
    twilioSid,
    accountSid: textOf(fields.get('AccountSid'), MAX_SID) ?? received.accountSid,
    timestamp,
    newestDate: timestamp,
    changedAt: null,
    ...contents,
    rawData: storable(fields.raw),
  }
}

/** The SID where it is one of that form, else null. */
export function sidOf(value: unknown, form: RegExp): string | null {
  return typeof value === 'string' && form.test(value) ? value : null
}
