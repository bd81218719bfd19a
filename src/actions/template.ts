import Mustache from 'mustache'

/**
 * How much text variables may bring into one rendering, and how many tags may run: log text comes from outside,
 * and sections over lists multiply. Several templates may share one.
 */
export interface Budget {
  characters: number
  /** Characters that may be escaped, those in vain included: a template may name hundreds of times what has no place once escaped. */
  escaping: number
  tags: number
  /** The text of lists and objects, so that each is written once however often it is named. */
  readonly json: Map<object, string>
}

const DEFAULT_CHARACTERS = 20_000
const MAX_TAGS = 5_000

/** @param characters how much text all variables together may bring in; what has no place is left out */
export function aBudget(characters = DEFAULT_CHARACTERS): Budget {
  return { characters, escaping: 10 * characters, tags: MAX_TAGS, json: new Map() }
}

/** Where `{{variables}}` end up: in HTML they are escaped, in plain text they stay as they are. */
export type TemplateTarget = 'html' | 'text'

/**
 * Fills a template's `{{variables}}` from `variables`. Logic-less and inert: only own data is ever reached, so
 * `{{constructor}}`, `{{__proto__}}` and anything unknown render nothing; functions never run; `{{{raw}}}` is
 * escaped like the rest. A template that cannot be parsed is returned as it is (see `templateFault`).
 */
export function renderTemplate(
  template: string,
  variables: Record<string, unknown>,
  target: TemplateTarget,
  budget = aBudget(),
): string {
  if (templateFault(template) !== null) return template
  return new InertWriter(budget, target).render(template, new DataContext(variables))
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
    return plain(path.reduce(ownValue, nearest(this, path[0] ?? '')))
  }
}

/** What has such a property and is nearest: sections may lie hundreds deep within one another. */
function nearest(context: Mustache.Context, key: string): unknown {
  for (let at: Mustache.Context | undefined = context; at; at = at.parent)
    if (ownValue(at.view, key) !== undefined) return at.view
  return undefined
}

/** An own property; `log_type` finds `logType`, since REST spells names so. */
function ownValue(holder: unknown, key: string): unknown {
  if (typeof holder !== 'object' || holder === null) return undefined
  const own = Object.getOwnPropertyDescriptor(holder, key)
  if (own) return own.value
  if (!key.includes('_')) return undefined
  const camelCase = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return Object.getOwnPropertyDescriptor(holder, camelCase)?.value
}

function plain(value: unknown): unknown {
  return typeof value === 'function' ? undefined : value
}

/** What stands in a template as it is. */
function ownWords([type, text]: string[]): string {
  return type === 'text' ? (text ?? '') : ''
}

class InertWriter extends Mustache.Writer {
  /** How many sections lie around what is being rendered. */
  private depth = 0

  constructor(
    private readonly budget: Budget,
    private readonly target: TemplateTarget,
  ) {
    super()
  }

  override escapedValue(token: string[], context: Mustache.Context): string {
    const text = this.asText(context.lookup(token[1] ?? ''))
    if (text.length > Math.min(this.budget.characters, this.budget.escaping)) return ''
    this.budget.escaping -= text.length
    const written = this.target === 'html' ? escapeHtml(text) : text
    if (written.length > this.budget.characters) return ''
    this.budget.characters -= written.length
    return written
  }

  override unescapedValue(token: string[], context: Mustache.Context): string {
    return this.escapedValue(token, context)
  }

  override renderTokens(...args: Parameters<Mustache.Writer['renderTokens']>): string {
    const [tokens] = args
    const isWhole = this.depth === 0
    this.budget.tags -= tokens.length + 1
    // Its author's own words stay where what it names has no place any more; those of a section would come as often as it repeats.
    if (this.budget.tags < 0) return isWhole ? tokens.map(ownWords).join('') : ''
    this.depth += 1
    try {
      return super.renderTokens(...args)
    } finally {
      this.depth -= 1
    }
  }

  private asText(value: unknown): string {
    if (value === undefined || value === null) return ''
    if (typeof value !== 'object') return String(value)
    const text = this.budget.json.get(value) ?? JSON.stringify(value)
    this.budget.json.set(value, text)
    return text
  }
}
