import { describe, expect, it } from 'vitest'
import { alertLook, deliveryLook } from '../../../client/src/alerts/look.js'
import { codeTone, rowTone, statusLook, typeLook } from '../../../client/src/logs/look.js'
import { atSecond } from '../samples.js'

type Progress = Parameters<typeof deliveryLook>[0]

const aDelivery = (what: Partial<Progress> = {}): Progress => ({
  status: 'PENDING',
  attemptCount: 0,
  nextAttemptAt: null,
  ...what,
})

const noon = Date.parse(atSecond(0))

describe('the look of a log', () => {
  it('keeps the spelling of Twilio and tells good from bad', () => {
    expect(statusLook('in-progress')).toEqual({ tone: 'busy', icon: 'clock', text: 'in-progress' })
    expect(
      ['delivered', 'completed', 'undelivered', 'failed', 'no-answer'].map((s) => statusLook(s)?.tone),
    ).toEqual(['good', 'good', 'bad', 'bad', 'warn'])
  })

  it('has no status for monitor alerts, and stays calm about a status it has never heard of', () => {
    expect(statusLook(null)).toBeNull()
    expect(statusLook('teleported')).toMatchObject({ tone: 'idle', text: 'teleported' })
  })

  it('stands out as the worse of status and type', () => {
    expect(rowTone({ logType: 'MESSAGE', status: 'delivered' })).toBe('idle')
    expect(rowTone({ logType: 'MESSAGE', status: 'failed' })).toBe('bad')
    expect(rowTone({ logType: 'WARNING', status: null })).toBe('warn')
    expect(rowTone({ logType: 'WARNING', status: 'failed' })).toBe('bad')
  })

  it('has a code as bad as its row, and of a custom record no verdict', () => {
    expect(codeTone({ logType: 'MESSAGE', status: 'undelivered' })).toBe('bad')
    expect(codeTone({ logType: 'WARNING', status: null })).toBe('warn')
    expect(codeTone({ logType: 'NOTICE', status: null })).toBe('idle')
    expect(codeTone({ logType: 'DEBUG', status: null })).toBe('idle')
    expect(codeTone({ logType: 'CUSTOM', status: 'failed' })).toBe('idle')
  })

  it('shows a type that came later under its name', () => {
    expect(typeLook('FAX' as 'CALL').text).toBe('FAX')
  })
})

describe('the look of a delivery', () => {
  it('says how it ended and after how many tries', () => {
    expect(deliveryLook(aDelivery({ status: 'DELIVERED', attemptCount: 1 }), noon).text).toBe('delivered')
    expect(deliveryLook(aDelivery({ status: 'FAILED', attemptCount: 4 }), noon)).toMatchObject({
      tone: 'bad',
      text: 'failed after 4 tries',
    })
    expect(deliveryLook(aDelivery({ status: 'SUPPRESSED' }), noon).text).toBe('suppressed')
  })

  it('says when it is tried again', () => {
    const waiting = aDelivery({ attemptCount: 2, nextAttemptAt: atSecond(90) })
    expect(deliveryLook(aDelivery(), noon).text).toBe('sending')
    expect(deliveryLook(waiting, noon).text).toBe('retry in 1 min after 2 tries')
    expect(deliveryLook(waiting, noon + 90_000).text).toBe('retry now after 2 tries')
  })
})

describe('the look of an alert', () => {
  it('has words for states that came later', () => {
    expect(alertLook('FIRING').text).toBe('Firing')
    expect(alertLook('ACKNOWLEDGED_LATE').text).toBe('Acknowledged late')
  })
})
