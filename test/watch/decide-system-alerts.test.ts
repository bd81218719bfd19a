import { describe, expect, it } from 'vitest'
import type { SourceHealth } from '../../src/sources/source-health.js'
import { decideSystemAlerts, type Standing } from '../../src/watch/decide-system-alerts.js'
import { troublesAtWork, troublesOf } from '../../src/watch/troubles.js'

const aSource = (fields: Partial<SourceHealth> = {}): SourceHealth => ({
  accountSid: 'AC1',
  source: 'messages',
  lastSuccessAt: null,
  lagSeconds: 1_000,
  error: null,
  errorKind: null,
  ...fields,
})
const aRule = (patternValue = 'SOURCE_STALE') => ({
  id: `rule on ${patternValue}`,
  name: 'watch',
  patternValue,
})
const nothing: Standing = { rules: [], alerts: [] }
const lists = (late: SourceHealth[], stale = late) => ({ late, stale })
const stale = troublesOf([aSource()], lists([aSource()]))

describe('the troubles of an account', () => {
  it('are none while every list is read', () => {
    expect(troublesOf([aSource()], lists([]))).toEqual([])
  })

  it('name the lists that are stale, for how long and why', () => {
    const late = [
      aSource({ source: 'calls', lagSeconds: 900, error: 'Twilio is having trouble answering (503).' }),
      aSource({ lagSeconds: 1_000, error: 'Twilio is having trouble answering (503).' }),
    ]
    expect(troublesOf(late, lists(late))).toEqual([
      {
        condition: 'SOURCE_STALE',
        subject: 'AC1',
        opens: true,
        words:
          'GiftPulse is behind: calls, messages of AC1 were last read to their end 1000 s ago. Twilio is having trouble answering (503).',
      },
    ])
  })

  it('say of a list that was never read that it never was', () => {
    const late = [aSource({ lagSeconds: null })]
    expect(troublesOf(late, lists(late))[0]?.words).toBe(
      'GiftPulse is behind: messages of AC1 were never read to their end.',
    )
  })

  it('are refused credentials at once, before anything is stale', () => {
    const refused = aSource({ error: 'Twilio refused the credentials (401).', errorKind: 'unauthorized' })
    expect(troublesOf([refused], lists([]))).toMatchObject([
      {
        condition: 'CREDENTIALS_REFUSED',
        words: 'GiftPulse cannot read AC1: Twilio refused the credentials (401).',
      },
    ])
  })
})

describe('the troubles of rules and actions', () => {
  const action = { id: 'a', actionType: 'email', rule: 'tell ops', failingSeconds: 120 }

  it('are a rule that throws, and an action of which every try has failed for two minutes', () => {
    const troubles = troublesAtWork({ rules: [{ id: 'r', name: 'errors' }], actions: [action] })
    expect(troubles).toMatchObject([
      {
        condition: 'RULE_FAILS',
        subject: 'r',
        opens: true,
        words: expect.stringContaining('"errors" throws'),
      },
      {
        condition: 'ACTION_FAILS',
        subject: 'a',
        opens: true,
        words: expect.stringContaining('"tell ops" fails'),
      },
    ])
  })

  it('are not told of an action that has just begun to fail', () => {
    const troubles = troublesAtWork({ rules: [], actions: [{ ...action, failingSeconds: 119 }] })
    expect(troubles).toMatchObject([{ condition: 'ACTION_FAILS', opens: false }])
  })

  it('have an alert each, beside that of the account', () => {
    const rule = aRule('SOURCE_STALE,RULE_FAILS')
    const failing = troublesAtWork({
      rules: [
        { id: 'r', name: 'errors' },
        { id: 's', name: 'calls' },
      ],
      actions: [action],
    })
    const { open } = decideSystemAlerts([...stale, ...failing], { rules: [rule], alerts: [] })
    expect(open.map(({ subject }) => subject)).toEqual(['AC1', 'r', 's'])
  })
})

describe('a SYSTEM rule', () => {
  it('opens an alert where what it names is wrong', () => {
    const { open } = decideSystemAlerts(stale, { ...nothing, rules: [aRule()] })
    expect(open).toMatchObject([
      { subject: 'AC1', summary: expect.stringMatching(/^watch: GiftPulse is behind/) },
    ])
  })

  it('says nothing of what it does not name', () => {
    const { open } = decideSystemAlerts(stale, { ...nothing, rules: [aRule('CREDENTIALS_REFUSED')] })
    expect(open).toEqual([])
  })

  it('opens one alert, however long it lasts and whatever else joins it', () => {
    const rule = aRule('SOURCE_STALE,CREDENTIALS_REFUSED')
    const both = troublesOf([aSource({ errorKind: 'unauthorized' })], lists([aSource()]))
    expect(decideSystemAlerts(both, { rules: [rule], alerts: [] }).open).toHaveLength(1)
    const alerts = [{ ruleId: rule.id, subject: 'AC1', alertId: 'alert' }]
    expect(decideSystemAlerts(both, { rules: [rule], alerts })).toEqual({ open: [], resolve: [], drop: [] })
    expect(decideSystemAlerts(stale, { rules: [rule], alerts })).toEqual({ open: [], resolve: [], drop: [] })
  })

  it('resolves it when all of it is over', () => {
    const rule = aRule()
    const alerts = [{ ruleId: rule.id, subject: 'AC1', alertId: 'alert' }]
    expect(decideSystemAlerts([], { rules: [rule], alerts })).toEqual({ open: [], resolve: alerts, drop: [] })
  })

  it('neither opens an alert nor resolves one while a list is late and excused, as after a restart', () => {
    const rule = aRule()
    const excused = troublesOf([aSource()], lists([aSource()], []))
    expect(decideSystemAlerts(excused, { rules: [rule], alerts: [] }).open).toEqual([])
    const alerts = [{ ruleId: rule.id, subject: 'AC1', alertId: 'alert' }]
    expect(decideSystemAlerts(excused, { rules: [rule], alerts })).toEqual({
      open: [],
      resolve: [],
      drop: [],
    })
  })

  it('ends it without a word when nobody asks any more', () => {
    const alerts = [{ ruleId: 'deleted', subject: 'AC1', alertId: 'alert' }]
    expect(decideSystemAlerts(stale, { rules: [], alerts })).toEqual({ open: [], resolve: [], drop: alerts })
  })
})
