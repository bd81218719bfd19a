import Mustache from 'mustache'

/**
 * How much text variables may bring into one rendering, and how many tags may run: log text comes from outside,
 * and sections over lists multiply.
 */
interface Budget {
  characters: number
  tags: number
}

const DEFAULT_CHARACTERS = 20_000
const MAX_TAGS = 5_000

/** Where `{{variables}}` end up: in HTML they are escaped, in plain text they stay as they are. */
export type TemplateTarget = 'html' | 'text'

/**
 * Fills a template's `{{variables}}` from `variables`. Logic-less and inert: only own data is ever reached, so
 * `{{constructor}}`, `{{__proto__}}` and anything unknown render nothing; functions never run; `{{{raw}}}` is
 * escaped like the rest. A template that cannot be parsed is returned as it is (see `templateFault`).
 *
 * @param maxCharacters how much text all variables together may bring in; what is over is left out
 */
export function renderTemplate(
  template: string,
  variables: Record<string, unknown>,
  target: TemplateTarget,
  maxCharacters = DEFAULT_CHARACTERS,
): string {
  if (templateFault(template) !== null) return template
  const writer = new InertWriter({ characters: maxCharacters, tags: MAX_TAGS }, target)
  return writer.render(template, new DataContext(variables))
}

/** Escapes text for HTML, quoted attributes included. */
export function escapeHtml(text: string): string {
  // Mustache also spells / and = as entities, which only unquoted attributes need; links stay readable without.
  return Mustache.escape(text).replaceAll('&#x2F;', '/').replaceAll('&#x3D;', '=')
}

/** Why a template cannot be parsed, or null. */
export function templateFault(template: string): string | null {
  try {
    new Mustache.Writer().parse(template)
    return null
  } catch (thrown) {
    return `is not a valid template: ${thrown instanceof Error ? thrown.message : String(thrown)}`
  }
}

/** Looks names up in own properties only, and never calls what it finds. */
class DataContext extends Mustache.Context {
  override push(view: unknown): DataContext {
    return new DataContext(view, this)
  }

  override lookup(name: string): unknown {
    if (name === '.') return plain(this.view)
    const path = name.split('.')
    if (ownValue(this.view, path[0] ?? '') === undefined) return this.parent?.lookup(name)
    return plain(path.reduce(ownValue, this.view as unknown))
  }
}

/** An own property; `log_type` finds `logType`, since REST spells names so. */
function ownValue(holder: unknown, key: string): unknown {
  if (typeof holder !== 'object' || holder === null) return undefined
  const own = Object.getOwnPropertyDescriptor(holder, key)
  if (own) return own.value
  const camelCase = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return Object.getOwnPropertyDescriptor(holder, camelCase)?.value
}

function plain(value: unknown): unknown {
  return typeof value === 'function' ? undefined : value
}

class InertWriter extends Mustache.Writer {
  constructor(
    private readonly budget: Budget,
    private readonly target: TemplateTarget,
  ) {
    super()
  }

  override escapedValue(token: string[], context: Mustache.Context): string {
    const text = asText(context.lookup(token[1] ?? ''))
    const written = this.target === 'html' ? escapeHtml(text) : text
    this.budget.characters -= written.length
    return this.budget.characters < 0 ? '' : written
  }

  override unescapedValue(token: string[], context: Mustache.Context): string {
    return this.escapedValue(token, context)
  }

  override renderTokens(...args: Parameters<Mustache.Writer['renderTokens']>): string {
    this.budget.tags -= args[0].length + 1
    return this.budget.tags < 0 ? '' : super.renderTokens(...args)
  }
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
