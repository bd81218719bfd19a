import { ActionType } from '../actions/action.js'
import { PatternType, type Rule } from '../rules/rule.js'
import { LogType } from '../sources/log.js'

/** A rule as the command that creates one takes it, with its actions. */
export interface DemoRule extends Pick<
  Rule,
  | 'name'
  | 'description'
  | 'logType'
  | 'patternType'
  | 'patternValue'
  | 'thresholdCount'
  | 'thresholdWindowMinutes'
  | 'cooldownMinutes'
> {
  readonly actions: readonly {
    readonly actionType: ActionType
    readonly config: Readonly<Record<string, unknown>>
  }[]
}

const logOnly = [{ actionType: ActionType.LOG, config: {} }] as const

/** What a fresh demo starts with: they only write log lines, and the first two fire within a minute of any start. */
export const demoRules: readonly DemoRule[] = [
  {
    name: 'DEMO: message not delivered',
    description: 'A message ended with one of the delivery errors 30003 to 30008.',
    logType: LogType.MESSAGE,
    patternType: PatternType.ERROR_CODE,
    patternValue: '30003-30008',
    thresholdCount: null,
    thresholdWindowMinutes: null,
    cooldownMinutes: 1,
    actions: logOnly,
  },
  {
    name: 'DEMO: many messages failing',
    description: 'Five messages or more failed within five minutes.',
    logType: LogType.MESSAGE,
    patternType: PatternType.THRESHOLD,
    patternValue: 'status:failed,undelivered',
    thresholdCount: 5,
    thresholdWindowMinutes: 5,
    cooldownMinutes: 5,
    actions: logOnly,
  },
  {
    name: 'DEMO: our webhook cannot be reached',
    description: 'Twilio could not fetch a URL of ours, or waited for it in vain.',
    logType: LogType.ERROR,
    patternType: PatternType.REGEX,
    patternValue: '(?i)webhook fetch failed|timed? ?out',
    thresholdCount: null,
    thresholdWindowMinutes: null,
    cooldownMinutes: 2,
    actions: logOnly,
  },
]
