import type { Finding } from '../../src/rules/evaluate.js'
import type { Fact } from '../../src/rules/fact.js'
import { PatternType } from '../../src/rules/rule.js'
import { aJudgedRule } from '../fixtures/core.js'
import { aFact } from '../rules/a-fact.js'

const rule = aJudgedRule({ name: 'Lost' })

/** What a rule named "Lost" finds at a log of this SID. */
export function aFinding(twilioSid: string, fact: Partial<Fact>): Finding {
  return { kind: 'started', rule, transition: transitionOf(twilioSid, fact) }
}

/** The same where it counts so many within five minutes. */
export function aCount(thresholdCount: number, twilioSid: string, fact: Partial<Fact>): Finding {
  return {
    kind: 'counted',
    rule: { ...rule, patternType: PatternType.THRESHOLD, thresholdCount, thresholdWindowMinutes: 5 },
    transition: transitionOf(twilioSid, fact),
    place: null,
    fullest: null,
    mayOpen: true,
  }
}

function transitionOf(twilioSid: string, fact: Partial<Fact>): Finding['transition'] {
  return {
    id: 1,
    logId: 'log',
    twilioSid,
    time: 0,
    fact: aFact({ status: null, errorCode: null, errorMessage: null, ...fact }),
    first: true,
    completes: false,
    backfilled: false,
    addedPosition: null,
  }
}
