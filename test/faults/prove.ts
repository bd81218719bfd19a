import { type Bed, onBed, type Services } from './bed.js'
import type { Fault } from './fault.js'
import type { Line } from './report.js'
import { whatIsMissing } from './surroundings.js'

interface Choice {
  readonly seed: number
  /** What the line says of its time and commit. */
  readonly measured: string
  /** Instead of the row's own number. */
  readonly runs: number | null
  readonly patienceMs?: number
  readonly progress: (text: string) => void
}

/** Proves one row, or says why it cannot be proven here. */
export async function prove(fault: Fault, services: Services, choice: Choice): Promise<Line> {
  const { measured } = choice
  const runs = choice.runs ?? fault.runs
  if (fault.unproven !== undefined) return { fault, runs, measured, outcome: { unproven: fault.unproven } }
  const missing = whatIsMissing(fault.needs, services)
  if (missing !== null) return { fault, runs, measured, outcome: { skipped: missing } }
  try {
    // A row's draws follow from the seed and its own number, whichever rows run beside it.
    const seed = choice.seed * 1_000 + fault.row
    let isCounted = false
    const run = (bed: Bed) =>
      fault.run({
        ...bed,
        get runs() {
          isCounted = true
          return runs
        },
      })
    const outcome = await onBed(services, { ...choice, seed, runs }, run)
    // A row that has no use for a number was run as often as it always is.
    return { fault, runs: isCounted ? runs : fault.runs, measured, outcome }
  } catch (thrown) {
    return { fault, runs, measured, outcome: { failed: inWords(thrown) } }
  }
}

function inWords(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  const cause = thrown.cause instanceof Error ? ` (${thrown.cause.message})` : ''
  return `${thrown.message.slice(0, 600)}${cause}`
}
