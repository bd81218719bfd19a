import { describe, expect, it } from 'vitest'
import {
  choiceIn,
  everyLog,
  filterOf,
  type LogChoice,
  mayLose,
  withChoice,
} from '../../../client/src/logs/log-choice.js'
import { sinceOf } from '../../../client/src/time/bounds.js'

const noon = Date.UTC(2026, 2, 1, 12)
const chosen: LogChoice = {
  types: ['MESSAGE', 'CALL'],
  statuses: ['failed', 'no-answer'],
  codes: ['30003'],
  from: '+14155550123',
  to: '',
  sid: 'SM1',
  search: 'is it 100% & "safe"?',
  since: '24h',
  until: '',
}

describe('the choice in the address', () => {
  it('is read as it was written', () => {
    const written = withChoice(new URLSearchParams('log=7&from=old'), chosen)
    expect(written.get('log')).toBe('7')
    expect(choiceIn(new URLSearchParams(written.toString()))).toEqual(chosen)
  })

  it('leaves nothing behind where nothing is chosen', () => {
    const written = withChoice(withChoice(new URLSearchParams(), chosen), everyLog)
    expect(written.toString()).toBe('')
  })

  it('passes over what makes no sense', () => {
    const choice = choiceIn(new URLSearchParams('type=call,FAX&status=,,&since=yesterday'))
    expect(choice).toMatchObject({ types: ['CALL'], statuses: [] })
    expect(filterOf(choice, noon)).toEqual({ logType: ['CALL'] })
  })
})

describe('the filter', () => {
  it('has exactly what was chosen', () => {
    expect(filterOf(everyLog, noon)).toEqual({})
    expect(filterOf(chosen, noon)).toEqual({
      logType: ['MESSAGE', 'CALL'],
      status: ['failed', 'no-answer'],
      errorCode: ['30003'],
      fromNumber: '+14155550123',
      twilioSid: ['SM1'],
      search: 'is it 100% & "safe"?',
      since: '2026-02-28T12:00:00.000Z',
    })
  })

  it('takes spans up to now, and moments', () => {
    expect(sinceOf('30m', noon)).toBe('2026-03-01T11:30:00.000Z')
    expect(sinceOf('7d', noon)).toBe('2026-02-22T12:00:00.000Z')
    expect(sinceOf('2026-01-01T00:00:00Z', noon)).toBe('2026-01-01T00:00:00.000Z')
    expect([sinceOf('', noon), sinceOf('7w', noon)]).toEqual([null, null])
  })
})

describe('a log that changed', () => {
  it('may leave a list that asks for a status, a code or a text', () => {
    const ask = (what: Partial<LogChoice>): boolean => mayLose(filterOf({ ...everyLog, ...what }, noon))
    expect([{ statuses: ['failed'] }, { codes: ['30003'] }, { search: 'late' }].map(ask)).toEqual([
      true,
      true,
      true,
    ])
    expect(ask({ types: ['CALL'], from: '+14155550123', sid: 'SM1', since: '24h' })).toBe(false)
  })
})
