import { capitalized } from './capitalized.js'

/** A name of code for people: `NOT_SETTLED` → `Not settled`, `timeoutSeconds` → `Timeout seconds`. */
export function inWords(name: string): string {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
  return capitalized(words)
}
