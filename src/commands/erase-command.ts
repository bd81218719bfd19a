import { InputError } from '../errors.js'
import { numberPattern, type NumberPattern } from '../sources/number-pattern.js'
import type { Commands } from './commands.js'

/** What was erased. */
export interface Erased {
  /** Masked. */
  readonly number: string
  /** How many rows held it. */
  readonly rows: number
}

/** The storage behind it. */
export interface NumberEraser {
  /** Takes the number out of everything that is stored; rows stay. */
  erase(pattern: NumberPattern): Promise<Erased>
}

export function createEraseCommand({
  eraser,
}: {
  readonly eraser: NumberEraser
}): Pick<Commands, 'eraseNumber'> {
  return {
    async eraseNumber(number) {
      const pattern = numberPattern(number)
      if (!pattern)
        throw new InputError([
          { path: 'number', message: 'must be a phone number with its calling code, such as +14155552671' },
        ])
      return eraser.erase(pattern)
    },
  }
}
