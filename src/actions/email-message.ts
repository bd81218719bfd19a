import { oneLine } from '../sources/one-line.js'
import { shorten } from '../sources/shorten.js'
import { renderBody } from './email-body.js'
import type { EmailConfig } from './email-config.js'
import { layOutHtml, layOutText, type EmailLink } from './email-layout.js'
import { contentOf, foldContent, subjectOf, templateOf } from './email-templates.js'
import type { Notice } from './handler.js'
import { headline, noticeVariables } from './notice-data.js'
import { renderTemplate } from './template.js'

const MAX_SUBJECT_LENGTH = 250

export interface EmailMessage {
  /** One line. */
  readonly subject: string
  readonly html: string
  readonly text: string
}

/** The installation that a message comes from. */
export interface EmailOrigin {
  /** Where its page is. */
  readonly publicUrl: string
  /** Whether it shows the demo account. */
  readonly demo: boolean
}

/** What is sent for a notice. A folding message speaks for many alerts, so it follows no config's wording. */
export function emailMessage(
  notice: Notice,
  config: EmailConfig,
  { publicUrl, demo }: EmailOrigin,
): EmailMessage {
  const variables = noticeVariables(notice)
  const fold = notice.kind === 'fold'
  const page = {
    content: fold ? foldContent(notice) : contentOf(notice, templateOf(config)),
    body: fold || config.body === undefined ? null : renderBody(config.body, variables),
    test: notice.kind === 'test',
    demo,
    publicUrl,
    links: linksOf(notice, publicUrl),
  }
  const subject = fold
    ? `[GiftPulse] ${headline(notice)}`
    : renderTemplate(subjectOf(config), variables, 'text')
  // A test's own summary says what it is; a subject that somebody chose does not.
  const isMarkedAsTest = notice.kind === 'test' && !subject.startsWith('Test ')
  return {
    subject: subjectLine(`${demo ? '[DEMO] ' : ''}${isMarkedAsTest ? '[Test] ' : ''}${subject}`),
    html: layOutHtml(page),
    text: layOutText(page),
  }
}

/** The alert of a test is made up, so there is no page of it. */
function linksOf({ kind, alert, rule }: Notice, publicUrl: string): EmailLink[] {
  const ofAlert = {
    words: kind === 'fold' ? 'Open the latest of these alerts' : 'Open this alert',
    url: `${publicUrl}/alerts/${alert.id}`,
  }
  return [
    ...(kind === 'test' ? [] : [ofAlert]),
    { words: 'Open its rule', url: `${publicUrl}/rules/${rule.id}` },
  ]
}

function subjectLine(text: string): string {
  return shorten(oneLine(text).trim(), MAX_SUBJECT_LENGTH)
}
