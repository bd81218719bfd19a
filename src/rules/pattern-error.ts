/** A `patternValue` that cannot be read: every fault at once, each with its place and what was expected. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
  readonly code = 'BAD_PATTERN'

  constructor(readonly faults: readonly string[]) {
    super(faults.join('; '))
  }
}
