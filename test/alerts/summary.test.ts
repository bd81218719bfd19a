import { describe, expect, it } from 'vitest'
import { AlertReason } from '../../src/alerts/alert.js'
import { causeOf, summarize } from '../../src/alerts/summary.js'
import type { Fact } from '../../src/rules/fact.js'
import { callStatuses, messageStatuses } from '../../src/rules/known-statuses.js'
import { LogType } from '../../src/sources/log.js'
import { aCount, aFinding } from './a-finding.js'

const { STARTED_TO_MATCH, COUNT_REACHED, COOLDOWN_OVER } = AlertReason
const said = (twilioSid: string, fact: Partial<Fact>) =>
  summarize(aFinding(twilioSid, fact), STARTED_TO_MATCH, 1)

describe('the summary of an alert', () => {
  const { CALL, MESSAGE, ERROR, WARNING, NOTICE, DEBUG, CUSTOM } = LogType

  it.each<[string, string, Partial<Fact>]>([
    ['message SM1 failed', 'SM1', { logType: MESSAGE, status: 'failed' }],
    [
      'message SM1 failed with error 30008 (Unknown error)',
      'SM1',
      { logType: MESSAGE, status: 'failed', errorCode: '30008', errorMessage: 'Unknown error' },
    ],
    [
      'message SM1 went undelivered with error 30003',
      'SM1',
      { logType: MESSAGE, status: 'undelivered', errorCode: '30003' },
    ],
    ['message SM1 was received', 'SM1', { logType: MESSAGE, status: 'received' }],
    ['message SM1 is being sent', 'SM1', { logType: MESSAGE, status: 'sending' }],
    ['message SM1 has error 30003', 'SM1', { logType: MESSAGE, errorCode: '30003' }],
    ['call CA1 was busy', 'CA1', { logType: CALL, status: 'busy' }],
    ['call CA1 went unanswered', 'CA1', { logType: CALL, status: 'no-answer' }],
    ['call CA1 is in progress', 'CA1', { logType: CALL, status: 'in-progress' }],
    [
      'Twilio error NO1 with code 11200 (HTTP retrieval failure)',
      'NO1',
      { logType: ERROR, errorCode: '11200', errorMessage: 'HTTP retrieval failure' },
    ],
    ['Twilio warning NO1 with code 12200', 'NO1', { logType: WARNING, errorCode: '12200' }],
    ['Twilio notice NO1 (all is well)', 'NO1', { logType: NOTICE, errorMessage: 'all\n is  well ' }],
    ['Twilio debug entry NO1', 'NO1', { logType: DEBUG }],
    [
      'log custom:backups:1 has status failed and error E7 (disk full)',
      'custom:backups:1',
      { logType: CUSTOM, status: 'failed', errorCode: 'E7', errorMessage: 'disk full' },
    ],
    [
      'log custom:backups:1 has status constructor',
      'custom:backups:1',
      { logType: CUSTOM, status: 'constructor' },
    ],
    ['log custom:backups:1', 'custom:backups:1', { logType: CUSTOM }],
  ])('reads as a sentence: %s', (sentence, twilioSid, fact) => {
    expect(said(twilioSid, fact)).toBe(`Lost: ${sentence}`)
  })

  it('has words of its own for every status of calls and messages, and names one that Twilio adds', () => {
    const known = [
      ...callStatuses.map((status) => said('CA1', { logType: CALL, status })),
      ...messageStatuses.map((status) => said('SM1', { logType: MESSAGE, status })),
    ]
    expect(known.filter((summary) => summary.includes('has status'))).toEqual([])
    expect(said('SM1', { logType: MESSAGE, status: 'queued-abroad', errorCode: '1' })).toBe(
      'Lost: message SM1 has status queued-abroad and error 1',
    )
  })

  it('ends with the latest of the matches that a threshold counts', () => {
    const failed = { logType: MESSAGE, status: 'failed' }
    const finding = aCount(10, 'SM9', failed)
    expect(summarize(finding, COUNT_REACHED, 12)).toBe(
      'Lost: 12 matches within 5 min (it takes 10); the latest: message SM9 failed',
    )
    expect(summarize(finding, COOLDOWN_OVER, 1)).toBe(
      'Lost: still matching, 10 or more within 5 min; the latest: message SM9 failed',
    )
    expect(summarize(aCount(1, 'SM9', failed), COUNT_REACHED, 1)).toBe(
      'Lost: 1 match within 5 min (it takes 1); the latest: message SM9 failed',
    )
    expect(causeOf(finding)).toBe('message SM9 failed')
  })
})
