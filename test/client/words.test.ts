import { describe, expect, it } from 'vitest'
import { demoNotice, noticeLook, otherNotices } from '../../client/src/app/health-words.js'
import { absoluteTime, shortestTime } from '../../client/src/time/absolute-time.js'
import { ago } from '../../client/src/time/relative-time.js'
import { auditField } from '../../client/src/pages/settings/audit/audit-field.js'
import { sourceLook, sourceName } from '../../client/src/sources/source-look.js'
import { pauseBefore } from '../../client/src/api/retry-pause.js'
import { subscriptionEnd } from '../../client/src/api/subscription-end.js'
import { say } from '../../client/src/strings.js'
import { aHealth } from './samples.js'

describe('a list that is read', () => {
  it('is not well because nobody reports an error: too long ago is too long', () => {
    expect(sourceLook({ error: null, isStale: false }).tone).toBe('good')
    expect(sourceLook({ error: null, isStale: true })).toMatchObject({
      tone: 'bad',
      text: 'Not read any more',
    })
    expect(sourceLook({ error: 'HTTP 401', isStale: true }).text).toBe('Failing')
  })
})

describe('the lists of an account', () => {
  it('are not taken for the alerts of the menu', () => {
    expect(['calls', 'messages', 'alerts'].map((source) => sourceName({ source }))).toEqual([
      'Calls',
      'Messages',
      'Monitor alerts',
    ])
  })
})

const simulated = { code: 'DEMO', text: 'DEMO: these are simulated.' } as const
const away = { code: 'SERVICE_AWAY', text: 'Redis is away.' } as const
const unread = { code: 'SOURCE_FAILS', text: 'Reading calls fails: HTTP 401' } as const

describe('a notice of the health', () => {
  it('is as grave as what it says', () => {
    expect([simulated, away, unread].map((notice) => noticeLook(notice).tone)).toEqual([
      'busy',
      'warn',
      'bad',
    ])
  })
})

describe('a changed field', () => {
  it('is called as its editor calls it, and what its writer has named as it is', () => {
    expect(
      ['cooldownMinutes', 'config.url', 'config.headers.X-Team', 'windowDays', 'mapping.errorCode'].map(
        auditField,
      ),
    ).toEqual(['Minutes of quiet', 'URL', 'Headers › X-Team', 'Window days', 'Mapping › Error code'])
  })
})

describe('the demo banner', () => {
  it('says what the server says, and only where it is a demo', () => {
    const notices = [simulated, away]
    const demo = aHealth({ demo: true, notices })
    expect(demoNotice(demo)).toBe('These are simulated.')
    expect(otherNotices(demo)).toEqual([away])
    expect(demoNotice(aHealth({ notices }))).toBeNull()
  })

  it('has words of its own where the server has none', () => {
    expect(demoNotice(aHealth({ demo: true }))).toContain('simulated')
  })
})

describe('the notices', () => {
  it('leave out what the list of sources says already', () => {
    expect(otherNotices(aHealth({ notices: [unread, away] }))).toEqual([away])
  })
})

describe('a time', () => {
  it('says no more than what tells it from others, but never less', () => {
    const now = Date.parse('2026-03-01T12:00:00Z')
    const shown = (at: string): string => shortestTime(at, now, 'utc')
    expect(shown('2026-03-01T09:30:05Z')).toBe('09:30:05')
    expect(shown('2026-02-28T09:30:05Z')).toBe('28 Feb, 09:30')
    expect(shown('2025-03-01T09:30:05Z')).toBe('1 Mar 2025, 09:30')
  })

  it('is shown as it is written where it is none', () => {
    const none = '2026-99-99T99:99:99Z'
    expect([absoluteTime(none, 'utc', 'full'), shortestTime(none, 0, 'local')]).toEqual([none, none])
  })
})

describe('relative time', () => {
  it('speaks in the largest whole unit, and takes a clock that runs ahead for now', () => {
    expect([-90_000, -300, -30, 0, 1.9, 2, 59.9, 60, 3_599, 3_600, 90_000].map(ago)).toEqual([
      'in 1 d',
      'in 5 min',
      'now',
      'now',
      'now',
      '2 s ago',
      '59 s ago',
      '1 min ago',
      '59 min ago',
      '1 h ago',
      '1 d ago',
    ])
  })
})

describe('a retry of all that failed', () => {
  const saidOf = (count: number) => [
    say.alerts.retryAll(count, count),
    say.overview.retryTitle(count, count),
    say.deliveryList.retryAbout(count),
    say.overview.retryAbout('24 h', count),
  ]

  it('promises all of them up to as many as the server takes at a time', () => {
    const [button, title, ...abouts] = saidOf(5_000)
    expect([button, title]).toEqual(['Retry all 5,000 failed', 'Retry all 5,000 failed deliveries?'])
    for (const about of abouts) expect(about).not.toContain('at a time')
  })

  it('promises no more than would be tried, and names all where it would be none', () => {
    expect(say.alerts.retryAll(3, 5)).toBe('Retry 3 of 5 failed')
    expect(say.alerts.retryAll(4_000, 10_001)).toBe('Retry 4,000 of over 10,000 failed')
    expect(say.alerts.retryAll(0, 5)).toBe('Retry all 5 failed')
    expect(say.overview.retryTitle(1, 5)).toBe('Retry 1 of 5 failed deliveries?')
    expect(say.overview.retryTitle(1, 1)).toBe('Retry the failed delivery?')
  })

  it('promises the oldest of more, and says how to come to the rest', () => {
    const [button, title, ...abouts] = saidOf(5_001)
    expect([button, title]).toEqual([
      'Retry the oldest 5,000 failed',
      'Retry the oldest 5,000 failed deliveries?',
    ])
    for (const about of abouts) expect(about).toContain('5,000 at a time; ask again for the rest')
  })
})

describe('the pause before a try', () => {
  it('doubles up to ten seconds, spread by a quarter both ways', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((tries) => pauseBefore(tries, 0.5))).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
    ])
    expect([pauseBefore(0, 0), pauseBefore(0, 1)]).toEqual([375, 625])
  })
})

describe('the end of a subscription', () => {
  it('asks for a key, for a new page, or to go on', () => {
    const coded = (code: string): unknown => [{ message: 'no', extensions: { code } }]
    expect(subscriptionEnd({ code: 4403, reason: 'Forbidden' })).toBe('refused')
    expect(subscriptionEnd(coded('UNAUTHENTICATED'))).toBe('refused')
    expect(subscriptionEnd(coded('CURSOR_EXPIRED'))).toBe('stale')
    expect(subscriptionEnd(coded('BAD_USER_INPUT'))).toBe('stale')
    expect(subscriptionEnd({ code: 1011, reason: '' })).toBe('again')
    expect(subscriptionEnd(coded('INTERNAL_SERVER_ERROR'))).toBe('again')
    expect(subscriptionEnd(undefined)).toBe('again')
  })
})
