import { describe, expect, it } from 'vitest'
import {
  auditChoiceIn,
  auditFilterOf,
  auditParametersOf,
  everyChange,
} from '../../../client/src/pages/settings/audit/audit-choice.js'
import {
  deliveryChoiceIn,
  deliveryFilterOf,
  everyDelivery,
  parametersOf,
} from '../../../client/src/pages/deliveries/delivery-choice.js'

const noon = Date.UTC(2026, 2, 1, 12)

describe('which deliveries are wanted', () => {
  it('is in the address, and nowhere else', () => {
    const address = 'status=failed&rule=r1&action=a1&since=24h'
    const choice = deliveryChoiceIn(new URLSearchParams(address))
    expect(parametersOf(choice).toString()).toBe(address)
    expect(deliveryFilterOf(choice, noon)).toEqual({
      status: ['FAILED'],
      ruleId: ['r1'],
      actionId: ['a1'],
      since: '2026-02-28T12:00:00.000Z',
    })
  })

  it('may be those that keep failing, given up or not', () => {
    const choice = deliveryChoiceIn(new URLSearchParams('status=failing'))
    expect(parametersOf(choice).toString()).toBe('status=failing')
    expect(deliveryFilterOf(choice, noon)).toEqual({ failing: true })
  })

  it('is everything where the address says nothing, or nonsense', () => {
    expect(deliveryChoiceIn(new URLSearchParams('status=lost&page=2'))).toEqual(everyDelivery)
    expect(deliveryFilterOf(everyDelivery, noon)).toEqual({})
  })
})

describe('which changes are wanted', () => {
  it('is in the address, and nowhere else', () => {
    const address = 'did=update%2Cdelete&to=rule&who=cli&request=r1&until=2026-03-01T00%3A00%3A00Z'
    const choice = auditChoiceIn(new URLSearchParams(address))
    expect(auditParametersOf(choice).toString()).toBe(address)
    expect(auditFilterOf(choice, noon)).toEqual({
      action: ['UPDATE', 'DELETE'],
      objectType: ['RULE'],
      actor: ['CLI'],
      requestId: 'r1',
      until: '2026-03-01T00:00:00.000Z',
    })
  })

  it('may be those made with one key', () => {
    const who = '3f2c9a0e-0000-4000-8000-000000000000'
    expect(auditFilterOf({ ...everyChange, who }, noon)).toEqual({ keyId: [who] })
  })

  it('is every one where the address says nothing, or nonsense', () => {
    expect(auditChoiceIn(new URLSearchParams('did=nothing&to=,'))).toEqual(everyChange)
    expect(auditFilterOf(everyChange, noon)).toEqual({})
  })
})
