/** Transitions at which somebody died, by id: how many died while they judged it, and nothing beside it. */
export type Suspects = ReadonlyMap<number, number>

/** Deaths at a transition alone before it is passed over. */
const TRIES = 3

/** A transition is passed over since whoever judges it dies. */
export class DeadlyError extends Error {
  override readonly name = 'DeadlyError'

  constructor(deaths: number) {
    super(`${deaths} processes died while they judged it alone`)
  }
}

/** Those that killed while they were alone: they wait until all others are judged. */
export function killersAmong(suspects: Suspects): number[] {
  return [...suspects].filter(([, deaths]) => deaths > 0).map(([id]) => id)
}

/** One that has killed too often, if there is any. */
export function deadlyAmong(suspects: Suspects): { id: number; failure: DeadlyError } | null {
  const found = [...suspects].find(([, deaths]) => deaths >= TRIES)
  return found ? { id: found[0], failure: new DeadlyError(found[1]) } : null
}

/**
 * What is judged next, of what waits beside the killers: in order, a suspect alone, others together. Where nothing else waits, the killer
 * that killed the fewest.
 */
export function toTakeInHand(waiting: readonly number[], suspects: Suspects, behind: number): number[] {
  const [first] = waiting
  if (first === undefined) return leastDeadly(suspects, behind)
  if (suspects.has(first)) return [first]
  const end = waiting.findIndex((id) => suspects.has(id))
  return waiting.slice(0, end < 0 ? undefined : end)
}

function leastDeadly(suspects: Suspects, behind: number): number[] {
  return [...suspects]
    .filter(([id, deaths]) => id > behind && deaths < TRIES)
    .toSorted(([, one], [, other]) => one - other)
    .slice(0, 1)
    .map(([id]) => id)
}
