import { describe, expect, it } from 'vitest'
import { matchedSpan } from '../../../client/src/pages/alerts/matched-span.js'

const noon = '2026-03-01T12:00:00.000Z'

const spanOf = (triggeredAt: string, thresholdWindowMinutes: number | null, cooldownMinutes = 0) =>
  matchedSpan({ rule: { thresholdWindowMinutes, cooldownMinutes }, triggeredAt }, noon)

describe('where the logs of a threshold lie that counted with the one at which an alert opened', () => {
  it('is up to that log where it was the newest of them', () => {
    expect(spanOf(noon, 5)).toEqual({
      since: '2026-03-01T11:55:00.000Z',
      until: '2026-03-01T12:00:00.001Z',
    })
  })

  it('is after it too where it changed only after newer ones had: up to when the alert opened', () => {
    expect(spanOf('2026-03-01T12:10:00.000Z', 15)).toEqual({
      since: '2026-03-01T11:45:00.000Z',
      until: '2026-03-01T12:10:00.001Z',
    })
  })

  it('is no wider than the windows that hold it, however much later the alert opened', () => {
    expect(spanOf('2026-03-01T15:00:00.000Z', 15).until).toBe('2026-03-01T12:15:00.001Z')
  })

  it('holds that log where its clock ran ahead', () => {
    expect(spanOf('2026-03-01T11:59:58.000Z', 5).until).toBe('2026-03-01T12:00:00.001Z')
  })
})

describe('where the logs lie that joined the alert of a rule without threshold', () => {
  it('is from the one at which it opened to the end of the cooldown', () => {
    expect(spanOf('2026-03-01T12:00:03.000Z', null, 10)).toEqual({
      since: noon,
      until: '2026-03-01T12:10:03.001Z',
    })
  })
})
