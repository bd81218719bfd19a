import { shorten } from '../sources/shorten.js'
import { aBudget, escapeHtml, renderTemplate } from './template.js'

/** With the other bounds of an email these keep it below the size at which mail programs clip. */
const MAX_VARIABLE_CHARACTERS = 12_000
const MAX_PLAIN_CHARACTERS = 10_000

const MARKUP =
  /<\/?(?:a|b|blockquote|br|code|div|em|h[1-6]|hr|i|li|ol|p|pre|span|strong|table|t[dhr]|tbody|thead|u|ul)(?:\s[^<>]*|\/)?>/i

/** A config's `body` with its variables filled in, for both parts of an email. */
export interface EmailBody {
  readonly html: string
  readonly text: string
}

/**
 * A body is plain text, or HTML where it holds common tags. The markup is its author's; what variables bring in is
 * escaped in the HTML part and stands as it is in the text part.
 */
export function renderBody(body: string, variables: Record<string, unknown>): EmailBody {
  const render = (template: string, target: 'html' | 'text') =>
    renderTemplate(template, variables, target, aBudget(MAX_VARIABLE_CHARACTERS))
  if (MARKUP.test(body))
    return { html: render(body, 'html'), text: render(withoutMarkup(body), 'text').trim() }
  const text = shorten(render(body, 'text'), MAX_PLAIN_CHARACTERS)
  return { html: escapeHtml(text).replace(/\r?\n/g, '<br>\n'), text }
}

/** The words of an author's HTML. It need not be exact: it is the part that few programs show. */
function withoutMarkup(html: string): string {
  return html
    .replace(/<(?:br|\/p|\/div|\/h[1-6]|\/li|\/tr|hr)\b[^<>]*>\s*/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/&(nbsp|lt|gt|quot|amp);/g, (_, name: string) => entities[name] ?? '')
}

const entities: Readonly<Record<string, string>> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', amp: '&' }
