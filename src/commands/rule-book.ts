import type { Action, ActionType } from '../actions/action.js'
import type { Delivery } from '../actions/delivery.js'
import type { Rule } from '../rules/rule.js'
import type { Change } from './configuration/change.js'
import type { ReceiverWriter } from './configuration/plan-receivers.js'
import type { References } from './configuration/references.js'
import type { RuleSettings } from './rule-input.js'

/** Which failed deliveries: those that fit all that is named; null = whatever it is. */
export interface WhichFailed {
  readonly alertId: string | null
  readonly ruleId: string | null
  /** Of alerts at or after it. */
  readonly since: Date | null
  /** What `Delivery.failing` says of them. */
  readonly failing: boolean | null
}

/** The storage behind the commands: rules, actions and what hangs on them. */
export interface RuleBook {
  /**
   * Runs `work` in one transaction, after all that is stored has been judged by the rules as they stand and before anything else
   * is: what is stored once this has resolved is judged by the new ones.
   */
  change<Result>(work: (writer: RuleWriter) => Promise<Result>): Promise<Result>
}

/** Ids that are not there, or deleted, give null. */
export interface RuleWriter {
  /** Receivers, for files that say something of them. */
  readonly receivers: ReceiverWriter
  rule(id: string): Promise<Rule | null>
  action(id: string): Promise<Action | null>
  delivery(id: string): Promise<Delivery | null>
  /** Every rule, oldest first. */
  rules(): Promise<Rule[]>
  /** The actions of every rule, oldest first. */
  actions(): Promise<Action[]>
  /** Of the actions that have some. */
  references(): Promise<ReadonlyMap<string, References>>
  insertRule(settings: RuleSettings): Promise<Rule>
  /** `recount`: the rule looks for something else now, so a threshold forgets what it counted. */
  updateRule(id: string, settings: RuleSettings, options: { readonly recount: boolean }): Promise<Rule>
  deleteRule(id: string): Promise<void>
  insertAction(ruleId: string, settings: ActionSettings): Promise<Action>
  updateAction(id: string, settings: Omit<ActionSettings, 'actionType'>): Promise<Action>
  deleteAction(id: string): Promise<void>
  /** Says what manages a rule and its actions from now on: files, by a name, or (null) whoever may edit rules. */
  manageRule(id: string, managedBy: string | null): Promise<void>
  keepReferences(actionId: string, references: References): Promise<void>
  /** Turns what is owed and not being sent `SUPPRESSED`. */
  suppressUnsent(
    of: { readonly ruleId: string } | { readonly actionId: string },
    reason: string,
  ): Promise<void>
  /** Owes a finished delivery again, at once, with fresh tries, whatever the limits say. */
  oweAgain(deliveryId: string): Promise<Delivery>
  /**
   * Owes failed deliveries again, at once, with fresh tries, within the limits: those whose rule and action are there and enabled.
   * Answers how many; a very large number takes more than one call.
   */
  oweFailedAgain(which: WhichFailed): Promise<number>
  /** Notes for the audit log that files were applied; what they changed is noted change by change. */
  noteApplied(applied: Applied): Promise<void>
  /** Notes that a phone number is about to be erased. */
  noteErased(number: string): Promise<void>
}

/** What an apply did. */
export interface Applied {
  readonly managedBy: string | null
  readonly prune: boolean
  readonly changes: readonly Change[]
}

export interface ActionSettings {
  readonly actionType: ActionType
  /** With its secrets sealed. */
  readonly config: Readonly<Record<string, unknown>>
  readonly enabled: boolean
}
