import type { Sighting } from '../log.js'
import { isRecord, type RawRecord } from '../raw-fields.js'

/** One kind of webhook that Twilio sends, by what is read from its parameters or its event. */
export interface WebhookKind {
  /** What its entries in the inbox are filed under. */
  readonly channel: string
  /** Whether it is one of this kind. */
  recognizes(fields: Fields): boolean
  /** What tells a repeat from news: one text for one fact. */
  idempotencyId(fields: Fields): string
  /**
   * The log that polling would make of the record, as far as the webhook tells of it. `received` stands in for a time of its own.
   * Throws `WebhookError`.
   */
  toSighting(fields: Fields, received: Received): Sighting
}

/** Where and when a webhook came in. */
export interface Received {
  readonly accountSid: string
  readonly at: Date
}

/** A webhook that is none, or lacks what makes it one. The message says why, for operators. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError'
}

/**
 * What a webhook says, by names without case and underscores: forms write `MessageSid`, events `messageSid`, error logs
 * `error_code`.
 */
export class Fields {
  private readonly values = new Map<string, unknown>()

  constructor(readonly raw: RawRecord) {
    for (const [name, value] of Object.entries(raw)) {
      const plain = plainName(name)
      if (!this.values.has(plain)) this.values.set(plain, value)
    }
  }

  /** The first of these that is there; of one that came several times its first value. */
  get(...names: readonly string[]): unknown {
    for (const name of names) {
      const found = this.values.get(plainName(name))
      const value: unknown = Array.isArray(found) ? found[0] : found
      if (value !== undefined && value !== null && value !== '') return value
    }
    return undefined
  }

  /** The fields of an object within; none where there is no such object. */
  within(name: string): Fields {
    const value = this.get(name)
    return new Fields(isRecord(value) ? value : {})
  }
}

function plainName(name: string): string {
  return name.replaceAll('_', '').toLowerCase()
}
