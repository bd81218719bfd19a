import { z } from 'zod'
import { ActionType } from '../actions/action.js'
import { PatternType, type Rule } from '../rules/rule.js'
import { LogType } from '../sources/log.js'
import { oneOf } from './one-of.js'

const text = z.string('must be text')
const flag = z.boolean('must be true or false')
const whole = z.int('must be a whole number')

/** A switch that is on unless it is turned off; null counts as not said. */
const onByDefault = flag.nullish().transform((value) => value ?? true)

/** What of a rule can be set, by its name in `Rule`: the one list of it. */
const fields = {
  name: text,
  description: text.nullable(),
  enabled: flag,
  logType: oneOf(LogType).nullable(),
  patternType: oneOf(PatternType),
  patternValue: text.nullable(),
  thresholdCount: whole.nullable(),
  thresholdWindowMinutes: whole.nullable(),
  cooldownMinutes: whole,
}

const ruleAction = z.strictObject({
  actionType: oneOf(ActionType),
  config: z.unknown(),
  enabled: onByDefault,
})

/** Settings of a new rule, with its actions. */
export const createRuleInput = z.strictObject({
  name: fields.name,
  description: fields.description.default(null),
  enabled: onByDefault,
  logType: fields.logType.default(null),
  patternType: fields.patternType,
  patternValue: fields.patternValue.default(null),
  thresholdCount: fields.thresholdCount.default(null),
  thresholdWindowMinutes: fields.thresholdWindowMinutes.default(null),
  cooldownMinutes: fields.cooldownMinutes.nullish().transform((value) => value ?? 0),
  actions: z
    .array(ruleAction, 'must be a list')
    .max(50, 'must have 50 actions at most')
    .nullish()
    .transform((value) => value ?? []),
})

/** Absent = keep, null = clear, and null only where a rule may have it. */
export const updateRuleInput = z.strictObject(fields).partial()

export const createActionInput = z.strictObject({
  ruleId: text,
  actionType: oneOf(ActionType),
  config: z.unknown(),
  enabled: onByDefault,
})

/** Absent = keep. */
export const updateActionInput = z.strictObject({ config: z.unknown(), enabled: flag }).partial()

export type RuleSettings = Pick<Rule, keyof typeof fields>

/** Only what can be set of a rule. */
export function settingsOf(rule: Rule): RuleSettings {
  const names = Object.keys(fields) as (keyof RuleSettings)[]
  return Object.fromEntries(names.map((name) => [name, rule[name]])) as unknown as RuleSettings
}
