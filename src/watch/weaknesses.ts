import { HealthCode, type HealthNotice, noticesOf } from './health-notice.js'

/** How long something may wait to be worked or sent before it counts as late, in seconds. */
export const LATE_SECONDS = 60

/** How many rules are named in one sentence. */
const MOST_NAMES = 5

/** What the work looks like that is to be done at one moment. */
export interface WorkState {
  /** How long the delivery that is due the longest has waited. */
  readonly oldestDueSeconds: number
  /** How long the webhook that waits the longest has waited to be worked. */
  readonly oldestReceivedSeconds: number
  /** The names of rules that threw lately. */
  readonly failingRules: readonly string[]
  /** How many statuses of logs could lately not be judged and were set aside. */
  readonly setAside: number
  /** Of each action that has failed at every try since it last worked the name of its rule, by its type. */
  readonly failingActions: Readonly<Record<string, readonly string[]>>
  /** Actions whose last try succeeded. */
  readonly workingActions: number
}

/** Whether alerts come about and come through: a rule that throws finds nothing, and what waits or fails tells nobody. */
export function isAtWork(state: WorkState): boolean {
  const failing = Object.keys(state.failingActions).length
  return (
    state.oldestDueSeconds <= LATE_SECONDS &&
    state.oldestReceivedSeconds <= LATE_SECONDS &&
    state.failingRules.length === 0 &&
    (failing === 0 || state.workingActions > 0)
  )
}

/** What does not do its work although everything that it lives on is there. */
export function weaknessesOf(state: WorkState): HealthNotice[] {
  const { oldestDueSeconds, oldestReceivedSeconds, failingRules, setAside, failingActions } = state
  return [
    ...failingRules.map((name) => ({
      code: HealthCode.RULE_FAILS,
      text: `The rule ${JSON.stringify(name)} throws and finds nothing: the log says why.`,
    })),
    ...noticesOf(
      HealthCode.LOG_SET_ASIDE,
      setAside > 0
        ? `${setAside === 1 ? 'A status of a log' : `${setAside} statuses of logs`} could not be judged and no rule has seen ${setAside === 1 ? 'it' : 'them'}: the log says why.`
        : null,
    ),
    ...Object.entries(failingActions).map(([type, rules]) => ({
      code: HealthCode.ACTION_FAILS,
      text:
        rules.length === 1
          ? `The ${type} action of the rule ${namesOf(rules)} has failed at every try since it last worked: its deliveries say why.`
          : `${rules.length} ${type} actions have failed at every try since they last worked, of the rules ${namesOf(rules)}: their deliveries say why.`,
    })),
    ...noticesOf(
      HealthCode.DELIVERY_LATE,
      oldestDueSeconds > LATE_SECONDS
        ? `A delivery has been due for ${Math.round(oldestDueSeconds)} s and was not taken.`
        : null,
    ),
    ...noticesOf(
      HealthCode.WEBHOOK_LATE,
      oldestReceivedSeconds > LATE_SECONDS
        ? `A received webhook has waited for ${Math.round(oldestReceivedSeconds)} s to be worked.`
        : null,
    ),
  ]
}

/** Each name once; of many the first few. */
function namesOf(rules: readonly string[]): string {
  const names = [...new Set(rules)].map((name) => JSON.stringify(name))
  const more = names.length - MOST_NAMES
  const shown = names.slice(0, MOST_NAMES).join(', ')
  return more > 0 ? `${shown} and ${more} more` : shown
}
