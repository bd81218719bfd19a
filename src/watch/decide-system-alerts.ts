import { PatternError } from '../rules/pattern-error.js'
import type { Rule } from '../rules/rule.js'
import { parseConditions } from '../rules/system.js'
import type { Trouble } from './troubles.js'

/** An alert that stands until the trouble is over. */
export interface StandingAlert {
  readonly alertId: string
  readonly ruleId: string
  /** What it is about: an account by its SID, a rule or an action by its id. */
  readonly subject: string
}

/** The enabled rules of the type SYSTEM, and the alerts that stand by them. */
export interface Standing {
  readonly rules: readonly Pick<Rule, 'id' | 'name' | 'patternValue'>[]
  readonly alerts: readonly StandingAlert[]
}

interface Opening extends Omit<StandingAlert, 'alertId'> {
  readonly summary: string
  /** What is wrong. */
  readonly cause: string
}

/** What has to be written. */
export interface SystemDecision {
  readonly open: readonly Opening[]
  /** With a message that it is over. */
  readonly resolve: readonly StandingAlert[]
  /** Without one: nobody asks any more. */
  readonly drop: readonly StandingAlert[]
}

/**
 * Each rule has one alert for each account, rule and action that is in trouble, from the first trouble that it names to the end of the last: credentials that
 * are refused make lists stale before long, and that is no second piece of news.
 */
export function decideSystemAlerts(
  troubles: readonly Trouble[],
  { rules, alerts }: Standing,
): SystemDecision {
  const about = (wanted: readonly Trouble[]) =>
    rules.flatMap((rule) => {
      const conditions = conditionsOf(rule.patternValue)
      return [...new Set(wanted.map(({ subject }) => subject))].flatMap((subject) => {
        const trouble = wanted.find((one) => one.subject === subject && conditions.has(one.condition))
        if (!trouble) return []
        const cause = trouble.words
        return [{ ruleId: rule.id, subject, summary: `${rule.name}: ${cause}`, cause }]
      })
    })
  const isAbout = (one: Omit<StandingAlert, 'alertId'>) => (other: Omit<StandingAlert, 'alertId'>) =>
    one.ruleId === other.ruleId && one.subject === other.subject
  const opening = about(troubles.filter(({ opens }) => opens)).filter((one) => !alerts.some(isAbout(one)))
  const lasting = about(troubles)
  const over = alerts.filter((alert) => !lasting.some(isAbout(alert)))
  const isAsked = ({ ruleId }: StandingAlert) => rules.some(({ id }) => id === ruleId)
  return {
    open: opening,
    resolve: over.filter(isAsked),
    drop: over.filter((alert) => !isAsked(alert)),
  }
}

/** One that this version cannot read names nothing. */
function conditionsOf(value: string | null): ReadonlySet<string> {
  try {
    return parseConditions(value)
  } catch (thrown) {
    if (thrown instanceof PatternError) return new Set()
    throw thrown
  }
}
