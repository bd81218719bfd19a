/** Every status of a call resource (Twilio's `call_enum_status`); `initiated` and `answered` are callback events only. */
export const callStatuses: readonly string[] = [
  'queued',
  'ringing',
  'in-progress',
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
]

/** Every status of a message resource (Twilio's `message_enum_status`). */
export const messageStatuses: readonly string[] = [
  'queued',
  'sending',
  'sent',
  'failed',
  'delivered',
  'undelivered',
  'receiving',
  'received',
  'accepted',
  'scheduled',
  'read',
  'partially_delivered',
  'canceled',
]
