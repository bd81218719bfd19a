import { checkAll } from '../parse-input.js'
import { settingsOf } from '../rule-input.js'
import { ChangeAction, type Change, ConfigurationKind, type Step, writeNothing } from './change.js'
import { type ActionComparison, type ActionPair, pairActions } from './compare-actions.js'
import { entriesOfSettings } from './entries.js'
import { managementDifferences, planLeft, type PlanOptions } from './management.js'
import { matchRules } from './match-rules.js'
import type { WantedRule } from './read-configuration.js'
import type { RuleChanges } from './rule-changes.js'
import type { StandingAction, StandingRule } from './standing.js'

/** A wanted rule beside the one that stands for it, whoever manages that. */
interface RuleComparison {
  /** What differs of the rule itself. */
  readonly settings: readonly string[]
  /** The wanted actions that are new or differ. */
  readonly edited: readonly (ActionPair & { readonly differences: readonly string[] })[]
  /** The standing actions that nothing wanted stands for. */
  readonly left: readonly StandingAction[]
}

/**
 * What has to be done for what is wanted to stand, in the order of the files, with deletions last. A rule that stands as it is wanted
 * is not written, since writing it would begin its judging anew.
 * @throws ConflictError where it is not clear which rule a name means; InputError where a mask stands for no secret
 */
export function planRules(
  wanted: readonly WantedRule[],
  standing: readonly StandingRule[],
  { managedBy, prune }: PlanOptions,
  comparison: ActionComparison,
  changes: RuleChanges,
): Step[] {
  const steps: Step[] = []
  const standingFor = matchRules(wanted, standing, managedBy, (rule, before) =>
    isNothing(compared(rule, before)),
  )
  const meant = new Set(standingFor.values())
  checkAll(
    ...wanted.map((rule) => () => {
      const before = standingFor.get(rule)
      steps.push(before ? planUpdate(rule, before) : planCreate(rule))
    }),
  )
  return [
    ...steps,
    ...standing
      .filter(isLeft)
      .map(({ rule }) => planLeft(ConfigurationKind.RULE, rule.name, prune, () => changes.remove(rule.id))),
  ]

  function isLeft(one: StandingRule): boolean {
    return managedBy !== null && one.rule.managedBy === managedBy && !meant.has(one)
  }

  function compared(rule: WantedRule, before: StandingRule): RuleComparison {
    const { pairs, left } = pairActions(rule.actions, before.actions, comparison)
    const edited = pairs
      .map((pair, index) => ({ ...pair, differences: pairDifferences(pair, index, comparison) }))
      .filter(({ differences }) => differences.length > 0)
    return { settings: settingDifferences(rule, before), edited, left }
  }

  function planCreate(rule: WantedRule): Step {
    const actions = rule.actions.map((action) => changes.sealed(action, null))
    const count = actions.length === 1 ? '1 action' : `${actions.length} actions`
    return {
      change: changeOf(rule.settings.name, ChangeAction.CREATE, [`${rule.settings.patternType}, ${count}`]),
      write: () => changes.create(rule.settings, actions, managedBy),
    }
  }

  function planUpdate(rule: WantedRule, before: StandingRule): Step {
    const { settings, edited, left } = compared(rule, before)
    const details = [
      ...settings,
      ...edited.flatMap(({ differences }) => differences),
      ...left.map(({ action }) => `an action of type ${action.actionType} is deleted`),
      ...managementDifferences(before.rule.managedBy, managedBy),
    ]
    if (details.length === 0)
      return { change: changeOf(rule.settings.name, ChangeAction.KEEP, []), write: writeNothing }
    const written = edited.map((pair) => ({ ...pair, sealed: changes.sealed(pair.wanted, pair.standing) }))
    return {
      change: changeOf(rule.settings.name, ChangeAction.UPDATE, details),
      write: () =>
        changes.update(before, settings.length > 0 ? rule.settings : null, written, left, managedBy),
    }
  }
}

function changeOf(name: string, action: ChangeAction, details: readonly string[]): Change {
  return { kind: ConfigurationKind.RULE, name, action, details }
}

function isNothing({ settings, edited, left }: RuleComparison): boolean {
  return settings.length + edited.length + left.length === 0
}

function settingDifferences({ settings }: WantedRule, { rule }: StandingRule): string[] {
  const before = new Map(entriesOfSettings(settingsOf(rule)))
  return entriesOfSettings(settings)
    .filter(([key, value]) => before.get(key) !== value)
    .map(([key, value]) => `${key}: ${JSON.stringify(before.get(key))} -> ${JSON.stringify(value)}`)
}

function pairDifferences(
  { wanted, standing }: ActionPair,
  index: number,
  comparison: ActionComparison,
): string[] {
  const place = `actions.${index} (${wanted.actionType})`
  if (!standing) return [`${place} is new`]
  return comparison.differences(wanted, standing).map((part) => `${place}: ${part}`)
}
