import { ConflictError } from '../../errors.js'
import type { WantedRule } from './read-configuration.js'
import type { StandingRule } from './standing.js'

/**
 * Which of the rules that stand each wanted one means; what has none is new. Of several with one name, those that these files manage are
 * all taken before any other, whatever is made or deleted past them under the same name. Among either, a rule that stands as a copy is
 * wanted is that copy; the other copies are counted by age.
 * @param standing the oldest first
 * @param managedBy the name of the files; null gives back what any files manage
 * @throws ConflictError where it is not clear which rule a name means
 */
export function matchRules(
  wanted: readonly WantedRule[],
  standing: readonly StandingRule[],
  managedBy: string | null,
  isSame: (wanted: WantedRule, standing: StandingRule) => boolean,
): ReadonlyMap<WantedRule, StandingRule> {
  const meant = new Map<WantedRule, StandingRule>()
  for (const name of new Set(wanted.map(({ settings }) => settings.name))) {
    const copies = wanted
      .filter(({ settings }) => settings.name === name)
      .toSorted((one, other) => one.copy - other.copy)
    const groups = candidates(
      name,
      standing.filter(({ rule }) => rule.name === name),
      copies.length,
      managedBy,
    )
    for (const left of groups) {
      const take = (fits: typeof isSame): void => {
        for (const copy of copies.filter((one) => !meant.has(one))) {
          const index = left.findIndex((one) => fits(copy, one))
          if (index >= 0) meant.set(copy, left.splice(index, 1)[0]!)
        }
      }
      if (Math.max(copies.length, left.length) > 1) take(isSame)
      take(() => true)
    }
  }
  return meant
}

/** Those of one name that files may mean, in the groups in which they are taken, one after the other. */
function candidates(
  name: string,
  called: readonly StandingRule[],
  copies: number,
  managedBy: string | null,
): StandingRule[][] {
  const managed = called.filter(({ rule }) => rule.managedBy !== null)
  const ours = managedBy === null ? managed : managed.filter(({ rule }) => rule.managedBy === managedBy)
  if (copies > 1) return [ours, called.filter((one) => !ours.includes(one))]
  if (managedBy !== null && ours.length > 0) return [ours]
  const few = managed.length > 0 ? managed : [...called]
  if (few.length > 1)
    throw new ConflictError(
      `${few.length} rules are called "${name}": rename or delete all but the one that the files mean, or number them there by age (copy: 2).`,
    )
  return [few]
}
