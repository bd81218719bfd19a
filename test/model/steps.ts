import * as fc from 'fast-check'
import type { RuleSettings } from '../../src/commands/rule-input.js'
import { PatternType } from '../../src/rules/rule.js'
import { LogType } from '../../src/sources/log.js'
import { answers } from './receiver.js'

/** One state of a record, as its list has it. */
export interface State {
  readonly status: string | null
  readonly errorCode: number | null
}

/** A kind of record and what becomes of it, state by state. */
export interface Life {
  readonly source: 'messages' | 'calls' | 'alerts'
  readonly states: readonly [State, ...State[]]
}

const life = (
  source: Life['source'],
  ...states: readonly [status: string | null, errorCode?: number][]
): Life => ({
  source,
  states: states.map(([status, errorCode]) => ({
    status,
    errorCode: errorCode ?? null,
  })) as unknown as Life['states'],
})

export const lives: readonly Life[] = [
  life('messages', ['queued'], ['sent'], ['delivered']),
  life('messages', ['queued'], ['sent'], ['undelivered', 30003]),
  life('messages', ['sent'], ['undelivered'], ['undelivered', 30005]),
  life('messages', ['scheduled'], ['queued'], ['failed', 30007]),
  life('messages', ['delivered'], ['read']),
  life('calls', ['queued'], ['ringing'], ['in-progress'], ['completed']),
  life('calls', ['ringing'], ['busy']),
  life('calls', ['failed']),
  life('alerts', [null, 11200]),
  life('alerts', [null, 30003]),
]

export type Settings = Pick<
  RuleSettings,
  'logType' | 'patternType' | 'patternValue' | 'thresholdCount' | 'thresholdWindowMinutes'
>

/** What a rule may look for. Those of one list may become each other by an edit. */
export const families: readonly (readonly [Settings, ...Settings[]])[] = [
  [
    plain(PatternType.STATUS, 'undelivered,failed'),
    plain(PatternType.STATUS, 'queued,delivered,completed'),
    plain(PatternType.STATUS, 'BUSY,in-progress', LogType.CALL),
    plain(PatternType.ERROR_CODE, '30003,11200-11299'),
    plain(PatternType.ERROR_CODE, '30000-30010,!30005', LogType.MESSAGE),
    plain(PatternType.REGEX, '(?i)RETRIEVAL'),
  ],
  [
    threshold(2, 2, 'status:undelivered,failed,busy'),
    threshold(2, 3, 'code:30003,11200'),
    threshold(3, 3, null),
    threshold(2, 4, null, LogType.MESSAGE),
    threshold(1, 2, 'status:sent,ringing'),
  ],
]

function plain(patternType: PatternType, patternValue: string, logType: LogType | null = null): Settings {
  return { logType, patternType, patternValue, thresholdCount: null, thresholdWindowMinutes: null }
}

function threshold(
  thresholdCount: number,
  thresholdWindowMinutes: number,
  patternValue: string | null,
  logType: LogType | null = null,
): Settings {
  return { logType, patternType: PatternType.THRESHOLD, patternValue, thresholdCount, thresholdWindowMinutes }
}

/** At which statement, before or after it is done. */
const place = { after: fc.nat(45), moment: fc.constantFrom('asked' as const, 'answered' as const) }
/** How many steps it lasts. */
const lasts = fc.nat(3)
/** One of those that are there by then. */
const which = fc.nat(29)

const happening = fc.oneof(
  { weight: 3, arbitrary: fc.record({ add: fc.nat(lives.length - 1), minutesAgo: fc.nat(8) }) },
  { weight: 4, arbitrary: fc.record({ move: which }) },
)

const aRule = {
  family: fc.nat(1),
  pattern: fc.nat(5),
  cooldown: fc.constantFrom(0, 0, 30),
  actions: fc.constantFrom(0, 1, 1, 2, 2),
}

/** Everything that may happen, one after the other, in any order. */
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('records' as const),
      what: fc.array(happening, { minLength: 4, maxLength: 14, size: 'max' }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('poll' as const), fault: fc.option(pageFault(), { freq: 2 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('callback' as const),
      record: which,
      older: fc.nat(2),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('receiver' as const),
      answers: fc.constantFrom(...answers, 'silent' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('create' as const),
      ...aRule,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      rule: fc.nat(3),
      change: fc.oneof(
        fc.record({ pattern: fc.nat(5) }),
        fc.constant({ toggle: true as const }),
        fc.record({ cooldown: fc.constantFrom(0, 30) }),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), rule: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('crash' as const), ...place, lasts }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cut' as const), ...place, lasts }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
)
export type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

/** How it begins, and all that happens then. */
export const scenario = fc.record({
  /** Whether the lists are read to their end while they are empty: then nothing is backfill. */
  isReadBefore: fc.constantFrom(true, true, true, false),
  rules: fc.array(fc.record(aRule), { minLength: 2, maxLength: 4 }),
  /** How many messages of an action may be sent in a minute; 0: all. What is over is folded. */
  sendsAMinute: fc.constantFrom(0, 1, 1, 2),
  steps: fc.array(step, { minLength: 8, maxLength: 28, size: 'max' }),
})
export type Scenario = typeof scenario extends fc.Arbitrary<infer One> ? One : never

/** What goes wrong with one page of a list. */
function pageFault() {
  return fc.record({
    source: fc.constantFrom('messages' as const, 'calls' as const, 'alerts' as const),
    page: fc.nat(2),
    how: fc.constantFrom('throttled' as const, 'failing' as const, 'broken' as const, 'reset' as const),
  })
}
