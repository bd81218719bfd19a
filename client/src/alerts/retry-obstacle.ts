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

/** The same of many, of which some are at hand, by how many the server would retry; undefined as well while that is not known. */
export function obstacleToMany(
  retriable: number | undefined,
  some: readonly Retriable[],
): string | undefined {
  return retriable === 0 ? (obstacleToAll(some) ?? say.alerts.noneRetried) : undefined
}

function obstacleOf({ action, rule }: Retriable): keyof typeof say.alerts.toRetry | undefined {
  if (rule.deletedAt !== null) return 'ruleDeleted'
  if (action.deletedAt !== null) return 'actionDeleted'
  if (!rule.enabled) return 'ruleDisabled'
  return action.enabled ? undefined : 'actionDisabled'
}
