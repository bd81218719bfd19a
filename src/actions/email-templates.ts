import { explainErrorCode, type ErrorExplanation } from '../sources/error-codes.js'
import type { EmailConfig, EmailTemplate } from './email-config.js'
import type { Notice } from './handler.js'
import { headline, noticeData } from './notice-data.js'

/** One line of facts: what it is called, what it is. */
export type Fact = readonly [label: string, value: string | number | null]

/** What an email says, before it is laid out as HTML or text. */
export interface EmailContent {
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly facts: readonly Fact[]
  readonly explanation: ErrorExplanation | null
}

interface TemplateParts {
  /** May hold variables. */
  readonly subject: string
  content(notice: Notice): EmailContent
}

const templates: Readonly<Record<EmailTemplate, TemplateParts>> = {
  error_notification: {
    subject: '[GiftPulse] {{alert.summary}}',
    content: (notice) => ({
      title: headline(notice),
      paragraphs: [],
      facts: [['Rule', notice.rule.name], ...logFacts(notice), ...alertFacts(notice)],
      explanation: explanationOf(notice),
    }),
  },

  call_failure: {
    subject:
      '[GiftPulse] Call failed{{#log}}: {{log.fromNumber}} to {{log.toNumber}}{{/log}} ({{rule.name}})',
    content: (notice) => ({
      title: `Call failed${notice.log?.status ? `: ${notice.log.status}` : ''}`,
      paragraphs: [headline(notice)],
      facts: [
        ...logFacts(notice),
        ['Duration in seconds', rawText(notice, 'duration')],
        ['Direction', rawText(notice, 'direction')],
        ['Rule', notice.rule.name],
        ...alertFacts(notice),
      ],
      explanation: explanationOf(notice),
    }),
  },

  summary_report: {
    subject: '[GiftPulse] Summary of {{rule.name}} (matches: {{alert.matchCount}})',
    content: (notice) => ({
      title: `Summary of ${notice.rule.name}`,
      paragraphs: [headline(notice), ...(notice.rule.description ? [notice.rule.description] : [])],
      facts: [...alertFacts(notice), ...ruleFacts(notice), ...logFacts(notice)],
      explanation: explanationOf(notice),
    }),
  },

  custom: {
    subject: '[GiftPulse] {{rule.name}}: {{alert.summary}}',
    content: (notice) => ({ title: notice.rule.name, paragraphs: [], facts: [], explanation: null }),
  },
}

/** A body without a template is meant to be the message. */
export function templateOf({ template, body }: EmailConfig): EmailTemplate {
  return template ?? (body === undefined ? 'error_notification' : 'custom')
}

/** The subject's template: the config's own, or the one that goes with its template. */
export function subjectOf(config: EmailConfig): string {
  return config.subject ?? templates[templateOf(config)].subject
}

/** What the email for an alert or a test says, its body apart. */
export function contentOf(notice: Notice, template: EmailTemplate): EmailContent {
  return templates[template].content(notice)
}

/** Rules that a folding message names; it counts the others. */
const NAMED_RULES = 20

/** What the one message says that stands for many deliveries. */
export function foldContent(notice: Notice): EmailContent {
  const { folded, rule } = notice
  const named = folded.slice(0, NAMED_RULES).map(({ rule: name, count }) => `${name} (${count})`)
  const others = folded.length - named.length
  const rules: Fact =
    folded.length > 1
      ? ['Rules', [...named, ...(others > 0 ? [`${others} more`] : [])].join(', ')]
      : ['Rule', rule.name]
  return {
    title: headline(notice),
    paragraphs: [
      'They came faster than the limit of messages per minute allows, so this one message stands for them all. ' +
        'Every one of them is stored and can be read in GiftPulse.',
    ],
    facts: [rules, ['Latest', notice.alert.summary], ...alertFacts(notice)],
    explanation: null,
  }
}

function logFacts(notice: Notice): Fact[] {
  const { log } = noticeData(notice)
  if (!log) return []
  return [
    ['Type', log.logType],
    ['Status', log.status],
    ['Error code', log.errorCode],
    ['Message', log.errorMessage],
    ['From', log.fromNumber],
    ['To', log.toNumber],
    ['Time', log.timestamp],
    ['Twilio SID', log.twilioSid],
    ['Account', log.accountSid],
  ]
}

function alertFacts(notice: Notice): Fact[] {
  const { alert } = noticeData(notice)
  return [
    ['Alert', alert.state],
    ['Matches', alert.matchCount],
    ['Triggered', alert.triggeredAt],
  ]
}

function ruleFacts(notice: Notice): Fact[] {
  const { rule } = noticeData(notice)
  const window =
    rule.thresholdCount === null ? null : `${rule.thresholdCount} in ${rule.thresholdWindowMinutes} min`
  return [
    ['Looks for', rule.patternType],
    ['Pattern', rule.patternValue],
    ['Threshold', window],
  ]
}

function explanationOf({ log }: Notice): ErrorExplanation | null {
  return log?.errorCode ? explainErrorCode(log.errorCode) : null
}

/** A field of Twilio's own record, where it is plain text or a number. */
function rawText({ log }: Notice, field: string): string | number | null {
  const raw = log?.rawData
  if (typeof raw !== 'object' || raw === null) return null
  const value: unknown = Object.getOwnPropertyDescriptor(raw, field)?.value
  return typeof value === 'string' || typeof value === 'number' ? value : null
}
