import { oneLine } from '../sources/one-line.js'
import { shorten } from '../sources/shorten.js'
import { renderBody } from './email-body.js'
import type { EmailConfig } from './email-config.js'
import { layOutHtml, layOutText } from './email-layout.js'
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

/** What is sent for a notice. A folding message speaks for many alerts, so it follows no config's wording. */
export function emailMessage(notice: Notice, config: EmailConfig, publicUrl: string): EmailMessage {
  const variables = noticeVariables(notice)
  const fold = notice.kind === 'fold'
  const page = {
    content: fold ? foldContent(notice) : contentOf(notice, templateOf(config)),
    body: fold || config.body === undefined ? null : renderBody(config.body, variables),
    test: notice.kind === 'test',
    publicUrl,
  }
  const subject = fold
    ? `[GiftPulse] ${headline(notice)}`
    : renderTemplate(subjectOf(config), variables, 'text')
  return {
    // A test's own summary says what it is; a subject that somebody chose does not.
    subject: subjectLine(
      notice.kind === 'test' && !subject.startsWith('Test ') ? `[Test] ${subject}` : subject,
    ),
    html: layOutHtml(page),
    text: layOutText(page),
  }
}

function subjectLine(text: string): string {
  return shorten(oneLine(text).trim(), MAX_SUBJECT_LENGTH)
}
