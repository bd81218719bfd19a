import { contains, merged, sizeOf, without, type Interval } from './intervals.js'
import { listEntries, refuseEntries, type ListEntry } from './list-entries.js'

const LARGEST_NUMBER = 999_999_999
const LEAST_OF_TWILIO = 10_001
const NUMBER = /^(?:0|[1-9]\d{0,8})$/
const RANGE = /^(\d+)\s*-\s*(\d+)$/
const TOKEN = /^[\w.-]{1,64}$/
const BROKEN_RANGE = /^[\d-]*-[\d-]*$/

/** What one entry names: numbers as an interval, any other code as itself. */
type Named = { readonly interval: Interval } | { readonly token: string }

/**
 * A set of error codes, read from a list such as `30001,30003-30008,!30006`. Excluded codes are taken out when
 * it is made, so a huge range costs no more than a single code.
 *
 * Codes are compared as text; a range holds the codes that are plain decimal numbers of up to 9 digits.
 */
export class CodeList {
  private constructor(
    private readonly numbers: readonly Interval[],
    /** Codes that are no plain numbers: those that are in or, where `open`, those that are not. */
    private readonly tokens: ReadonlySet<string>,
    private readonly open: boolean,
  ) {}

  /** @throws PatternError with every faulty entry and its place */
  static parse(value: string | null): CodeList {
    const included: Named[] = []
    const excluded: Named[] = []
    const faults: string[] = []
    for (const entry of listEntries(value, '30001,30003-30008,!30006')) {
      const excludes = entry.text.startsWith('!')
      const named = readEntry({ ...entry, text: excludes ? entry.text.slice(1).trim() : entry.text })
      if (typeof named === 'string') faults.push(named)
      else (excludes ? excluded : included).push(named)
    }
    refuseEntries(faults)
    return CodeList.of(included, excluded)
  }

  /** Excludes alone say "everything but": a list of them would otherwise match nothing. */
  private static of(included: readonly Named[], excluded: readonly Named[]): CodeList {
    const open = included.length === 0
    const base = open ? [{ from: 0, to: LARGEST_NUMBER }] : merged(intervalsOf(included))
    const numbers = without(base, merged(intervalsOf(excluded)))
    const left = new Set(tokensOf(excluded))
    const tokens = open ? left : new Set(tokensOf(included).filter((token) => !left.has(token)))
    return new CodeList(numbers, tokens, open)
  }

  has(code: string): boolean {
    if (NUMBER.test(code)) return contains(this.numbers, Number(code))
    return this.tokens.has(code) !== this.open
  }

  /** Whether no code at all is left in it. */
  isEmpty(): boolean {
    return !this.open && this.numbers.length === 0 && this.tokens.size === 0
  }

  /** Every code in it, or null where there are more than `limit`. */
  codes(limit: number): readonly string[] | null {
    if (this.open || sizeOf(this.numbers) + this.tokens.size > limit) return null
    const numbers = this.numbers.flatMap(({ from, to }) =>
      Array.from({ length: to - from + 1 }, (_, index) => String(from + index)),
    )
    return [...numbers, ...this.tokens]
  }

  /** Every code and range in it that names no code of Twilio's: those are plain numbers from 10001 on. */
  foreign(): { readonly entries: readonly string[]; readonly areAll: boolean } {
    if (this.open) return { entries: [], areAll: false }
    const low = this.numbers.filter(({ to }) => to < LEAST_OF_TWILIO)
    const ranges = low.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`))
    return { entries: [...ranges, ...this.tokens], areAll: low.length === this.numbers.length }
  }

  /** Whether it holds nothing but numbers from `from` to `to`. */
  isWithin(from: number, to: number): boolean {
    if (this.open || this.tokens.size > 0) return false
    return this.numbers.every((interval) => interval.from >= from && interval.to <= to)
  }
}

function readEntry({ text, place }: ListEntry): Named | string {
  if (text === '') return `${place} names no code`
  const range = RANGE.exec(text)
  if (range) return readRange(range[1]!, range[2]!, place)
  if (NUMBER.test(text)) return { interval: { from: Number(text), to: Number(text) } }
  if (BROKEN_RANGE.test(text)) return `${place} is neither a code nor a range such as 30003-30008`
  if (!TOKEN.test(text))
    return `${place} is not a code: letters, digits, "_", "." and "-" are possible, 64 at most`
  return { token: text }
}

function readRange(first: string, last: string, place: string): Named | string {
  if (first.length > 9 || last.length > 9) return `${place} has a bound of more than 9 digits`
  const interval = { from: Number(first), to: Number(last) }
  if (interval.from > interval.to) return `${place} runs backwards; write ${last}-${first}`
  return { interval }
}

function intervalsOf(named: readonly Named[]): Interval[] {
  return named.flatMap((one) => ('interval' in one ? [one.interval] : []))
}

function tokensOf(named: readonly Named[]): string[] {
  return named.flatMap((one) => ('token' in one ? [one.token] : []))
}
