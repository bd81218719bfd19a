import type { z } from 'zod'

import type { Alert } from '../alerts/alert.js'
import type { Rule } from '../rules/rule.js'
import type { Log } from '../sources/log.js'
import type { Action, ActionType } from './action.js'
import type { DeliveryKind } from './delivery.js'

/** Deliveries of one rule for which a folding message stands. */
export interface Folded {
  /** Its name. */
  readonly rule: string
  readonly count: number
}

/** What a handler is asked to tell the world. */
export interface Notice {
  /** `test` is one real try asked for by a person. */
  readonly kind: DeliveryKind | 'test'
  /** The same on every try, so that receivers recognize a repeat: it becomes `webhook-id` and `Message-ID`. */
  readonly deliveryId: string
  readonly alert: Alert
  readonly rule: Rule
  readonly log: Log | null
  /** Of which rules, and how many of each, the suppressed deliveries are that a `fold` stands for, most first; else none. */
  readonly folded: readonly Folded[]
  /** What the try before this one left as the delivery's `actionResult`; null before the first, and for a test. */
  readonly lastResult: Readonly<Record<string, unknown>> | null
}

/** A try that succeeded. */
export interface Outcome {
  /** HTTP or SMTP status, where there was an answer. */
  readonly statusCode: number | null
  /** The first 2 kB of the answer. */
  readonly response: string | null
  /** Becomes the delivery's `actionResult`. */
  readonly result: Record<string, unknown>
}

/** An action's settings after its handler's schema has read them. */
export type ActionConfig = Readonly<Record<string, unknown>>

/**
 * One way to act on an alert. A handler sends and reports; claiming, retrying and recording are its caller's.
 * Methods, not function properties, on purpose: a list may then hold handlers of different configs, and each is
 * only ever given what its own schema returned.
 */
export interface Handler<C extends ActionConfig = ActionConfig> {
  readonly type: ActionType
  /** What people call it, and what it does, in a sentence. */
  readonly title: string
  readonly description: string
  /**
   * Strict: every unknown or bad field is an issue of its own. Titles and descriptions of its fields are for the forms that are made
   * from it; secrets say `writeOnly`.
   */
  readonly schema: z.ZodType<C>
  /** Tries after the first. */
  readonly retryAttempts: number
  /** The config with each secret replaced by what `map` makes of it: to seal, to open, to mask, to list. */
  mapSecrets(config: C, map: (value: string, path: string) => string): C
  /** The lower-case addresses that `EMAIL_MAX_PER_MINUTE` counts, each once; none for other handlers. */
  recipients(config: C): readonly string[]
  /** What is accepted but probably not meant, in sentences. */
  warnings?(config: C): string[]
  /** What a try sends, as it may be shown: every secret masked. */
  request(notice: Notice, config: C): Readonly<Record<string, unknown>>
  /** One try. Throws `ActionError` and nothing else. `signal` stops it early. */
  send(notice: Notice, config: C, signal: AbortSignal): Promise<Outcome>
  close?(): Promise<void>
}

/** Every handler there is. */
export interface Handlers {
  readonly list: readonly Handler[]
  get(type: ActionType): Handler
  /** Ends pooled connections. Idempotent. */
  close(): Promise<void>
}

/** The addresses that the email limit counts for an action. */
export function recipientsBy(handlers: Handlers): (action: Action) => readonly string[] {
  return ({ actionType, config }) => handlers.get(actionType).recipients(config)
}

interface ActionErrorDetails {
  /** Trying again cannot help. */
  readonly permanent?: boolean
  readonly statusCode?: number | null
  readonly response?: string | null
  readonly retryAfterMs?: number | null
  /** What the next try has to know of this one; it becomes part of the delivery's `actionResult`. */
  readonly result?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/** A try that failed. The message is stored and shown, so it never holds a secret. */
export class ActionError extends Error {
  override readonly name = 'ActionError'
  readonly permanent: boolean
  readonly statusCode: number | null
  /** The first 2 kB of the answer. */
  readonly response: string | null
  /** How long the other side asked to be left alone, 1 h at most. */
  readonly retryAfterMs: number | null
  /** What the next try has to know of this one. */
  readonly result: Readonly<Record<string, unknown>>

  constructor(
    /** For machines: `http-500`, `smtp-451`, `timeout`, `network`, `address-refused`, `aborted` … */
    readonly code: string,
    message: string,
    details: ActionErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.permanent = details.permanent ?? false
    this.statusCode = details.statusCode ?? null
    this.response = details.response ?? null
    this.retryAfterMs = details.retryAfterMs ?? null
    this.result = details.result ?? {}
  }
}
