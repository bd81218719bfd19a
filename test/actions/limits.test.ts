import { describe, expect, it } from 'vitest'
import { type DueDelivery, type Limits, partByLimits, sendKeys } from '../../src/actions/limits.js'

const due = (id: string, over: Partial<DueDelivery> = {}): DueDelivery => ({
  id,
  actionId: 'action',
  recipients: [],
  exempt: false,
  isRetry: false,
  ...over,
})
const none: Limits = { emailMaxPerMinute: 0, stormMaxPerMinute: 0 }
const part = (
  deliveries: DueDelivery[],
  limits: Partial<Limits>,
  { sent = {}, room = 100 }: { sent?: Record<string, number>; room?: number } = {},
) => {
  const { send, over } = partByLimits(deliveries, new Map(Object.entries(sent)), { ...none, ...limits }, room)
  return {
    send: send.map(({ id }) => id),
    over: over.map(({ delivery, reason }) => `${delivery.id}: ${reason}`),
  }
}

describe('limits', () => {
  it('of 0 hold nothing', () => {
    const many = Array.from({ length: 50 }, (_, index) =>
      due(String(index), { recipients: ['a@example.com'] }),
    )
    expect(part(many, {}).over).toEqual([])
  })

  it('count what goes out now on top of the last minute', () => {
    expect(part([due('1'), due('2')], { stormMaxPerMinute: 3 }, { sent: { 'action:action': 2 } })).toEqual({
      send: ['1'],
      over: ['2: over STORM_MAX_PER_MINUTE (3) for this action'],
    })
  })

  it('fold a delivery whole as soon as one of its recipients is over, and count it for none of them', () => {
    const both = due('2', { recipients: ['a@example.com', 'b@example.com'] })
    const deliveries = [
      due('1', { recipients: ['a@example.com'] }),
      both,
      due('3', { recipients: ['b@example.com'] }),
    ]
    expect(part(deliveries, { emailMaxPerMinute: 1 })).toEqual({
      send: ['1', '3'],
      over: ['2: over EMAIL_MAX_PER_MINUTE (1) for a@example.com'],
    })
  })

  it('let what is exempt go out, and do not count it', () => {
    expect(part([due('1', { exempt: true }), due('2')], { stormMaxPerMinute: 1 })).toEqual({
      send: ['1', '2'],
      over: [],
    })
  })

  it('let a retry that is over wait, and give it what place there is before anything new', () => {
    const retry = (id: string) => due(id, { isRetry: true })
    const deliveries = [due('new'), retry('first'), retry('second')]
    const { send, over, later } = partByLimits(deliveries, new Map(), { ...none, stormMaxPerMinute: 1 }, 100)
    expect(send).toEqual([retry('first')])
    expect(later).toEqual([retry('second')])
    expect(over.map(({ delivery }) => delivery.id)).toEqual(['new'])
  })

  it('leave what has no room alone, and still fold what is over', () => {
    const deliveries = [due('1'), due('2'), due('3', { actionId: 'full' })]
    expect(part(deliveries, { stormMaxPerMinute: 5 }, { sent: { 'action:full': 5 }, room: 1 })).toEqual({
      send: ['1'],
      over: ['3: over STORM_MAX_PER_MINUTE (5) for this action'],
    })
  })

  it('count what the limits let through and there is no room for yet', () => {
    expect(part([due('1'), due('2'), due('3')], { stormMaxPerMinute: 2 }, { room: 1 })).toEqual({
      send: ['1'],
      over: ['3: over STORM_MAX_PER_MINUTE (2) for this action'],
    })
  })

  it('count by action and by address', () => {
    expect(sendKeys(due('1', { recipients: ['a@example.com', 'b@example.com'] }))).toEqual([
      'action:action',
      'email:a@example.com',
      'email:b@example.com',
    ])
  })
})
