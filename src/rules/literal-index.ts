import { FORMS, foldUnit } from './fold-unit.js'

const NONE: ReadonlySet<number> = new Set()

/**
 * Finds which of many literals a text holds, by `foldUnit`, in one pass whose time does not depend on how many
 * there are: the automaton of Aho and Corasick, "Efficient String Matching" (1975), with every step worked out.
 */
export class LiteralIndex {
  /** By UTF-16 unit: its column in `next`; 0 for units that are in no literal. */
  private readonly columns = new Uint8Array(0x1_0000)
  private width = 1
  /** `next[state * width + column]`: the state after one more unit; state 0 is the start. */
  private readonly next: Int32Array
  /** By state: the literal that ends there, or -1. */
  private readonly ending: Int32Array
  /** By state: the nearest shorter state, a suffix of it, in which a literal ends too, or 0. */
  private readonly shorter: Int32Array

  /** `literals` are not empty and distinct, folded too; a search answers with their places in this list. */
  constructor(literals: readonly string[]) {
    this.assignColumns(literals)
    const states = 1 + literals.reduce((sum, literal) => sum + literal.length, 0)
    this.next = new Int32Array(states * this.width)
    this.ending = new Int32Array(states).fill(-1)
    this.shorter = new Int32Array(states)
    this.plant(literals)
    this.linkSuffixes()
  }

  /** The places of all literals that `text` holds. */
  search(text: string): ReadonlySet<number> {
    const { columns, next, width, ending, shorter } = this
    let found: Set<number> | null = null
    let state = 0
    for (let at = 0; at < text.length; at++) {
      state = next[state * width + columns[text.charCodeAt(at)]!]!
      let end = ending[state] === -1 ? shorter[state]! : state
      while (end !== 0) {
        found ??= new Set()
        found.add(ending[end]!)
        end = shorter[end]!
      }
    }
    return found ?? NONE
  }

  private assignColumns(literals: readonly string[]): void {
    const byForm = new Uint8Array(FORMS)
    for (const literal of literals) {
      for (let at = 0; at < literal.length; at++) {
        const form = foldUnit(literal.charCodeAt(at))
        if (byForm[form] === 0) byForm[form] = this.width++
      }
    }
    for (let unit = 0; unit < this.columns.length; unit++) this.columns[unit] = byForm[foldUnit(unit)]!
  }

  /** The tree of all literals; no edge leads to the start, so 0 says that there is none. */
  private plant(literals: readonly string[]): void {
    let states = 1
    for (const [place, literal] of literals.entries()) {
      let state = 0
      for (let at = 0; at < literal.length; at++) {
        const edge = state * this.width + this.columns[literal.charCodeAt(at)]!
        if (this.next[edge] === 0) this.next[edge] = states++
        state = this.next[edge]!
      }
      this.ending[state] = place
    }
  }

  /** Breadth first, so that the longest proper suffix of a state is complete before the state itself. */
  private linkSuffixes(): void {
    const { next, width, ending, shorter } = this
    const suffix = new Int32Array(ending.length)
    const queue = [0]
    for (const state of queue) {
      for (let column = 1; column < width; column++) {
        const edge = state * width + column
        const fallback = state === 0 ? 0 : next[suffix[state]! * width + column]!
        const child = next[edge]!
        if (child === 0) {
          next[edge] = fallback
          continue
        }
        suffix[child] = fallback
        shorter[child] = ending[fallback] === -1 ? shorter[fallback]! : fallback
        queue.push(child)
      }
    }
  }
}
