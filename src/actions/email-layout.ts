import { shorten } from '../sources/shorten.js'
import type { EmailBody } from './email-body.js'
import type { EmailContent, Fact } from './email-templates.js'
import { escapeHtml } from './template.js'

const MAX_VALUE_LENGTH = 400
const MAX_TITLE_LENGTH = 300

/** An email's content in its frame. */
export interface EmailPage {
  readonly content: EmailContent
  /** The config's own words, above the facts. */
  readonly body: EmailBody | null
  readonly test: boolean
  /** Whether what it tells is the demo's. */
  readonly demo: boolean
  /** Where the product's page is. */
  readonly publicUrl: string
  /** Where more of it is to be seen, the nearest first. */
  readonly links: readonly EmailLink[]
}

export interface EmailLink {
  readonly words: string
  readonly url: string
}

const TEST_NOTE = 'This is a test. Nothing has happened; somebody tried out this action.'
const DEMO_NOTE = 'The watched Twilio account is a simulated one; nothing that it reports has happened.'

/** The text part. */
export function layOutText({ content, body, test, demo, publicUrl, links }: EmailPage): string {
  const { title, paragraphs, facts, explanation } = cut(content)
  const blocks = [
    demo ? `*** DEMO *** ${DEMO_NOTE}` : '',
    test ? `*** TEST *** ${TEST_NOTE}` : '',
    title,
    body?.text ?? '',
    ...paragraphs,
    facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    explanation
      ? `${explanation.code}: ${explanation.name}\n${explanation.description}\n${explanation.url}`
      : '',
    links.map(({ words, url }) => `${words}: ${url}`).join('\n'),
    `--\nGiftPulse: ${publicUrl}`,
  ]
  return blocks.filter((block) => block !== '').join('\n\n')
}

/**
 * The HTML part: one column, inline styles, no images and nothing loaded from anywhere. Programs with a dark mode
 * get their own colours; those that invert by themselves find no fixed background behind the words.
 */
export function layOutHtml({ content, body, test, demo, publicUrl, links }: EmailPage): string {
  const { title, paragraphs, facts, explanation } = cut(content)
  const link = escapeHtml(publicUrl)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(title)}</title>
<style>
:root{color-scheme:light dark}
.card{border:1px solid #d5dae1}.label,.foot{color:#5b6675}.note{border-left:4px solid #c2410c}.test{border:2px dashed #b45309}
@media (prefers-color-scheme:dark){.card{border-color:#3b4552}.label,.foot{color:#9aa7b8}a{color:#8ab4ff}}
</style></head>
<body style="margin:0;padding:24px 12px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
<div class="card" style="max-width:600px;margin:0 auto;padding:24px;border-radius:8px">
${demo ? noteHtml('DEMO.', DEMO_NOTE) : ''}
${test ? noteHtml('Test.', TEST_NOTE) : ''}
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.35;overflow-wrap:anywhere">${escapeHtml(title)}</h1>
${body ? `<div style="margin:0 0 16px;overflow-wrap:anywhere">${body.html}</div>` : ''}
${paragraphs.map((words) => `<p style="margin:0 0 16px">${escapeHtml(words)}</p>`).join('\n')}
${factTable(facts)}
${
  explanation
    ? `<div class="note" style="margin:16px 0;padding:4px 12px"><strong>${escapeHtml(explanation.code)}: ${escapeHtml(explanation.name)}</strong><br>
${escapeHtml(explanation.description)}<br><a href="${escapeHtml(explanation.url)}">What Twilio says about it</a></div>`
    : ''
}
<p style="margin:24px 0 0">${[...links, { words: 'Open GiftPulse', url: publicUrl }].map(linkHtml).join('<br>')}</p>
</div>
<p class="foot" style="max-width:600px;margin:12px auto 0;font-size:13px">Sent by GiftPulse at ${link}</p>
</body></html>
`
}

function noteHtml(mark: string, words: string): string {
  return `<p class="test" style="margin:0 0 16px;padding:8px 12px"><strong>${mark}</strong> ${words}</p>`
}

function linkHtml({ words, url }: EmailLink): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(words)}</a>`
}

function factTable(facts: readonly Fact[]): string {
  if (facts.length === 0) return ''
  const rows = facts.map(
    ([label, value]) =>
      `<tr><td class="label" style="padding:4px 16px 4px 0;vertical-align:top;white-space:nowrap">${escapeHtml(label)}</td>` +
      `<td style="padding:4px 0;overflow-wrap:anywhere">${escapeHtml(String(value))}</td></tr>`,
  )
  return `<table role="presentation" style="border-collapse:collapse;font-size:15px">${rows.join('\n')}</table>`
}

/** Leaves empty facts out and shortens long values: log text may be megabytes. */
function cut(content: EmailContent): EmailContent {
  const facts = content.facts.filter(([, value]) => value !== null && value !== '')
  return {
    ...content,
    title: shorten(content.title, MAX_TITLE_LENGTH),
    paragraphs: content.paragraphs.map((words) => shorten(words, MAX_VALUE_LENGTH)),
    facts: facts.map(([label, value]) => [label, shorten(String(value), MAX_VALUE_LENGTH)]),
  }
}
