/** JSON with its lines. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2)
}

/** The same of a text that may be JSON; any other, such as a form, as it came. */
export function prettyText(text: string): string {
  try {
    return jsonText(JSON.parse(text))
  } catch {
    return text
  }
}
