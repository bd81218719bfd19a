import type { Fact } from '../src/rules/fact.js'
import { readPattern } from '../src/rules/read-pattern.js'
import { type Matchable, compileRules } from '../src/rules/rule-set.js'
import type { Bench } from './bench.js'
import { type Figure, rounded } from './figure.js'

const SIZES = [10, 100, 1_000]
const FACTS = 2_000
const ROUNDS = 5

/** The same facts asked of every rule in turn and of the index, after checking that both say the same. */
export const matching: Bench = { name: 'matching', needsPostgres: false, run }

function run(): readonly Figure[] {
  const facts = Array.from({ length: FACTS }, aFact(randomly(7)))
  const everyRule = Array.from({ length: Math.max(...SIZES) }, aRule(randomly(42)))
  const costs = SIZES.map((size) => {
    const rules = everyRule.slice(0, size)
    const [loop, index] = [askingEach(rules), askingIndex(rules)]
    assertSame(facts, loop, index)
    return { size, index: microsPerFact(facts, index), loop: microsPerFact(facts, loop) }
  })
  const [smallest, largest] = [costs[0]!, costs.at(-1)!]
  return [
    ...costs.map(({ size, index, loop }) => ({
      what: `matching, ${size.toLocaleString('en')} rules, beside a plain loop over them`,
      measured: `${rounded(index)} µs a log, the loop ${rounded(loop)} µs`,
      value: loop / index,
      unit: '×' as const,
      goal: size === largest.size ? { atLeast: 12 } : null,
    })),
    {
      what: `matching, ${largest.size.toLocaleString('en')} rules, beside ${smallest.size}`,
      measured: `${rounded(largest.index)} µs a log, ${rounded(smallest.index)} µs`,
      value: largest.index / smallest.index,
      unit: '×',
      goal: { atMost: 15 },
    },
  ]
}

type Ask = (fact: Fact) => readonly Matchable[]

function askingEach(rules: readonly Matchable[]): Ask {
  const read = rules.map((rule) => ({ rule, pattern: readPattern(rule) }))
  return (fact) =>
    read
      .filter(({ rule, pattern }) => {
        return (rule.logType === null || rule.logType === fact.logType) && pattern.matches(fact)
      })
      .map(({ rule }) => rule)
}

function askingIndex(rules: readonly Matchable[]): Ask {
  const compiled = compileRules(rules)
  return (fact) => compiled.matching(fact).matches
}

function assertSame(facts: readonly Fact[], one: Ask, other: Ask): void {
  for (const fact of facts) {
    const [left, right] = [one(fact), other(fact)]
    if (left.length !== right.length || left.some((rule, at) => rule !== right[at]))
      throw new Error(`the index and the loop disagree about ${JSON.stringify(fact)}`)
  }
}

/** The best of some rounds: what disturbs a measurement only ever adds to it. */
function microsPerFact(facts: readonly Fact[], ask: Ask): number {
  let best = Infinity
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    for (const fact of facts) ask(fact)
    best = Math.min(best, performance.now() - start)
  }
  return (best * 1_000) / facts.length
}

const nouns = 'carrier handset gateway webhook certificate trunk recipient campaign number upstream'.split(
  ' ',
)
const faults =
  'unreachable rejected expired refused blocked throttled malformed missing unknown stalled'.split(' ')
const bodies = [
  'Your code is {n}. It is valid for ten minutes; never share it with anyone.',
  'Reminder: your appointment on Tuesday at 14:{n} is confirmed. Reply STOP to opt out.',
  'Order {n} has left our warehouse and will reach you tomorrow between 9 and 12.',
  'Thanks for calling. Rate us from 1 to 5 at https://example.com/r/{n}',
]

/** As in accounts with many rules: mostly codes and words of their own, some common statuses, few patterns without any word. */
function aRule(random: Random): () => Matchable {
  return () => {
    const dice = random()
    const code = 10_000 + Math.floor(random() * 25_000)
    if (dice < 0.35) return { logType: null, patternType: 'error_code', patternValue: `${code},${code + 7}` }
    if (dice < 0.45)
      return {
        logType: 'message',
        patternType: 'error_code',
        patternValue: `${code}-${code + 20},!${code + 3}`,
      }
    if (dice < 0.5)
      return { logType: 'error', patternType: 'error_code', patternValue: `${code}-${code + 400}` }
    const failed = random.pick(['failed', 'undelivered', 'canceled', 'failed,undelivered'])
    if (dice < 0.6) return { logType: 'message', patternType: 'status', patternValue: failed }
    if (dice < 0.65)
      return {
        logType: 'call',
        patternType: 'status',
        patternValue: random.pick(['busy', 'no-answer', 'failed']),
      }
    const words = `${random.pick(nouns)} ${random.pick(nouns)} ${random.pick(faults)}`
    if (dice < 0.8) return { logType: null, patternType: 'regex', patternValue: `(?i)${words}` }
    if (dice < 0.9)
      return {
        logType: 'error',
        patternType: 'regex',
        patternValue: `${words}|HTTP ${code % 1_000}\\b.*timeout`,
      }
    if (dice < 0.91)
      return { logType: 'error', patternType: 'regex', patternValue: `\\b[A-Z]{4}-\\d{${code % 9}}` }
    return { logType: 'message', patternType: 'threshold', patternValue: `code:${code},${code + 1}` }
  }
}

/** A feed as Twilio accounts have it: mostly messages that arrive, some calls, and what went wrong with either. */
function aFact(random: Random): () => Fact {
  return () => {
    const dice = random()
    const text = random.pick(bodies).replace('{n}', String(Math.floor(random() * 1e6)))
    const none = { errorCode: null, errorMessage: null }
    if (dice < 0.6)
      return { logType: 'message', status: random.pick(['sent', 'delivered', 'received']), ...none, text }
    if (dice < 0.8)
      return { logType: 'call', status: random.pick(['completed', 'completed', 'busy']), ...none, text: null }
    const errorCode = String(10_000 + Math.floor(random() * 25_000))
    const errorMessage = `The ${random.pick(nouns)} ${random.pick(nouns)} ${random.pick(faults)} while handling the request`
    if (dice < 0.9) return { logType: 'message', status: 'undelivered', errorCode, errorMessage, text }
    return {
      logType: 'error',
      status: null,
      errorCode,
      errorMessage,
      text: `${errorMessage}; url=https://example.com`,
    }
  }
}

interface Random {
  (): number
  pick<T>(list: readonly T[]): T
}

/** The same numbers at every run (mulberry32), so that runs can be compared. */
function randomly(seed: number): Random {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return Object.assign(next, { pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]! })
}
