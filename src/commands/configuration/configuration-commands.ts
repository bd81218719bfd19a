import { z } from 'zod'
import type { Handlers } from '../../actions/handler.js'
import type { SecretBox } from '../../actions/secret-box.js'
import { InputError } from '../../errors.js'
import { storableFault } from '../../sources/storable.js'
import type { Commands } from '../commands.js'
import { checkAll, parseInput } from '../parse-input.js'
import type { RuleBook, RuleWriter } from '../rule-book.js'
import type { Step } from './change.js'
import { createComparison } from './compare-actions.js'
import { exportConfiguration } from './export-configuration.js'
import type { PlanOptions } from './management.js'
import { planReceivers } from './plan-receivers.js'
import { planRules } from './plan-rules.js'
import { readConfiguration, type Wanted } from './read-configuration.js'
import { refuseOtherFiles } from './refuse-other-files.js'
import { createRuleChanges } from './rule-changes.js'
import { readStanding } from './standing.js'

export interface ConfigurationCommandDeps {
  readonly book: RuleBook
  readonly handlers: Handlers
  readonly secrets: SecretBox
}

type ConfigurationCommands = Pick<Commands, 'configuration' | 'applyConfiguration'>

const applyInput = z
  .strictObject({
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
    pruneAll: z.boolean('must be true or false').default(false),
  })
  .refine(({ prune, pruneAll }) => prune || !pruneAll, {
    path: ['pruneAll'],
    message: 'must come with prune: true',
  })

export function createConfigurationCommands({
  book,
  handlers,
  secrets,
}: ConfigurationCommandDeps): ConfigurationCommands {
  return {
    // Read as if it were changed: nobody changes it meanwhile.
    configuration: () =>
      book.change(async (writer) =>
        exportConfiguration(await readStanding(writer), await writer.receivers.standing(), handlers),
      ),

    async applyConfiguration(input) {
      const { configuration, variables, ...options } = parseInput(applyInput, input)
      const wanted = within('configuration', () =>
        readConfiguration(configuration, variables ?? {}, handlers),
      )
      return book.change(async (writer) => {
        const steps = await plan(wanted, options, writer)
        const changes = steps.map(({ change }) => change)
        if (!options.dryRun) {
          for (const { write } of steps) await write()
          await writer.noteApplied({ ...options, changes })
        }
        return {
          changes,
          warnings: wanted.warnings,
          dryRun: options.dryRun,
        }
      })
    },
  }

  /** Of what files say nothing nothing is done. */
  async function plan(wanted: Wanted, options: PlanOptions, writer: RuleWriter): Promise<Step[]> {
    const rules = wanted.rules && (await readStanding(writer))
    const receivers = wanted.receivers && (await writer.receivers.standing())
    refuseOtherFiles(
      [
        { wanted: wanted.rules?.map(({ settings }) => settings), standing: rules?.map(({ rule }) => rule) },
        { wanted: wanted.receivers, standing: receivers?.map(({ receiver }) => receiver) },
      ],
      options,
    )
    const comparison = createComparison(handlers, secrets)
    const changes = createRuleChanges(writer, handlers, secrets)
    const steps: Step[] = []
    within('configuration', () =>
      checkAll(
        () => steps.push(...planRules(wanted.rules ?? [], rules ?? [], options, comparison, changes)),
        () =>
          steps.push(
            ...planReceivers(wanted.receivers ?? [], receivers ?? [], options, secrets, writer.receivers),
          ),
      ),
    )
    return steps
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
