import { say } from '../strings.js'

/** What a delivery hangs on, as far as it matters for trying it again. */
export interface Retriable {
  readonly action: Switched
  readonly rule: Switched & { readonly id: string }
}

interface Switched {
  readonly enabled: boolean
  readonly deletedAt: string | null
}

/** Why the server would refuse to retry it; undefined where it would not. */
export function obstacleToOne(one: Retriable): string | undefined {
  const obstacle = obstacleOf(one)
  return obstacle && say.alerts.toRetry[obstacle]
}

/** Why the server would retry none of them; undefined where it would retry at least one. */
export function obstacleToAll(all: readonly Retriable[]): string | undefined {
  const [first] = all
  if (!first || all.some((one) => obstacleOf(one) === undefined)) return undefined
  const obstacle = obstacleOf(first)
  const isCommon = all.every((one) => one.rule.id === first.rule.id && obstacleOf(one) === obstacle)
  return obstacle && isCommon ? say.alerts.toRetryAll[obstacle] : say.alerts.noneRetried
}

interface FailedOnes {
  readonly count: number
  /** How many of them the server would retry. */
  readonly retriable: number
  /** Those of them that are at hand. */
  readonly some: readonly Retriable[]
  /** The rule of all of them, where they have one in common and it is known. */
  readonly ofRule: Retriable['rule'] | null
}

/** The same where there may be more than are at hand: what hinders these may not be what hinders the others. */
export function obstacleToMany({ count, retriable, some, ofRule }: FailedOnes): string | undefined {
  if (retriable > 0) return undefined
  const common = ofRule && obstacleOfRule(ofRule)
  const ofAll =
    some.length < count ? (common ? say.alerts.toRetryAll[common] : undefined) : obstacleToAll(some)
  return ofAll ?? say.alerts.noneRetried
}

function obstacleOf({ action, rule }: Retriable): keyof typeof say.alerts.toRetry | undefined {
  const ofRule = obstacleOfRule(rule)
  // No enabling of its rule brings an action back.
  if (action.deletedAt !== null && ofRule !== 'ruleDeleted') return 'actionDeleted'
  return ofRule ?? (action.enabled ? undefined : 'actionDisabled')
}

function obstacleOfRule({ enabled, deletedAt }: Switched): 'ruleDeleted' | 'ruleDisabled' | undefined {
  if (deletedAt !== null) return 'ruleDeleted'
  return enabled ? undefined : 'ruleDisabled'
}
