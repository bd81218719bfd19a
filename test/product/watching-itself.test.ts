import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startHttpSink } from '../actions/http-sink.js'
import { aProductDatabase } from '../fixtures/empty-database.js'
import { firstSweep } from '../fixtures/ledger.js'
import { endProducts, readyProduct, watching } from '../fixtures/product.js'
import { type SimulatedTwilio, simulatedTwilio } from '../fixtures/simulated-twilio.js'
import { unauthorized } from '../fixtures/twilio-faults.js'

vi.setConfig({ testTimeout: 120_000 })

const patiently = { timeout: 60_000, interval: 100 }
let twilio: SimulatedTwilio
let database: Awaited<ReturnType<typeof aProductDatabase>>
let sink: Awaited<ReturnType<typeof startHttpSink>>

beforeAll(async () => {
  sink = await startHttpSink()
})
beforeEach(async () => {
  sink.reset()
  twilio = await simulatedTwilio()
  database = await aProductDatabase()
})
afterEach(async () => {
  await endProducts()
  await twilio.stop()
  await database.drop()
})
afterAll(() => sink.stop())

const CREATE = `mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id } } }`
const received = (path: string) => sink.received.filter((one) => one.path === path)

describe('a product that watches itself', () => {
  it('gives one notice when the credentials are refused, one when they are taken again, and stops its heartbeat between', async () => {
    const heartbeat = `http://127.0.0.1:${sink.port}/heartbeat`
    const product = await readyProduct({
      env: { ...watching(twilio), ...database.env, HEARTBEAT_URL: heartbeat },
    })
    const actions = [{ actionType: 'WEBHOOK', config: { url: sink.url } }]
    const input = {
      name: 'GiftPulse itself',
      patternType: 'SYSTEM',
      patternValue: 'SOURCE_STALE,CREDENTIALS_REFUSED',
      actions,
    }
    await product.graphql(CREATE, { input })
    await firstSweep(product)
    await vi.waitFor(() => expect(received('/heartbeat')).not.toEqual([]), patiently)
    expect(received('/heartbeat')[0]?.method).toBe('GET')

    twilio.faults.next(unauthorized, { times: Infinity })
    await vi.waitFor(() => expect(received('/hook')).toHaveLength(1), patiently)
    expect(JSON.parse(received('/hook')[0]!.body)).toMatchObject({
      type: 'alert.triggered',
      text: expect.stringMatching(/^GiftPulse itself: GiftPulse cannot read AC.*refused the credentials/),
      data: { alert: { state: 'FIRING', logId: null }, log: null },
    })
    const beats = received('/heartbeat').length

    twilio.faults.clear()
    await vi.waitFor(() => expect(received('/hook')).toHaveLength(2), patiently)
    expect(JSON.parse(received('/hook')[1]!.body)).toMatchObject({
      type: 'alert.resolved',
      text: expect.stringMatching(/^Resolved: GiftPulse itself/),
      data: { alert: { state: 'RESOLVED' } },
    })
    const { alerts } = await product.graphql<{ alerts: { nodes: { state: string }[] } }>(
      '{ alerts { nodes { state } } }',
    )
    expect(alerts.nodes).toEqual([{ state: 'RESOLVED' }])
    await vi.waitFor(() => expect(received('/heartbeat').length).toBeGreaterThan(beats), patiently)
  })
})
