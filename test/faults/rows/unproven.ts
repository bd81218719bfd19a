import { type Fault, proof } from '../fault.js'

/** Known, and without a proof so far: said, so that nobody takes it for proven. */
function unproven(row: number, name: string, why: string): Fault {
  return { row, name, needs: [], runs: 0, unproven: why, run: async () => proof() }
}

export const unprovenFaults: readonly Fault[] = [
  unproven(
    48,
    'the supply chain, and the image',
    'advisories are not part of this harness; the image on a read-only root: `test/container/image.test.ts`',
  ),
]
