import { ConflictError } from '../../errors.js'
import type { WantedRule } from './read-configuration.js'
import type { StandingRule } from './standing.js'

/**
 * Which of the rules that stand each wanted one means; what has none is new. Of several with one name, a rule that stands as a copy is
 * wanted is that copy. The other copies are counted by age, the rules that these files manage before all others: whatever is made or
 * deleted past them under the same name, a copy stays the rule that it was.
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
    const left = candidates(
      name,
      standing.filter(({ rule }) => rule.name === name),
      copies.length,
      managedBy,
    )
    const take = (fits: typeof isSame): void => {
      for (const copy of copies.filter((one) => !meant.has(one))) {
        const index = left.findIndex((one) => fits(copy, one))
        if (index >= 0) meant.set(copy, left.splice(index, 1)[0]!)
      }
    }
    if (Math.max(copies.length, left.length) > 1) take(isSame)
    take(() => true)
  }
  return meant
}

/** Those of one name that files may mean, in the order in which they are taken. */
function candidates(
  name: string,
  called: readonly StandingRule[],
  copies: number,
  managedBy: string | null,
): StandingRule[] {
  const managed = called.filter(({ rule }) => rule.managedBy !== null)
  const ours = managedBy === null ? managed : managed.filter(({ rule }) => rule.managedBy === managedBy)
  if (copies > 1) return [...ours, ...called.filter((one) => !ours.includes(one))]
  if (managedBy !== null && ours.length > 0) return ours
  const few = managed.length > 0 ? managed : [...called]
  if (few.length > 1)
    throw new ConflictError(
      `${few.length} rules are called "${name}": rename or delete all but the one that the files mean, or number them there by age (copy: 2).`,
    )
  return few
}
