/** Where an entry stands. The values are the table's and REST's spelling. */
export const InboxState = {
  /** Stored, and not worked yet. */
  PENDING: 'pending',
  DONE: 'done',
  /** Nothing follows from it; why is in `error`. */
  IGNORED: 'ignored',
  /** Set aside; why is in `error`. It can be replayed. */
  FAILED: 'failed',
} as const
export type InboxState = (typeof InboxState)[keyof typeof InboxState]

/** What came in by a webhook, as it is kept. */
export interface InboxEntry {
  readonly id: string
  /** Which kind of webhook: `twilio-message`, `twilio-call`, `twilio-debugger`, `twilio-event`, `twilio-other` or `custom:<name>`. */
  readonly channel: string
  readonly receiverId: string | null
  /** The log it tells of, by its SID; null where it tells of none. */
  readonly twilioSid: string | null
  readonly receivedAt: Date
  readonly state: InboxState
  /** Why it was ignored or set aside, or why its last try failed. */
  readonly error: string | null
  /** As it came: a form, one event, or the JSON of a custom webhook. */
  readonly body: string
}

/** What came in, ready to be stored. */
export interface Arrival extends Omit<InboxEntry, 'id'> {
  /** One for each fact within its channel: what has it again is a repeat. */
  readonly idempotencyId: string
  /** The account whose token signed it; null of custom webhooks. */
  readonly accountSid: string | null
  /** The id that a custom log has where its body names none. */
  readonly givenId: string | null
}

/** An entry whose work somebody has begun. */
export interface ClaimedEntry extends Pick<
  InboxEntry,
  'id' | 'channel' | 'receiverId' | 'receivedAt' | 'body'
> {
  readonly accountSid: string | null
  readonly givenId: string | null
  /** How often its work was begun, this time included. */
  readonly tries: number
}

/** What the work on an entry came to. */
export interface WorkedEntry {
  readonly id: string
  readonly state: InboxState
  readonly error: string | null
  readonly twilioSid: string | null
  /** Seconds until it is tried again, where it is still pending. */
  readonly retryInSeconds: number
}
