/** The name after the first `query`, `mutation` or `subscription`. */
export function operationName(document: { toString(): string }): string {
  return /\b(?:query|mutation|subscription)\s+(\w+)/.exec(document.toString())?.[1] ?? ''
}
