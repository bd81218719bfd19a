import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../src/rules/fact.js'
import { readPattern } from '../../src/rules/read-pattern.js'
import { type Matchable, compileRules } from '../../src/rules/rule-set.js'
import { LogType } from '../../src/sources/log.js'
import { aFact } from './a-fact.js'

interface NamedRule extends Matchable {
  readonly name: string
}

function aRule(name: string, patternType: Matchable['patternType'], patternValue: string | null): NamedRule {
  return { name, logType: null, patternType, patternValue }
}

const namesOf = (rules: readonly NamedRule[]) => rules.map(({ name }) => name)

describe('a rule set', () => {
  it('names the matching rules in the order in which they were given', () => {
    const rules = [
      aRule('any', 'threshold', null),
      aRule('words', 'regex', 'unreachable|unknown'),
      aRule('status', 'status', 'Undelivered'),
      aRule('other code', 'error_code', '30004'),
      aRule('wide range', 'error_code', '30000-31000'),
      aRule('no word', 'regex', '^\\w+'),
      aRule('code', 'error_code', '30003'),
      aRule('status again', 'status', 'Undelivered'),
    ]
    const fact = aFact({
      status: 'undelivered',
      errorCode: '30003',
      errorMessage: 'Handset UNREACHABLE, unreachable',
    })
    const { matches, failures } = compileRules(rules).matching(fact)
    expect(namesOf(matches)).toEqual([
      'any',
      'words',
      'status',
      'wide range',
      'no word',
      'code',
      'status again',
    ])
    expect(failures).toEqual([])
  })

  it('asks the rules of the log type and those of any', () => {
    const rules = [...Object.values(LogType), null].map((logType) => ({
      ...aRule(String(logType), 'status', 'failed'),
      logType,
    }))
    const { matches } = compileRules(rules).matching(aFact({ logType: 'call', status: 'failed' }))
    expect(namesOf(matches)).toEqual(['call', 'null'])
  })

  it('sets aside rules whose stored pattern cannot be read any more', () => {
    const rules = [
      aRule('broken', 'regex', '('),
      aRule('sound', 'threshold', null),
      aRule('broken too', 'regex', '('),
    ]
    const set = compileRules(rules)
    expect(set.failures.map(({ rule }) => rule.name)).toEqual(['broken', 'broken too'])
    expect(set.failures[0]!.error).toMatchObject({ code: 'BAD_PATTERN' })
    expect(namesOf(set.matching(aFact()).matches)).toEqual(['sound'])
  })

  it('lets no rule that throws stop the others', () => {
    const rules = [aRule('throws', 'status', 'delivered'), aRule('sound', 'threshold', null)]
    const set = compileRules(rules, (rule) => {
      const pattern = readPattern(rule)
      if (rule.patternType !== 'status') return pattern
      return { ...pattern, matches: () => expect.fail('out of order') }
    })
    const { matches, failures } = set.matching(aFact({ status: 'delivered' }))
    expect(namesOf(matches)).toEqual(['sound'])
    expect(failures).toMatchObject([{ rule: { name: 'throws' }, error: { message: 'out of order' } }])
  })

  it('matches nothing without rules', () => {
    expect(compileRules([]).matching(aFact())).toEqual({ matches: [], failures: [] })
  })

  it('does not ask rules that cannot match', () => {
    const asked: (string | null)[] = []
    const rules = [
      aRule('code', 'error_code', '30003'),
      aRule('words', 'regex', 'unreachable'),
      aRule('status', 'status', 'failed'),
      aRule('counted', 'threshold', 'code:30003'),
    ]
    const set = compileRules(rules, (rule) => {
      const pattern = readPattern(rule)
      return { ...pattern, matches: (fact) => (asked.push(rule.patternValue), pattern.matches(fact)) }
    })
    set.matching(aFact({ status: 'delivered', errorCode: '11200', text: 'all is well' }))
    expect(asked).toEqual([])
    set.matching(aFact({ status: 'delivered', errorCode: '30003', text: 'all is well' }))
    expect(asked).toEqual(['30003', 'code:30003'])
  })

  it('says of random rules and facts what asking every rule says', () => {
    let matched = 0
    fc.assert(
      fc.property(
        fc.array(anyRule, { maxLength: 30 }),
        fc.array(anyFact, { minLength: 1, maxLength: 8 }),
        (rules, facts) => {
          const set = compileRules(rules)
          expect(set.failures).toEqual([])
          for (const fact of facts) {
            const expected = rules.filter(
              (rule) =>
                (rule.logType === null || rule.logType === fact.logType) && readPattern(rule).matches(fact),
            )
            expect(set.matching(fact)).toEqual({ matches: expected, failures: [] })
            matched += expected.length
          }
        },
      ),
      { numRuns: 500 },
    )
    expect(matched).toBeGreaterThan(300)
  })
})

const logType = fc.constantFrom(...Object.values(LogType))
const code = fc.constantFrom('7', '30001', '30003', '30005', '30100', '11200', 'E-1')
const state = fc.constantFrom('failed', 'Undelivered', 'busy', 'delivered')
const codeList = fc
  .array(fc.oneof(code, fc.constantFrom('30000-30999', '30001-30004', '!30003', '!11000-12000', '!E-1')), {
    minLength: 1,
    maxLength: 4,
  })
  .map((entries) => entries.join(','))
const statusList = fc.array(state, { minLength: 1, maxLength: 3 }).map((entries) => entries.join(', '))
const regexSource = fc.constantFrom(
  'timeout',
  '(?i)TIMEOUT',
  'time|refused',
  'refused by \\w+',
  '(?i)mask|ask',
  '\\d{3}',
  '^$',
  'ош[иы]бка',
  '(?:connection )?re(fused|set)',
)

const anyRule: fc.Arbitrary<Matchable> = fc
  .tuple(
    fc.option(logType),
    fc.oneof(
      codeList.map((value) => ['error_code', value] as const),
      statusList.map((value) => ['status', value] as const),
      regexSource.map((value) => ['regex', value] as const),
      codeList.map((value) => ['threshold', `code:${value}`] as const),
      regexSource.map((value) => ['threshold', `regex:${value}`] as const),
      fc.constant(['threshold', null] as const),
    ),
  )
  .map(([type, [patternType, patternValue]]) => ({ logType: type, patternType, patternValue }))

const words = fc
  .array(
    fc.constantFrom(
      'Timeout',
      'timeout',
      'refused by peer',
      'reset',
      '404',
      'ошибка',
      'mas\u212a',
      'A\u017fk',
      ' ',
      '😀',
      '\ud83d',
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''))

const anyFact: fc.Arbitrary<Fact> = fc.record({
  logType,
  status: fc.option(fc.oneof(state, fc.constant('FAILED'))),
  errorCode: fc.option(code),
  errorMessage: fc.option(words),
  text: fc.option(words),
})
