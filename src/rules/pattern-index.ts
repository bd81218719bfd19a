import { searchedTexts, type Fact } from './fact.js'
import { foldUnit } from './fold-unit.js'
import { LiteralIndex } from './literal-index.js'
import type { Candidates } from './pattern-type.js'

/** Finds the entries whose pattern a fact could match, without looking at the others. */
export class PatternIndex<Entry> {
  private readonly byErrorCode = new Map<string, Entry[]>()
  private readonly byStatus = new Map<string, Entry[]>()
  private readonly byLiteral = new Map<string, Entry[]>()
  private readonly withAnyCode: Entry[] = []
  private readonly withAnyText: Entry[] = []
  private readonly always: Entry[] = []
  /** Made at the first search after an entry was added. */
  private literals: { readonly index: LiteralIndex; readonly entries: readonly Entry[][] } | null = null

  add(entry: Entry, candidates: Candidates): void {
    if (candidates === 'any') this.always.push(entry)
    else if ('statuses' in candidates) file(this.byStatus, candidates.statuses, entry)
    else if ('errorCodes' in candidates) {
      if (candidates.errorCodes === 'any') this.withAnyCode.push(entry)
      else file(this.byErrorCode, candidates.errorCodes, entry)
    } else if (candidates.literals === 'any') this.withAnyText.push(entry)
    else {
      file(this.byLiteral, new Set(candidates.literals.map(folded)), entry)
      this.literals = null
    }
  }

  /** Each candidate once, in no particular order. */
  candidates(fact: Fact): Iterable<Entry> {
    const found = [...this.always]
    if (fact.status !== null) found.push(...(this.byStatus.get(fact.status.toLowerCase()) ?? []))
    if (fact.errorCode !== null)
      found.push(...this.withAnyCode, ...(this.byErrorCode.get(fact.errorCode) ?? []))
    if (this.withAnyText.length > 0 && (fact.errorMessage !== null || fact.text !== null))
      found.push(...this.withAnyText)
    if (this.byLiteral.size > 0) found.push(...this.byText(fact))
    return found
  }

  private byText(fact: Fact): ReadonlySet<Entry> {
    this.literals ??= {
      index: new LiteralIndex([...this.byLiteral.keys()]),
      entries: [...this.byLiteral.values()],
    }
    const found = new Set<Entry>()
    for (const text of searchedTexts(fact))
      for (const place of this.literals.index.search(text))
        for (const entry of this.literals.entries[place]!) found.add(entry)
    return found
  }
}

function file<Entry>(shelves: Map<string, Entry[]>, labels: Iterable<string>, entry: Entry): void {
  for (const label of labels) {
    const shelf = shelves.get(label)
    if (shelf) shelf.push(entry)
    else shelves.set(label, [entry])
  }
}

function folded(literal: string): string {
  return String.fromCharCode(
    ...Array.from({ length: literal.length }, (_, at) => foldUnit(literal.charCodeAt(at))),
  )
}
