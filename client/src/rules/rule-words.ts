import type { LogType, PatternType } from '../api/documents.js'
import { capitalized } from '../components/capitalized.js'
import { say } from '../strings.js'

/** What a rule says, as the API has it. */
export interface RuleSettings {
  readonly logType: LogType | null
  readonly patternType: PatternType
  readonly patternValue: string | null
  readonly thresholdCount: number | null
  readonly thresholdWindowMinutes: number | null
  readonly cooldownMinutes: number
}

/** What of a log a rule looks at; `ANY` counts every log of its kind, `SYSTEM` looks at GiftPulse itself. */
export type Condition = 'ERROR_CODE' | 'STATUS' | 'REGEX' | 'SYSTEM' | 'ANY'

const prefixes = { ERROR_CODE: 'code:', STATUS: 'status:', REGEX: 'regex:', SYSTEM: '', ANY: '' } as const

/** A pattern by what it looks at and what it looks for: a threshold's value says both, the other types say one each. */
export function conditionOf({
  patternType,
  patternValue,
}: Pick<RuleSettings, 'patternType' | 'patternValue'>): {
  readonly condition: Condition
  readonly value: string
} {
  const text = patternValue ?? ''
  if (patternType !== 'THRESHOLD') return { condition: patternType, value: text }
  for (const condition of ['ERROR_CODE', 'STATUS', 'REGEX'] as const) {
    const prefix = prefixes[condition]
    if (text.toLowerCase().startsWith(prefix)) return { condition, value: text.slice(prefix.length).trim() }
  }
  return { condition: 'ANY', value: '' }
}

/** The `patternValue` of a threshold that counts what the condition finds; null counts everything. */
export function thresholdValue(condition: Condition, value: string): string | null {
  return condition === 'ANY' ? null : `${prefixes[condition]}${value.trim()}`
}

/** The rule as a sentence without its end: "When 10 or more messages with error code 30003 happen within 5 minutes". */
export function ruleSentence(rule: RuleSettings): string {
  const { condition, value } = conditionOf(rule)
  if (condition === 'SYSTEM') return say.rule.system(troublesInWords(value))
  const what = say.rule.conditions[condition](condition === 'REGEX' ? value : listInWords(value))
  const kinds = say.rule.kinds[rule.logType ?? 'ANY']
  if (rule.patternType !== 'THRESHOLD') return say.rule.one(kinds.one, what)
  return say.rule.many(rule.thresholdCount ?? 0, kinds.many, what, rule.thresholdWindowMinutes ?? 0)
}

/** What GiftPulse says of itself by a list of conditions: "twilio refuses the credentials or a rule throws". */
export function troublesInWords(list: string): string {
  const troubles: Readonly<Record<string, string>> = say.sentence.troubles
  const words = list.split(',').map((entry) => troubles[entry.trim().toUpperCase()] ?? entry.trim())
  return joined(words, say.rule.or)
}

/** `30001,30003-30008,!30006` → `30001 or 30003–30008 but not 30006`. */
function listInWords(list: string): string {
  const entries = list.split(',').map((entry) => entry.trim())
  const wanted = entries.filter((entry) => entry !== '' && !entry.startsWith('!'))
  const unwanted = entries.filter((entry) => entry.startsWith('!')).map((entry) => entry.slice(1).trim())
  const words = joined(wanted.map(rangeInWords), say.rule.or)
  if (unwanted.length === 0) return words
  return say.rule.butNot(words, joined(unwanted.map(rangeInWords), say.rule.or))
}

function rangeInWords(entry: string): string {
  return entry.replace(/^(\d+)-(\d+)$/, '$1–$2')
}

function joined(words: readonly string[], last: string): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`
}

/** An alert's summary where the name of its rule, with which it begins, stands beside it already. */
export function summaryWithout(name: string, summary: string): string {
  if (!summary.startsWith(`${name}: `)) return summary
  return capitalized(summary.slice(name.length + 2))
}

/** The same without SIDs, which would push what happened out of sight: the log has them. */
export function briefSummary(name: string, summary: string): string {
  return withoutSids(summaryWithout(name, summary))
}

/** What happened when an alert opened, for a line that has no room for more; all of its summary where that was not kept yet. */
export function briefCause(
  name: string,
  { cause, summary }: { readonly cause: string | null; readonly summary: string },
): string {
  return cause === null ? briefSummary(name, summary) : withoutSids(capitalized(cause))
}

function withoutSids(text: string): string {
  return text.replaceAll(/ \b[A-Z]{2}[0-9a-f]{32}\b/g, '')
}
