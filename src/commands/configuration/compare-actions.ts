import { isDeepStrictEqual } from 'node:util'
import { keepMaskedSecrets, openConfig } from '../../actions/config-secrets.js'
import type { ActionConfig, Handlers } from '../../actions/handler.js'
import { SecretBoxError, type SecretBox } from '../../actions/secret-box.js'
import { InputError } from '../../errors.js'
import type { WantedAction } from './read-configuration.js'
import type { StandingAction } from './standing.js'

/** Tells what stands from what is wanted; secrets are compared by what is in them. */
export interface ActionComparison {
  /** What has to change for the one to become the other, in words without secrets; nothing where they are the same. */
  differences(wanted: WantedAction, standing: StandingAction): string[]
}

/** An action that is wanted, with the one that stands for it; null: there is none yet. */
export interface ActionPair {
  readonly wanted: WantedAction
  readonly standing: StandingAction | null
}

export function createComparison(handlers: Handlers, secrets: SecretBox): ActionComparison {
  return {
    differences(wanted, { action, references }) {
      const handler = handlers.get(action.actionType)
      const before = opened(() => openConfig(handler, action.config, secrets))
      // Faults of a mask are told when the config is sealed, at their place.
      const after = kept(() => keepMaskedSecrets(handler, wanted.config, action.config, secrets))
      return [
        ...(before && after ? differingKeys(before, after) : ['config differs']),
        ...(wanted.enabled === action.enabled ? [] : [`enabled: ${action.enabled} -> ${wanted.enabled}`]),
        ...(isDeepStrictEqual(wanted.references, references) ? [] : ['other variables are named']),
      ]
    },
  }
}

/**
 * Finds for each wanted action the one that stands for it: first those that are the same, then those of its type that name the same
 * variables, since a secret that is kept has to be its own, then by type in their order.
 */
export function pairActions(
  wanted: readonly WantedAction[],
  standing: readonly StandingAction[],
  comparison: ActionComparison,
): { pairs: ActionPair[]; left: StandingAction[] } {
  const left = [...standing]
  const take = (fits: (one: StandingAction) => boolean): StandingAction | null => {
    const index = left.findIndex(fits)
    return index < 0 ? null : (left.splice(index, 1)[0] ?? null)
  }
  const hasType = (one: WantedAction) => (other: StandingAction) => other.action.actionType === one.actionType
  const same = wanted.map((one) =>
    take((other) => hasType(one)(other) && comparison.differences(one, other).length === 0),
  )
  const alike = wanted.map(
    (one, index) =>
      same[index] ??
      take((other) => hasType(one)(other) && isDeepStrictEqual(one.references, other.references)),
  )
  const pairs = wanted.map((one, index) => ({ wanted: one, standing: alike[index] ?? take(hasType(one)) }))
  return { pairs, left }
}

function differingKeys(before: ActionConfig, after: ActionConfig): string[] {
  // As they are stored: JSON knows no undefined.
  const [one, other] = [before, after].map((config) => JSON.parse(JSON.stringify(config)) as ActionConfig)
  const keys = [...new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])]
  return keys
    .toSorted()
    .filter((key) => !isDeepStrictEqual(one?.[key], other?.[key]))
    .map((key) => `config.${key} differs`)
}

/** Null for secrets that cannot be read: whatever is wanted, they have to be written anew. */
function opened(open: () => ActionConfig): ActionConfig | null {
  try {
    return open()
  } catch (thrown) {
    if (thrown instanceof SecretBoxError) return null
    throw thrown
  }
}

function kept(keep: () => ActionConfig): ActionConfig | null {
  try {
    return keep()
  } catch (thrown) {
    if (thrown instanceof InputError) return null
    throw thrown
  }
}
