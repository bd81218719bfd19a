/** Text of at most `length` characters, with an ellipsis where something is missing and no half character at the cut. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text
  return `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
