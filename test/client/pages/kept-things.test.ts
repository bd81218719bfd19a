import { describe, expect, it } from 'vitest'
import { keptThings } from '../../../client/src/pages/settings/retention/kept-things.js'

const none = { totalCount: 0 }
const lengthsBy = (settings: readonly { readonly name: string; readonly value: string | null }[]) =>
  keptThings({ settings, logs: none, alerts: none, deliveries: none, received: none, auditLog: none })
    .filter(({ setting }) => setting !== undefined)
    .map(({ length }) => length)

describe('how long a thing is kept', () => {
  it('is what its setting says: for ever only where that says so', () => {
    expect(
      lengthsBy([
        { name: 'RETENTION_DAYS_LOGS', value: '30' },
        { name: 'RETENTION_DAYS_ALERTS', value: null },
      ]),
    ).toEqual(['30 days', 'For ever', 'Not known'])
  })
})
