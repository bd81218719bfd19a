import { describe, expect, it } from 'vitest'
import { endedMessages } from '../../../client/src/pages/overview/ended-messages.js'

const of = (counts: Readonly<Record<string, number>>) =>
  endedMessages(Object.entries(counts).map(([key, count]) => ({ key, count })))

describe('the messages sent whose end is known', () => {
  it('reached their receiver where they were delivered or read', () => {
    expect(of({ delivered: 8, read: 1, undelivered: 2, failed: 1 })).toEqual({ ended: 12, through: 9 })
  })

  it('are none of those that came in', () => {
    expect(of({ received: 500, receiving: 2, delivered: 1, failed: 1 })).toEqual({ ended: 2, through: 1 })
    expect(of({ received: 500 })).toEqual({ ended: 0, through: 0 })
  })

  it('are none of those on their way or called off, nor what has another status', () => {
    expect(of({ queued: 1, sending: 1, sent: 1, scheduled: 1, canceled: 1, other: 1, '': 1 })).toEqual({
      ended: 0,
      through: 0,
    })
  })
})
