import { ConflictError } from '../../errors.js'
import { checkAll } from '../parse-input.js'
import { settingsOf } from '../rule-input.js'
import { ChangeAction, type Change, ConfigurationKind, type Step, writeNothing } from './change.js'
import { type ActionComparison, type ActionPair, pairActions } from './compare-actions.js'
import { entriesOfSettings } from './entries.js'
import { managementDifferences, planLeft, type PlanOptions } from './management.js'
import type { WantedRule } from './read-configuration.js'
import type { RuleChanges } from './rule-changes.js'
import type { StandingRule } from './standing.js'

/**
 * What has to be done for what is wanted to stand, in the order of the files, with deletions last. Rules are told apart by name, and
 * those of one name by their age; a rule that stands as it is wanted is not written, since writing it would begin its judging anew.
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
  const meant = new Set<StandingRule>()
  const copied = new Set(wanted.filter(({ copy }) => copy > 1).map(({ settings }) => settings.name))
  checkAll(
    ...wanted.map((rule) => () => {
      const before = ruleMeant(rule)
      if (before) meant.add(before)
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

  /** Where files number the rules of a name, that one by age; else the one that these files manage, or any files, or the only one. */
  function ruleMeant({ settings: { name }, copy }: WantedRule): StandingRule | null {
    const called = standing.filter(({ rule }) => rule.name === name)
    if (copied.has(name)) return called[copy - 1] ?? null
    const ours = called.find(({ rule }) => managedBy !== null && rule.managedBy === managedBy)
    return ours ?? onlyOne(name, called)
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
    const settings = settingDifferences(rule, before)
    const { pairs, left } = pairActions(rule.actions, before.actions, comparison)
    const edited = pairs.map((pair, index) => ({
      ...pair,
      differences: pairDifferences(pair, index, comparison),
    }))
    const details = [
      ...settings,
      ...edited.flatMap(({ differences }) => differences),
      ...left.map(({ action }) => `an action of type ${action.actionType} is deleted`),
      ...managementDifferences(before.rule.managedBy, managedBy),
    ]
    if (details.length === 0)
      return { change: changeOf(rule.settings.name, ChangeAction.KEEP, []), write: writeNothing }
    const written = edited
      .filter(({ differences }) => differences.length > 0)
      .map((pair) => ({ ...pair, sealed: changes.sealed(pair.wanted, pair.standing) }))
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

/** Of several with one name the one that files manage; null where there is none. */
function onlyOne(name: string, called: readonly StandingRule[]): StandingRule | null {
  const managed = called.filter(({ rule }) => rule.managedBy !== null)
  const [only, ...others] = managed.length > 0 ? managed : called
  if (others.length > 0)
    throw new ConflictError(
      `${others.length + 1} rules are called "${name}": rename or delete all but the one that the files mean, or number them there by age (copy: 2).`,
    )
  return only ?? null
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
