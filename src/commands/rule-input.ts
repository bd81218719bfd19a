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

/**
 * What of a rule can be set, by its name in `Rule`: the one list of it. The descriptions are for whoever writes one as JSON: REST
 * documents its bodies with them.
 */
const fields = {
  name: text.describe('What people call it; names need not be unique.'),
  description: text.nullable().describe('What it is for.'),
  enabled: flag.describe('Whether it judges logs; false also suppresses what is still unsent.'),
  logType: oneOf(LogType).nullable().describe('The kind of log it judges; null = any.'),
  patternType: oneOf(PatternType).describe('What it looks for.'),
  patternValue: text
    .nullable()
    .describe(
      'error_code: 30001,30003-30008,!30006. status: failed,undelivered. regex: an RE2 pattern. threshold, where given: code:, status: or regex: and one of these.',
    ),
  thresholdCount: whole.nullable().describe('threshold: how many matching logs.'),
  thresholdWindowMinutes: whole.nullable().describe('threshold: within how many minutes of log time.'),
  cooldownMinutes: whole.describe(
    'For so many minutes after it fired, matches join the open alert instead of opening another.',
  ),
}

const actionFields = {
  actionType: oneOf(ActionType).describe('What is done.'),
  config: z.unknown().describe('The settings of its type.'),
  enabled: onByDefault.describe('Whether new alerts make it act; true where nothing is said.'),
}

/** Settings of a new rule, with its actions. */
export const createRuleInput = z.strictObject({
  name: fields.name,
  description: fields.description.default(null),
  enabled: onByDefault.describe('Whether it judges logs; true where nothing is said.'),
  logType: fields.logType.default(null),
  patternType: fields.patternType,
  patternValue: fields.patternValue.default(null),
  thresholdCount: fields.thresholdCount.default(null),
  thresholdWindowMinutes: fields.thresholdWindowMinutes.default(null),
  cooldownMinutes: whole
    .nullish()
    .transform((value) => value ?? 0)
    .describe(`${fields.cooldownMinutes.description} 0 where nothing is said.`),
  actions: z
    .array(z.strictObject(actionFields), 'must be a list')
    .max(50, 'must have 50 actions at most')
    .nullish()
    .transform((value) => value ?? [])
    .describe('Its actions, made in the same transaction.'),
})

/** Absent = keep, null = clear, and null only where a rule may have it. */
export const updateRuleInput = z.strictObject(fields).partial()

export const createActionInput = z.strictObject({
  ruleId: text.describe('The rule it belongs to.'),
  ...actionFields,
})

/** Absent = keep. */
export const updateActionInput = z
  .strictObject({
    config: z
      .unknown()
      .describe('The whole new config. The mask of a secret in it keeps the secret that is stored there.'),
    enabled: flag.describe('Whether new alerts make it act; false also suppresses what is still unsent.'),
  })
  .partial()

export type RuleSettings = Pick<Rule, keyof typeof fields>

/** Only what can be set of a rule. */
export function settingsOf(rule: Rule): RuleSettings {
  const names = Object.keys(fields) as (keyof RuleSettings)[]
  return Object.fromEntries(names.map((name) => [name, rule[name]])) as unknown as RuleSettings
}
