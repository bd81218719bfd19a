/** What stands in the place of an erased number. */
const ERASED = '(erased)'

/** SIDs of custom logs: tables refer to them, and they may have been made of a number. */
const CUSTOM = 'custom:'

/** Takes one phone number out of texts and JSON. */
export class NumberRemover {
  private readonly expression: RegExp

  /**
   * @param expression finds it in every usual spelling
   * @param idOf what stands for it where it was a part of an id: the same for the same spelling, so that what belongs together still does
   */
  constructor(
    expression: string,
    private readonly idOf: (spelled: string) => string,
  ) {
    this.expression = new RegExp(expression, 'gi')
  }

  /** Whether it is a part of the SID of a custom log. */
  names(sid: string | null): boolean {
    return sid !== null && sid.startsWith(CUSTOM) && sid.search(this.expression) >= 0
  }

  /** @param asId whether it is an id, or holds one */
  text(text: string, asId = text.startsWith(CUSTOM)): string {
    const json = /^\s*[[{]/.test(text) && text.search(this.expression) >= 0 ? this.json(text, asId) : null
    return (json ?? text).replaceAll(this.expression, (spelled) => (asId ? this.idOf(spelled) : ERASED))
  }

  /** JSON text without it; null for what is none. */
  json(text: string, asId?: boolean): string | null {
    try {
      return JSON.stringify(this.value(JSON.parse(text), asId))
    } catch (thrown) {
      if (thrown instanceof SyntaxError) return null
      throw thrown
    }
  }

  /** A copy of JSON without it, in keys neither; what is no JSON, such as a time, stays. */
  value(value: unknown, asId?: boolean): unknown {
    if (typeof value === 'string') return this.text(value, asId)
    if (typeof value === 'number') return this.numeral(value, asId)
    if (Array.isArray(value)) return value.map((item) => this.value(item, asId))
    if (typeof value !== 'object' || value === null || value instanceof Date) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [this.text(key, asId), this.value(inner, asId)]),
    )
  }

  private numeral(value: number, asId?: boolean): number | string {
    const text = String(value)
    return text.search(this.expression) < 0 ? value : this.text(text, asId)
  }
}
