import type { ActionType } from '../../actions/action.js'
import { checkActionConfig } from '../../actions/check-config.js'
import type { ActionConfig, Handlers } from '../../actions/handler.js'
import { InputError } from '../../errors.js'
import { checkRule } from '../../rules/check-rule.js'
import { checkAll, parseChecked, type Parts, refuse } from '../parse-input.js'
import { warningsOf } from '../receiver-commands.js'
import type { RuleSettings } from '../rule-input.js'
import { configurationEntries, fileKeyOf, type RuleEntry, settingsOfEntry } from './entries.js'
import { resolveActionConfig } from './kept-secrets.js'
import { readReceivers, type WantedReceiver } from './read-receivers.js'
import type { References, Variables } from './references.js'

/** An action as files want it. */
export interface WantedAction {
  readonly actionType: ActionType
  /** Checked, its references resolved; a mask in it keeps the secret that is stored there. */
  readonly config: ActionConfig
  readonly enabled: boolean
  readonly references: References
  /** Where its config stands in the files. */
  readonly path: string
}

/** A rule as files want it. */
export interface WantedRule {
  readonly settings: RuleSettings
  /** Which it is of those with its name, the oldest first, from 1. */
  readonly copy: number
  readonly actions: readonly WantedAction[]
}

/** All that files want, checked. */
export interface Wanted {
  /** Null: nothing is said of them. */
  readonly rules: readonly WantedRule[] | null
  readonly receivers: readonly WantedReceiver[] | null
  readonly warnings: readonly string[]
}

/**
 * Reads what files say, by the checks of the commands.
 * @throws InputError with every bad field, spelled as in the files: `rules.0.pattern_value`
 */
export function readConfiguration(given: unknown, variables: Variables, handlers: Handlers): Wanted {
  const warnings: string[] = []
  const wantedRules: WantedRule[] = []
  const wantedReceivers: WantedReceiver[] = []
  const { rules, receivers } = parseChecked(configurationEntries, given, (parts) =>
    checkAll(
      // A number that cannot be read is another fault, and might be any.
      () => refuseTwins('rules', parts.rules?.map((entry) => (entry?.copy ? entry : undefined)) ?? []),
      () => refuseGaps(parts.rules ?? []),
      ...(parts.rules ?? []).map((entry, index) => () => {
        const read = readRule(entry ?? {}, `rules.${index}`, variables, handlers)
        wantedRules.push(read.rule)
        warnings.push(...read.warnings.map((warning) => `${entry?.name}: ${warning}`))
      }),
      () => refuseTwins('receivers', parts.receivers ?? []),
      () => wantedReceivers.push(...readReceivers(parts.receivers ?? [], variables)),
    ),
  )
  for (const { name, settings } of wantedReceivers)
    warnings.push(...warningsOf(settings).map((warning) => `${name}: ${warning}`))
  return { rules: rules ? wantedRules : null, receivers: receivers ? wantedReceivers : null, warnings }
}

/** Whatever is missing of the entry was refused when it was parsed, so that nobody gets to see a rule without it. */
function readRule(
  entry: Parts<RuleEntry>,
  path: string,
  variables: Variables,
  handlers: Handlers,
): { rule: WantedRule; warnings: string[] } {
  const settings = settingsOfEntry(entry)
  const warnings: string[] = []
  const actions: WantedAction[] = []
  checkAll(
    () => warnings.push(...within(path, () => checkRule(settings).warnings)),
    ...(entry.actions ?? []).map((action, index) => () => {
      const { type: actionType, config: template, enabled = true } = action ?? {}
      if (actionType === undefined || template === undefined) return
      const place = `${path}.actions.${index}.config`
      const handler = handlers.get(actionType)
      const { value, references, faults } = resolveActionConfig(handler, template, variables, place)
      checkAll(
        () => refuse(faults),
        () => {
          const config = checkActionConfig(handlers, actionType, value, place)
          warnings.push(...(handler.warnings?.(config) ?? []))
          actions.push({ actionType, config, enabled, references, path: place })
        },
      )
    }),
  )
  return { rule: { settings: settings as RuleSettings, copy: entry.copy ?? 1, actions }, warnings }
}

/** Names the faults of a rule's settings as files spell them. */
function within<Result>(path: string, check: () => Result): Result {
  try {
    return check()
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown
    throw new InputError(
      thrown.fields.map((fault) => ({ ...fault, path: `${path}.${fileKeyOf(fault.path)}` })),
    )
  }
}

interface Named {
  readonly name?: unknown
  readonly copy?: unknown
}

/** Files tell objects apart by their names, and copies of one by their number. A name that is not there is another fault. */
function refuseTwins(list: string, entries: readonly (Named | undefined)[]): void {
  const faults = entries.flatMap((entry, index) => {
    const name = entry?.name
    const first = entries.findIndex((other) => other?.name === name && other?.copy === entry?.copy)
    return first === index || name === undefined
      ? []
      : [
          {
            path: `${list}.${index}.name`,
            message: `is the name of ${list}.${first} too: files tell ${list} apart by it`,
          },
        ]
  })
  refuse(faults)
}

/** A copy is found by counting: without the one before it, it would be made anew each time. */
function refuseGaps(entries: readonly (Parts<RuleEntry> | undefined)[]): void {
  const faults = entries.flatMap((entry, index) => {
    const { name, copy = 1 } = entry ?? {}
    const mayBeBefore = (other: Parts<RuleEntry> | undefined): boolean =>
      other?.name === name && (other?.copy === undefined || other.copy === copy - 1)
    return name === undefined || copy === 1 || entries.some(mayBeBefore)
      ? []
      : [{ path: `rules.${index}.copy`, message: `needs copy ${copy - 1} of the same name in the files too` }]
  })
  refuse(faults)
}
