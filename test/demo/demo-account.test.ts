import { afterEach, describe, expect, it } from 'vitest'
import { startDemoAccount, type DemoAccount } from '../../src/demo/demo-account.js'
import { demoRules } from '../../src/demo/demo-rules.js'
import { twilioClient } from '../fixtures/twilio-client.js'

const clock = () => new Date('2026-11-22T09:00:00Z')
let account: DemoAccount | null = null

afterEach(async () => {
  await account?.simulator.stop()
  account = null
})

describe('startDemoAccount', () => {
  it('serves its whole feed to the official SDK, page by page, and the same account after a restart', async () => {
    const first = await readAll()
    expect(first.messages.length).toBeGreaterThan(2_500)
    expect(first.calls.length).toBeGreaterThan(900)
    expect(first.alerts.length).toBeGreaterThan(300)
    expect(new Set(first.messages).size).toBe(first.messages.length)
    expect(await readAll()).toEqual(first)
  })
})

describe('the demo rules', () => {
  it('say DEMO, and do nothing but write log lines', () => {
    expect(demoRules).toHaveLength(3)
    for (const rule of demoRules) {
      expect(rule.name).toMatch(/^DEMO/)
      expect(rule.actions.map(({ actionType }) => actionType)).toEqual(['log'])
    }
  })
})

async function readAll(): Promise<{
  accountSid: string
  messages: string[]
  calls: string[]
  alerts: string[]
}> {
  account = await startDemoAccount({ clock })
  const { accountSid, authToken, simulator } = account
  const client = twilioClient(simulator, accountSid, authToken)
  const sidsOf = (records: readonly { readonly sid: string }[]) => records.map(({ sid }) => sid)
  const messages = sidsOf(await client.messages.list({ pageSize: 1000 }))
  const calls = sidsOf(await client.calls.list({ pageSize: 500 }))
  const alerts = sidsOf(await client.monitor.v1.alerts.list({ pageSize: 100 }))
  await simulator.stop()
  return { accountSid, messages, calls, alerts }
}
