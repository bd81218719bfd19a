import { z } from 'zod'
import type { Handlers } from '../../actions/handler.js'
import type { SecretBox } from '../../actions/secret-box.js'
import { InputError } from '../../errors.js'
import { storableFault } from '../../sources/storable.js'
import type { Commands } from '../commands.js'
import { parseInput } from '../parse-input.js'
import type { RuleBook } from '../rule-book.js'
import { createComparison } from './compare-actions.js'
import { exportConfiguration } from './export-configuration.js'
import { planRules } from './plan-rules.js'
import { readConfiguration } from './read-configuration.js'
import { createRuleChanges } from './rule-changes.js'
import { readStanding } from './standing.js'

export interface ConfigurationCommandDeps {
  readonly book: RuleBook
  readonly handlers: Handlers
  readonly secrets: SecretBox
}

type ConfigurationCommands = Pick<Commands, 'configuration' | 'applyConfiguration'>

const applyInput = z.strictObject({
  configuration: z.unknown(),
  variables: z.record(z.string(), z.string('must be text'), 'must be a map of texts').nullish(),
  managedBy: z
    .string('must be text')
    .min(1, 'must not be empty')
    .max(200, 'must have 200 characters at most')
    .superRefine((name, context) => {
      const message = storableFault(name)
      if (message !== null) context.addIssue({ code: 'custom', message })
    })
    .nullable(),
  dryRun: z.boolean('must be true or false'),
  prune: z.boolean('must be true or false'),
})

export function createConfigurationCommands({
  book,
  handlers,
  secrets,
}: ConfigurationCommandDeps): ConfigurationCommands {
  return {
    // Read as if it were changed: nobody changes it meanwhile.
    configuration: () =>
      book.change(async (writer) => exportConfiguration(await readStanding(writer), handlers)),

    async applyConfiguration(input) {
      const { configuration, variables, managedBy, dryRun, prune } = parseInput(applyInput, input)
      const wanted = within('configuration', () =>
        readConfiguration(configuration, variables ?? {}, handlers),
      )
      return book.change(async (writer) => {
        const rules = wanted.rules ?? null
        const standing = rules ? await readStanding(writer) : []
        const comparison = createComparison(handlers, secrets)
        const changes = createRuleChanges(writer, handlers, secrets)
        const steps = within('configuration', () =>
          rules ? planRules(rules, standing, { managedBy, prune }, comparison, changes) : [],
        )
        if (!dryRun) for (const { write } of steps) await write()
        return { changes: steps.map(({ change }) => change), warnings: wanted.warnings, dryRun }
      })
    },
  }
}

/** Names what is wrong with the files by its place in the input. */
function within<Result>(path: string, read: () => Result): Result {
  try {
    return read()
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown
    throw new InputError(
      thrown.fields.map((fault) => ({ ...fault, path: [path, fault.path].filter(Boolean).join('.') })),
    )
  }
}
