import { describe, expect, it } from 'vitest'
import {
  briefCause,
  briefSummary,
  ruleSentence,
  type RuleSettings,
  summaryWithout,
} from '../../client/src/rules/rule-words.js'
import { AlertReason } from '../../src/alerts/alert.js'
import { causeOf, summarize } from '../../src/alerts/summary.js'
import { aCount } from '../alerts/a-finding.js'
import { actionAbout, actionTarget } from '../../client/src/rules/action-words.js'
import { LogType } from '../../src/sources/log.js'
import { copyOf, draftIn, draftOf, MASK, settingsOf } from '../../client/src/pages/rules/rule-draft.js'
import { fieldsOf } from '../../client/src/pages/rules/config-schema.js'

function aRule(what: Partial<RuleSettings> = {}): RuleSettings {
  return {
    logType: 'MESSAGE',
    patternType: 'ERROR_CODE',
    patternValue: '30003',
    thresholdCount: null,
    thresholdWindowMinutes: null,
    cooldownMinutes: 0,
    ...what,
  }
}

describe('a rule in words', () => {
  it('says what it waits for', () => {
    expect(ruleSentence(aRule({ patternValue: '30001,30003-30008,!30006' }))).toBe(
      'When a message with error code 30001 or 30003–30008 but not 30006 appears',
    )
    expect(ruleSentence(aRule({ logType: null, patternType: 'STATUS', patternValue: 'failed, busy' }))).toBe(
      'When a log with status failed or busy appears',
    )
  })

  it('counts, where it is a threshold', () => {
    const many = { patternType: 'THRESHOLD', thresholdCount: 10, thresholdWindowMinutes: 1 } as const
    expect(ruleSentence(aRule({ ...many, patternValue: 'code:30003' }))).toBe(
      'When 10 or more messages with error code 30003 happen within 1 minute',
    )
    expect(ruleSentence(aRule({ ...many, logType: 'CALL', patternValue: null }))).toBe(
      'When 10 or more calls happen within 1 minute',
    )
  })

  it('says in words which troubles of GiftPulse itself it tells of, and names one that came later', () => {
    const system = { logType: null, patternType: 'SYSTEM' } as const
    expect(
      ruleSentence(aRule({ ...system, patternValue: 'rule_fails, CREDENTIALS_REFUSED,DISK_FULL' })),
    ).toBe('When a rule throws, Twilio refuses the credentials or DISK_FULL')
  })

  it('leaves its name out of a summary that begins with it', () => {
    expect(summaryWithout('Lost: all', 'Lost: all: message SM1 failed')).toBe('Message SM1 failed')
    expect(summaryWithout('Lost', 'Message SM1 failed')).toBe('Message SM1 failed')
  })

  it('has no SID before what happened, in a list', () => {
    const sid = `SM${'0a'.repeat(16)}`
    expect(briefSummary('Lost', `Lost: message ${sid} failed with error 30003`)).toBe(
      'Message failed with error 30003',
    )
    expect(briefSummary('Lost', 'Lost: log custom:backups:1 has status failed')).toBe(
      'Log custom:backups:1 has status failed',
    )
  })
})

describe('what happened when an alert opened', () => {
  const busy = aCount(5, `CA${'0a'.repeat(16)}`, { logType: LogType.CALL, status: 'busy' })
  const summary = summarize(busy, AlertReason.COUNT_REACHED, 7)

  it('stands without the rule, the count before it and SIDs, in the words of the server', () => {
    expect(summary).toContain('Lost: 7 matches within 5 min')
    for (const name of ['Lost', 'Renamed since'])
      expect(briefCause(name, { cause: causeOf(busy), summary })).toBe('Call was busy')
  })

  it('is the whole summary, with its count, of an alert that is older than what is kept', () => {
    const before = '7 matches within 5 min (it takes 5); the latest: call was busy'
    expect(briefCause('Lost', { cause: null, summary })).toBe(before)
    expect(briefCause('Renamed since', { cause: null, summary })).toBe(`Lost: ${before}`)
  })
})

describe('an action', () => {
  it('is told by whom it tells, or by what is missing, and says its own name nowhere twice', () => {
    expect(actionTarget({ recipients: ['a@example.com', 'b@example.com'] })).toBe('a@example.com and 1 more')
    expect(actionTarget({ url: 'https://hooks.example.com/ops' })).toBe('hooks.example.com/ops')
    expect(actionTarget({})).toBeNull()
    expect(actionAbout('WEBHOOK', {})).toBe('No URL yet')
  })
})

describe('the sentence of the editor', () => {
  const stored = {
    ...aRule({
      patternType: 'THRESHOLD',
      patternValue: 'status:failed',
      thresholdCount: 3,
      thresholdWindowMinutes: 7,
    }),
    name: 'Lost',
    description: null,
    enabled: true,
    actions: [
      {
        id: 'a1',
        actionType: 'WEBHOOK' as const,
        config: {
          url: `https://${MASK}@example.com/`,
          secret: MASK,
          headers: { 'x-key': MASK, accept: 'a' },
        },
        enabled: true,
      },
    ],
  }

  it('writes back what it read', () => {
    const { actions: _, enabled: __, ...settings } = stored
    expect(settingsOf(draftOf(stored))).toEqual(settings)
  })

  it('begins as an address asks for, and passes over its nonsense', () => {
    const asked = new URLSearchParams('logType=CALL&patternType=STATUS&patternValue=busy&thresholdCount=x')
    expect(draftIn(asked)).toMatchObject({
      logType: 'CALL',
      condition: 'STATUS',
      value: 'busy',
      isMany: false,
      count: '10',
    })
    expect(draftIn(new URLSearchParams('logType=COW&patternType=MOO'))).toMatchObject({
      logType: 'MESSAGE',
      condition: 'ERROR_CODE',
    })
  })

  it('copies a rule without the secrets that it cannot read', () => {
    expect(copyOf(stored).actions).toMatchObject([
      { id: null, config: { url: 'https://example.com/', headers: {} } },
    ])
    expect(JSON.stringify(copyOf(stored))).not.toContain(MASK)
  })
})

describe('the form of an action', () => {
  it('is made from the JSON Schema of its config, what must be there first', () => {
    const schema = {
      type: 'object',
      properties: {
        method: { type: 'string', enum: ['POST', 'PUT'] },
        headers: { type: 'object', additionalProperties: { type: 'string' } },
        payload: {},
        secret: { type: 'string', writeOnly: true },
        timeoutSeconds: { type: 'number' },
        body: { type: 'string', maxLength: 8_000 },
        recipients: { type: 'array', items: { type: 'string' } },
        url: { type: 'string', maxLength: 2_048, format: 'uri', title: 'URL', description: 'Where to.' },
      },
      required: ['url'],
    }
    const fields = fieldsOf(schema)
    expect(fields.map(({ name, kind }) => `${name}: ${kind}`)).toEqual([
      'url: text',
      'method: choice',
      'headers: pairs',
      'payload: json',
      'secret: secret',
      'timeoutSeconds: number',
      'body: long',
      'recipients: list',
    ])
    expect(fields[0]).toMatchObject({ label: 'URL', hint: 'Where to.', isRequired: true })
    expect(fields[5]?.label).toBe('Timeout seconds')
    expect(fieldsOf('nonsense')).toEqual([])
  })
})
