import { z } from 'zod'
import type { Handlers } from '../actions/handler.js'
import type { SecretBox } from '../actions/secret-box.js'
import { InputError, type FieldFault } from '../errors.js'
import type { Preview } from '../preview/preview.js'
import { maskNumbers } from '../privacy/mask-numbers.js'
import { readPattern } from '../rules/read-pattern.js'
import type { Commands } from './commands.js'
import { readNewRule, type NewRule } from './new-rule.js'
import { checkAll, parseInput } from './parse-input.js'
import type { RuleSettings } from './rule-input.js'
import { readSpan, spanFields } from './span-input.js'

export interface PreviewCommandDeps {
  readonly preview: Preview
  readonly handlers: Handlers
  readonly secrets: SecretBox
  readonly clock: () => Date
}

const MASKED =
  'Phone numbers are masked for this key, here as everywhere: where the pattern looks for one, live it may match more than this.'

const previewInput = z.strictObject({
  input: z.unknown(),
  ...spanFields,
  includeBackfilled: z
    .boolean('must be true or false')
    .nullish()
    .transform((value) => value ?? false),
})

export function createPreviewCommand(deps: PreviewCommandDeps): Pick<Commands, 'previewRule'> {
  return {
    async previewRule(given, { seesNumbers }) {
      const { input, since, until, includeBackfilled } = parseInput(previewInput, given)
      let rule: NewRule | undefined
      let span: ReturnType<typeof readSpan> | undefined
      checkAll(
        () => (rule = within('input', () => readNewRule(deps, input))),
        () => (span = readSpan({ since, until }, deps.clock())),
      )
      const { settings, actions, warnings } = rule!
      const actionCount = actions.filter(({ enabled }) => enabled).length
      const preview = await deps.preview({
        settings,
        actionCount,
        span: span!,
        includeBackfilled,
        textAsJudged: seesNumbers ? null : maskNumbers,
      })
      const masked = seesNumbers || !searchesText(settings) ? [] : [MASKED]
      return { ...preview, warnings: [...warnings, ...masked, ...preview.warnings] }
    },
  }
}

/** Whether what logs say is searched. */
function searchesText(settings: RuleSettings): boolean {
  const { candidates } = readPattern(settings)
  return candidates !== 'any' && 'literals' in candidates
}

/** Names the fields of a part of the input as they stand in the whole. */
function within<Result>(path: string, read: () => Result): Result {
  try {
    return read()
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown
    throw new InputError(
      thrown.fields.map((field): FieldFault => ({ ...field, path: `${path}.${field.path}` })),
    )
  }
}
