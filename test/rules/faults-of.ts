import { PatternError } from '../../src/rules/pattern-error.js'
import type { PatternReader } from '../../src/rules/pattern-type.js'

/** Every fault found in a pattern value; none where it can be read. */
export function faultsOf(reader: PatternReader, value: string | null): readonly string[] {
  try {
    reader.read(value)
    return []
  } catch (thrown) {
    if (thrown instanceof PatternError) return thrown.faults
    throw thrown
  }
}
