import type { Action } from '../actions/action.js'
import type { Caller } from '../audit/caller.js'
import type { Delivery } from '../actions/delivery.js'
import type { InboxEntry } from '../inbox/inbox-entry.js'
import type { Receiver } from '../inbox/receiver.js'
import type { ApiKey } from '../keys/api-key.js'
import type { RulePreview } from '../preview/preview.js'
import type { Rule } from '../rules/rule.js'
import type { Change } from './configuration/change.js'
import type { Configuration } from './configuration/export-configuration.js'
import type { Erased } from './erase-command.js'
import type { WhichFailed } from './rule-book.js'

/**
 * Everything that a person or a script may ask the product to do. GraphQL, and later REST and files, are thin faces over it.
 * Inputs are checked here and nowhere else: they come as parsed JSON with the contract's camelCase keys (enum values in the
 * tables' lower case). Failures are `PublicError`s.
 */
export interface Commands {
  createRule(input: unknown): Promise<RuleResult>
  /** Absent = keep, null = clear. */
  updateRule(id: string, input: unknown): Promise<RuleResult>
  deleteRule(id: string): Promise<{ id: string }>
  /** What a rule would have done over stored logs: `{ input, since, until, includeBackfilled }`, the input being one for `createRule`. */
  /** Who may not see numbers has it judge texts without them, or a pattern would find one out digit by digit. */
  previewRule(given: unknown, caller: { readonly seesNumbers: boolean }): Promise<RulePreview>
  createAction(input: unknown): Promise<ActionResult>
  updateAction(id: string, input: unknown): Promise<ActionResult>
  deleteAction(id: string): Promise<{ id: string }>
  /** One real try, now, marked as a test; the result holds the `request` as it may be shown. */
  testAction(id: string, logId: string | null): Promise<{ success: boolean; result: Record<string, unknown> }>
  retryDelivery(id: string): Promise<{ delivery: Delivery }>
  /** What files would have to say to make what stands; secrets are references to variables. */
  configuration(): Promise<Configuration>
  /** Makes what files say stand, in one transaction: `{ configuration, variables, managedBy, dryRun, prune, pruneAll }`. */
  applyConfiguration(input: unknown): Promise<ApplyResult>
  /** `key` is the key itself, which nobody can be shown again. */
  createApiKey(input: unknown): Promise<{ apiKey: ApiKey; key: string }>
  /** It opens nothing from then on: here at once, in other processes within two seconds. */
  revokeApiKey(id: string): Promise<{ apiKey: ApiKey }>
  createReceiver(input: unknown): Promise<ReceiverResult>
  /** Absent = keep, null = clear. */
  updateReceiver(id: string, input: unknown): Promise<ReceiverResult>
  deleteReceiver(id: string): Promise<{ id: string }>
  /** Works what was received once more, as the receiver and its mapping are now. */
  replayReceived(id: string): Promise<{ received: InboxEntry }>
  /** Every failed delivery of these whose rule and action are there and enabled. */
  retryFailedDeliveries(which: WhichFailed): Promise<{ count: number }>
  /** Takes a phone number out of everything that is stored; rows stay. */
  eraseNumber(number: string): Promise<Erased>
  /** Polls every source now. */
  pollNow(): Promise<{ stored: number; changed: number }>
}

/** The commands as somebody asks for them: what they change is noted as theirs. */
export type CommandsFor = (caller: Caller) => Commands

export interface RuleResult {
  readonly rule: Rule
  readonly warnings: readonly string[]
}

export interface ReceiverResult {
  /** Its secrets sealed: never to be shown. */
  readonly receiver: Receiver
  /** The secret where it was generated now; nobody is shown it again. */
  readonly secret: string | null
  readonly warnings: readonly string[]
}

export interface ApplyResult {
  readonly changes: readonly Change[]
  readonly warnings: readonly string[]
  /** Nothing was written. */
  readonly dryRun: boolean
}

export interface ActionResult {
  /** With its secrets masked. */
  readonly action: Action
  readonly warnings: readonly string[]
}
