/** JSON that Postgres takes as `jsonb` and gives back unchanged. */
export type Storable =
  null | boolean | number | string | readonly Storable[] | { readonly [key: string]: Storable }

const MAX_DEPTH = 64
const MAX_STRING = 65_536
const MAX_KEY = 256
const MAX_RECORD = 262_144
const REPLACEMENT = '\uFFFD'

/**
 * Text that Postgres stores: it refuses NUL in `text` and lone surrogates in `jsonb` (22021, 22P05, 22P02), so each becomes
 * U+FFFD. At most `max` UTF-16 units are kept.
 */
export function storableText(text: string, max = MAX_STRING): string {
  return text
    .slice(0, max)
    .replaceAll('\0', REPLACEMENT)
    .replace(/\p{Surrogate}/gu, REPLACEMENT)
}

/** What is wrong with a text that is to be stored as it is, for whoever wrote it; null where nothing is. */
export function storableFault(text: string): string | null {
  return storableText(text, text.length) === text
    ? null
    : 'must not hold NUL characters or halves of surrogate pairs'
}

interface Pending {
  readonly from: object
  readonly into: Storable[] | Record<string, Storable>
  readonly depth: number
}

/**
 * Makes any parsed JSON storable: text cleaned and cut, numbers that are none (1e400000 parses to Infinity) null, what lies
 * deeper than 64 levels or a record of more than 256 kB replaced by a note. Never throws: the walk keeps its own queue, so
 * no depth can overflow the stack.
 */
export function storable(value: unknown): Storable {
  let size = 0
  const pending: Pending[] = []
  const result = cleaned(value, 0)
  // The queue grows while it is walked: breadth first, every object's keys in their own order.
  for (const { from, into, depth } of pending) {
    if (size > MAX_RECORD) return { note: `a record of more than ${MAX_RECORD / 1024} kB was left out` }
    if (Array.isArray(into)) for (const item of from as unknown[]) into.push(cleaned(item, depth))
    else copyFields(from, into, depth)
  }
  return size > MAX_RECORD ? { note: `a record of more than ${MAX_RECORD / 1024} kB was left out` } : result

  function cleaned(item: unknown, depth: number): Storable {
    size += 4
    if (typeof item === 'string') return counted(storableText(item))
    if (typeof item === 'number') return Number.isFinite(item) ? item : null
    if (typeof item === 'boolean') return item
    if (typeof item !== 'object' || item === null) return null
    if (depth >= MAX_DEPTH) return `what lies deeper than ${MAX_DEPTH} levels was left out`
    const into: Storable[] | Record<string, Storable> = Array.isArray(item) ? [] : {}
    pending.push({ from: item, into, depth: depth + 1 })
    return into
  }

  function copyFields(from: object, into: Record<string, Storable>, depth: number): void {
    for (const [key, item] of Object.entries(from)) {
      // Assigning it would set the prototype instead of a field.
      if (key !== '__proto__') into[counted(storableText(key, MAX_KEY))] = cleaned(item, depth)
    }
  }

  function counted(text: string): string {
    size += text.length
    return text
  }
}
