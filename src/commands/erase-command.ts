import { InputError } from '../errors.js'
import { numberPattern, type NumberPattern } from '../sources/number-pattern.js'
import type { Commands } from './commands.js'
import { rewriteRule } from './consequences.js'
import type { RuleBook, RuleWriter } from './rule-book.js'
import { settingsOf } from './rule-input.js'

/** What was erased. */
export interface Erased {
  /** Masked. */
  readonly number: string
  /** How many rows this took it out of; what a poll or a webhook beside it took out of rows is not among them. */
  readonly rows: number
}

/** The storage behind it. */
export interface NumberEraser {
  /** Takes the number out of everything that is stored, and keeps it out from now on; rows stay. */
  erase(pattern: NumberPattern): Promise<Erased>
}

export function createEraseCommand({
  book,
  eraser,
}: {
  readonly book: RuleBook
  readonly eraser: NumberEraser
}): Pick<Commands, 'eraseNumber'> {
  return {
    async eraseNumber(number) {
      const pattern = numberPattern(number)
      if (!pattern)
        throw new InputError([
          { path: 'number', message: 'must be a phone number with its calling code, such as +14155552671' },
        ])
      // Noted before anything is gone: nobody can take back even a half of it.
      await book.change(async (writer) => {
        await writer.noteErased(pattern.number)
        await stopRulesAbout(pattern, writer)
      })
      return eraser.erase(pattern)
    },
  }
}

/** A rule that looks for the number would look for something else from now on. */
async function stopRulesAbout({ expression }: NumberPattern, writer: RuleWriter): Promise<void> {
  const number = new RegExp(expression, 'i')
  for (const rule of await writer.rules())
    if (rule.enabled && number.test(rule.patternValue ?? ''))
      await rewriteRule(writer, rule, { ...settingsOf(rule), enabled: false })
}
