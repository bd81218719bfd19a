import { type Command, Option } from 'commander'
import { type Api, ApiError, openApi } from '../api.js'
import { sparkline, timeAxis } from '../chart.js'
import { CliError } from '../cli-error.js'
import { jsonOption, withConnection } from '../command-options.js'
import type { ConnectionOptions } from '../connection.js'
import { ExitCode } from '../exit-code.js'
import { momentBefore } from '../moment.js'
import { readGivenFiles, variablesFor } from '../object-files-on-disk.js'
import { ruleInputOf } from '../rule-input.js'
import { colors, print, printJson, showProgress, warn } from '../terminal.js'

interface TestOptions extends ConnectionOptions {
  readonly json?: boolean
  readonly rule?: string
  readonly includeBackfilled?: boolean
  readonly since: Date
  readonly until?: Date
}

interface Preview {
  readonly since: string
  readonly until: string
  readonly logCount: number
  readonly matchCount: number
  readonly alertCount: number
  readonly deliveryCount: number
  readonly isComplete: boolean
  readonly warnings: readonly string[]
  readonly buckets: readonly { readonly from: string; readonly matches: number; readonly alerts: number }[]
  readonly alerts: readonly {
    readonly triggeredAt: string
    readonly matchCount: number
    readonly summary: string
  }[]
}

const PREVIEW = `query ($input: CreateRuleInput!, $since: DateTime!, $until: DateTime, $includeBackfilled: Boolean!) {
  previewRule(input: $input, since: $since, until: $until, includeBackfilled: $includeBackfilled) {
    since until logCount matchCount alertCount deliveryCount isComplete warnings
    buckets { from matches alerts }
    alerts { triggeredAt matchCount summary deliveryCount }
  }
}`

/** How many of the newest alerts are told one by one. */
const SHOWN_ALERTS = 10

export function addRuleCommands(program: Command): void {
  const rules = program.command('rules').summary('try rules out').description('Rules in files.')
  withConnection(rules.command('test'))
    .argument('<path>', 'a file, or a folder of files, with rules')
    .description(
      'Runs the rules of the files over the stored logs, as they would have run live, and shows what they would have found. Writes and sends nothing.',
    )
    .option('--rule <name>', 'only the rule with this name')
    .addOption(
      new Option('--since <when>', 'from when on: 90m, 24h, 7d, or a time')
        .argParser((text) => momentBefore(text))
        .default(momentBefore('24h'), '24h'),
    )
    .addOption(
      new Option('--until <when>', 'up to when (default: now)').argParser((text) => momentBefore(text)),
    )
    .option(
      '--include-backfilled',
      'judge what the first sweep of the account read, too, as if it had been read when it came to be',
    )
    .addOption(jsonOption())
    .action(test)
}

async function test(path: string, options: TestOptions): Promise<void> {
  const files = readGivenFiles(path)
  const variables = variablesFor(files)
  const rules = (files.lists['rules'] ?? [])
    .map((rule, index) => ({
      name: nameOf(rule),
      place: `rules.${index}`,
      input: ruleInputOf(rule, variables),
    }))
    .filter(({ name }) => options.rule === undefined || name === options.rule)
  if (rules.length === 0)
    throw new CliError(
      options.rule === undefined
        ? `${path} has no rules.`
        : `${path} has no rule ${JSON.stringify(options.rule)}.`,
      ExitCode.USAGE,
    )
  const api = openApi(options)
  const results: { name: string; preview: Preview }[] = []
  const progress = showProgress(rules.length, rules[0]?.name ?? '')
  try {
    for (const [index, { name, place, input }] of rules.entries()) {
      const preview = await previewOf(api, input, options, files.placeOf(place) ?? path)
      progress.step(rules[index + 1]?.name ?? '')
      results.push({ name, preview })
    }
  } finally {
    progress.stop()
  }
  if (options.json) return printJson({ rules: results })
  for (const result of results) await show(result)
}

async function previewOf(
  api: Api,
  input: object,
  { since, until, includeBackfilled = false }: TestOptions,
  place: string,
): Promise<Preview> {
  try {
    const variables = {
      input,
      since: since.toISOString(),
      until: until?.toISOString() ?? null,
      includeBackfilled,
    }
    return (await api.request<{ previewRule: Preview }>(PREVIEW, variables)).previewRule
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure
    const ofRule = failure.fields.filter((fault) => fault.path.startsWith('input'))
    if (ofRule.length === 0) throw failure
    const lines = ofRule.map((fault) => `${place}: ${fault.path.replace(/^input\./, '')} ${fault.message}`)
    throw new CliError(lines.join('\n'), ExitCode.USAGE)
  }
}

async function show({ name, preview }: { name: string; preview: Preview }): Promise<void> {
  const { buckets, since, until, logCount, matchCount, alertCount, deliveryCount } = preview
  const matches = sparkline(buckets.map((bucket) => bucket.matches))
  const alerts = sparkline(buckets.map((bucket) => bucket.alerts))
  await print(colors.bold(name))
  await print(`  matches ${colors.blue(matches)}  ${matchCount} of ${logCount} logs`)
  await print(
    `  alerts  ${colors.red(alerts)}  ${alertCount}, ${deliveryCount} ${deliveryCount === 1 ? 'delivery' : 'deliveries'}`,
  )
  await print(`          ${colors.dim(timeAxis(since, until, buckets.length))}`)
  for (const alert of preview.alerts.slice(0, SHOWN_ALERTS))
    await print(`  ${colors.dim(alert.triggeredAt)} ${alert.summary}`)
  if (alertCount > SHOWN_ALERTS) await print(`  and ${alertCount - SHOWN_ALERTS} before`)
  for (const warning of preview.warnings) warn(`${name}: ${warning}`)
  if (!preview.isComplete) warn(`${name}: not all of the logs were looked at; choose a shorter time.`)
}

const nameOf = (rule: unknown): string => String((rule as { name?: unknown } | null)?.name ?? '(no name)')
