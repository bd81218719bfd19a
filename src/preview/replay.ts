import { setImmediate } from 'node:timers/promises'
import { judgeBatch } from '../alerts/judge-batch.js'
import { Pace } from '../pace.js'
import type { Finding, JudgedRule } from '../rules/evaluate.js'
import { ReplayMemory } from './replay-memory.js'
import { isOlder, type Replayed } from './replayed.js'
import type { Tally } from './tally.js'

/** Transitions judged before others get their turn. */
const BATCH = 1_000

/**
 * Judges transitions once more, as they were judged live but for one rule alone and with each one's own clock.
 *
 * @param isOver asked between batches: whether there is no more time.
 * @returns whether it came to the end.
 */
export async function replay(
  rule: JudgedRule,
  replayed: readonly Replayed[],
  tally: Tally,
  isOver: () => boolean,
): Promise<boolean> {
  const memory = new ReplayMemory(rule.id)
  const clock = forwardClock()
  const pace = new Pace(setImmediate)
  for (let start = 0; start < replayed.length; start += BATCH) {
    if (isOver()) return false
    const transitions = replayed.slice(start, start + BATCH)
    const outcome = await judgeBatch(memory, {
      transitions,
      matches: transitions.map(({ matches }) => (matches === true ? [rule] : [])),
      isJudging: (_ruleId, index) => transitions[index]?.matches !== null,
      clock,
      pace,
      onFinding: (finding) => tally.addFinding(finding),
    })
    memory.keep(outcome)
    tally.addOutcome(outcome)
    await setImmediate()
  }
  return true
}

/** What was stored by two at once may be out of order by a little; judging has a clock that never goes back. */
function forwardClock(): (finding: Finding) => Date {
  let now = 0
  return ({ transition }) => {
    const { clock } = transition as Replayed
    if (!isOlder(transition)) now = Math.max(now, clock)
    return new Date(isOlder(transition) ? clock : now)
  }
}
