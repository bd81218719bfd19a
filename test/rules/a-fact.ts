import type { Fact } from '../../src/rules/fact.js'

/** A delivered message without words, with what the test is about put over it. */
export function aFact(settings: Partial<Fact> = {}): Fact {
  return {
    logType: 'message',
    status: 'delivered',
    errorCode: null,
    errorMessage: null,
    text: null,
    ...settings,
  }
}
