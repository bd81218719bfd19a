import { z } from 'zod'
import { ActionType } from '../../actions/action.js'
import { PatternType } from '../../rules/rule.js'
import { LogType } from '../../sources/log.js'
import { oneOf } from '../one-of.js'
import type { Parts } from '../parse-input.js'
import { createRuleInput, type RuleSettings } from '../rule-input.js'

/** The settings of a rule by their names in a file. */
const ruleKeys = {
  name: 'name',
  description: 'description',
  enabled: 'enabled',
  log_type: 'logType',
  pattern_type: 'patternType',
  pattern_value: 'patternValue',
  threshold_count: 'thresholdCount',
  threshold_window_minutes: 'thresholdWindowMinutes',
  cooldown_minutes: 'cooldownMinutes',
} as const satisfies Record<string, keyof RuleSettings>

/** What a command takes, and what it takes it for where it is left out. */
const taken = createRuleInput.shape

/** An action in a file; what its config may hold is for the handler of its type to say. */
export const actionEntry = z.strictObject(
  {
    type: oneOf(ActionType),
    config: z.record(z.string(), z.unknown(), 'must be a map').default({}),
    enabled: taken.enabled,
  },
  'must be a map',
)

/** A rule in a file: what the command takes, spelled as the tables spell it, and which it is of those with its name. */
export const ruleEntry = z.strictObject(
  {
    name: taken.name,
    copy: z
      .int('must be a whole number')
      .min(1, 'must be 1 or more')
      .nullish()
      .transform((value) => value ?? 1),
    description: taken.description,
    enabled: taken.enabled,
    log_type: oneOf(LogType).nullable().default(null),
    pattern_type: oneOf(PatternType),
    pattern_value: taken.patternValue,
    threshold_count: taken.thresholdCount,
    threshold_window_minutes: taken.thresholdWindowMinutes,
    cooldown_minutes: taken.cooldownMinutes,
    actions: z
      .array(actionEntry, 'must be a list')
      .max(50, 'must have 50 actions at most')
      .nullish()
      .transform((value) => value ?? []),
  } satisfies Record<keyof typeof ruleKeys | 'copy' | 'actions', z.ZodType>,
  'must be a map',
)

/** All that files say. A list that is not there is left alone; an empty one says that there is nothing. */
export const configurationEntries = z.strictObject(
  {
    rules: z.array(ruleEntry, 'must be a list').optional(),
    // Read by `receiverEntry` once their references are resolved: a secret must look like something.
    receivers: z.array(z.record(z.string(), z.unknown(), 'must be a map'), 'must be a list').optional(),
  },
  'must be a map',
)

export type RuleEntry = z.output<typeof ruleEntry>

/** The settings that an entry stands for. */
export function settingsOfEntry<Entry extends Parts<RuleEntry>>(
  entry: Entry,
): Entry extends RuleEntry ? RuleSettings : Parts<RuleSettings> {
  const settings = Object.entries(ruleKeys).map(([key, name]) => [name, entry[key as keyof typeof ruleKeys]])
  return Object.fromEntries(settings) as never
}

/** The settings of a rule in the order of a file, by their names there. */
export function entriesOfSettings(settings: RuleSettings): (readonly [key: string, value: unknown])[] {
  return Object.entries(ruleKeys).map(([key, name]) => [key, settings[name]] as const)
}

/** What a file calls a setting of a rule. */
export function fileKeyOf(setting: string): string {
  return Object.entries(ruleKeys).find(([, name]) => name === setting)?.[0] ?? setting
}
