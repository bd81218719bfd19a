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

/** One that has killed too often, if there is any. */
export function deadlyAmong(suspects: Suspects): { id: number; failure: DeadlyError } | null {
  const found = [...suspects].find(([, deaths]) => deaths >= TRIES)
  return found ? { id: found[0], failure: new DeadlyError(found[1]) } : null
}

/** What is judged next, of what waits: in order, since what an alert stands for depends on it; a suspect alone, others together. */
export function toTakeInHand(waiting: readonly number[], suspects: Suspects): readonly number[] {
  const end = waiting.findIndex((id) => suspects.has(id))
  return waiting.slice(0, end < 0 ? undefined : Math.max(end, 1))
}
