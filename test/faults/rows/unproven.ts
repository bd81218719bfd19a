import { type Fault, proof } from '../fault.js'

/** Known, and without a proof so far: said, so that nobody takes it for proven. */
function unproven(row: number, name: string, why: string): Fault {
  return { row, name, needs: [], runs: 0, unproven: why, run: async () => proof() }
}

export const unprovenFaults: readonly Fault[] = [
  unproven(
    47,
    'six hours at 50 records a second with random faults: nothing lost, memory and descriptors flat',
    'nobody has played six hours of it: what half an hour shows, and how small a leak it can tell from chance, is in [soak.md](soak.md)',
  ),
  unproven(
    48,
    'the supply chain, and the image',
    'advisories are not part of this harness; that the image starts on a read-only root is a test of its own, `test/container/image.test.ts`',
  ),
]
