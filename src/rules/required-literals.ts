/** Literals of which a text must hold at least one; null = nothing is known. */
type Required = readonly string[] | null

type Repeat = 'once' | 'more' | 'maybe-none'

/** Shorter ones are in nearly every text. */
const MIN_LITERAL = 2
/** Any part of a literal will do; a short one keeps the index small. */
const MAX_LITERAL = 12
const MAX_LITERALS = 16

/**
 * Literals of which every text that the RE2 pattern `source` matches holds at least one (by `foldUnit`), or null
 * where that is not cheaply provable. What it does not understand for certain it gives up on, so that a rule is
 * rather asked in vain than skipped.
 *
 * `source` must have been accepted by the engine already.
 */
export function requiredLiterals(source: string): Required {
  return new LiteralReader(source).read()
}

/** Thrown inside this file only: the pattern uses something the reader does not follow. */
class Unknown extends Error {}

/** A recursive descent over `source` that follows just enough syntax to know which characters cannot be missing. */
class LiteralReader {
  private at = 0
  /** `(?i)` anywhere: outside ASCII more characters are equal than `foldUnit` knows, so only ASCII counts. */
  private readonly folds: boolean

  constructor(private readonly source: string) {
    this.folds = /\(\?[A-Za-z-]*i/.test(source)
  }

  read(): Required {
    try {
      const required = this.alternatives()
      return this.at === this.source.length ? required : null
    } catch (thrown) {
      if (thrown instanceof Unknown) return null
      throw thrown
    }
  }

  /** `a|b|c`: one of what each branch needs; nothing as soon as one branch needs nothing. */
  private alternatives(): Required {
    let all: Required = this.sequence()
    while (this.skip(/\|/y)) {
      const branch = this.sequence()
      all = all && branch && all.length + branch.length <= MAX_LITERALS ? [...all, ...branch] : null
    }
    return all
  }

  /** `abc`: what is hardest to find of all that its parts need. */
  private sequence(): Required {
    let best: Required = null
    let run = ''
    const endRun = () => {
      best = better(best, run.length >= MIN_LITERAL ? [run.slice(0, MAX_LITERAL)] : null)
      run = ''
    }
    while (this.at < this.source.length && !'|)'.includes(this.source[this.at]!)) {
      const atom = this.atom()
      const repeat = this.repeat()
      if (typeof atom === 'string') {
        if (repeat !== 'maybe-none') run += atom
        if (repeat !== 'once') endRun()
      } else {
        endRun()
        if (repeat !== 'maybe-none') best = better(best, atom)
      }
    }
    endRun()
    return best
  }

  /** One character that stands for itself, as a string; else what the group, class or escape needs. */
  private atom(): string | Required {
    const char = this.source[this.at]!
    if (char === '(') return this.group()
    if (char === '[') return this.charClass()
    if (char === '\\') return this.escape()
    this.at++
    return '.^$*+?'.includes(char) ? null : this.literal(char)
  }

  private group(): Required {
    if (this.skip(/\(\?[A-Za-z-]+\)/y)) return null
    if (!this.skip(/\(\?(?:P?<\w+>|[A-Za-z-]*:)|\((?!\?)/y)) throw new Unknown()
    const inner = this.alternatives()
    if (!this.skip(/\)/y)) throw new Unknown()
    return inner
  }

  /** A class such as `[^\]a-z[:digit:]]`: some character, nothing more is made of it. */
  private charClass(): null {
    if (!this.skip(/\[\^?(?:\[:\^?\w+:\]|\\[^Q]|[^\\[\]])(?:\[:\^?\w+:\]|\\[^Q]|[^\\[\]])*\]/y))
      throw new Unknown()
    return null
  }

  private escape(): string | null {
    if (this.skip(/\\(?:[dDwWsSbBAzntrfva]|[pP](?:\{\^?\w+\}|[A-Za-z])|x(?:\{[\dA-Fa-f]+\}|[\dA-Fa-f]{2}))/y))
      return null
    if (!this.skip(/\\[!-/:-@[-`{-~]/y)) throw new Unknown()
    return this.source[this.at - 1]!
  }

  private repeat(): Repeat {
    const from = this.at
    while (this.skip(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/y));
    if (this.at === from) return 'once'
    return /[*?]|\{0/.test(this.source.slice(from, this.at)) ? 'maybe-none' : 'more'
  }

  /** Surrogates are halves of one character, which a repeat would tear apart. */
  private literal(char: string): string | null {
    const unit = char.charCodeAt(0)
    if (unit >= 0xd800 && unit <= 0xdfff) return null
    return this.folds && unit > 0x7f ? null : char
  }

  /** Moves behind what `sticky` matches here, if it does. */
  private skip(sticky: RegExp): boolean {
    sticky.lastIndex = this.at
    if (!sticky.test(this.source)) return false
    this.at = sticky.lastIndex
    return true
  }
}

/** The longer its shortest literal, the fewer texts are asked in vain. */
function better(one: Required, other: Required): Required {
  if (one === null || other === null) return one ?? other
  return shortest(other) > shortest(one) ? other : one
}

function shortest(literals: readonly string[]): number {
  return Math.min(...literals.map((literal) => literal.length))
}
