import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { aProductDatabase, testServer } from '../fixtures/empty-database.js'
import { endProducts, type Product, productKey, readyProduct, watching } from '../fixtures/product.js'
import { formOf, signedForm } from '../fixtures/signed-by-twilio.js'
import { type SimulatedTwilio, simulatedTwilio, testAuthToken } from '../fixtures/simulated-twilio.js'
import { messageCallback, newSid } from '../fixtures/webhook-samples.js'

vi.setConfig({ testTimeout: 120_000 })

let twilio: SimulatedTwilio
let database: Awaited<ReturnType<typeof aProductDatabase>>
beforeAll(async () => {
  twilio = await simulatedTwilio()
})
beforeEach(async () => {
  database = await aProductDatabase()
})
afterEach(async () => {
  await endProducts()
  await database.drop()
})
afterAll(() => twilio.stop())

/** Polls rarely, so that only the webhook can have brought what is there. */
const settings = () => ({ ...watching(twilio), ...database.env, POLL_INTERVAL_SECONDS: '3600' })

async function push(product: Product, sid: string, status: string): Promise<number> {
  const parameters = messageCallback(sid, status)
  const headers = signedForm(parameters, '/webhooks/twilio', testAuthToken, product.url)
  const response = await fetch(`${product.url}/webhooks/twilio`, {
    method: 'POST',
    headers,
    body: formOf(parameters),
  })
  return response.status
}

/** What the product knows of the messages with that SID. */
async function logsOf(
  product: Product,
  sid: string,
): Promise<{ status: string; alerts: { deliveries: object[] }[] }[]> {
  const { logs } = await product.graphql<{
    logs: { nodes: { status: string; alerts: { deliveries: object[] }[] }[] }
  }>(
    `query ($sid: [String!]) { logs(filter: { twilioSid: $sid }) { nodes { status alerts { deliveries { status } } } } }`,
    { sid: [sid] },
  )
  return logs.nodes
}

describe('the product', () => {
  it('makes a log, an alert and a delivery of a webhook at once, and none of what its own webhooks bring back', async () => {
    const product = await readyProduct({ env: settings() })
    await product.graphql(`mutation { createReceiver(input: { name: "loop" }) { receiver { id } } }`)
    const config = { url: `${product.url}/webhooks/custom/loop`, headers: { 'x-api-key': productKey } }
    await product.graphql(
      `mutation ($config: JSON!) { createRule(input: { name: "Anything", patternType: THRESHOLD, thresholdCount: 1,
         thresholdWindowMinutes: 1, actions: [{ actionType: WEBHOOK, config: $config }] }) { rule { id } } }`,
      { config },
    )
    const sid = newSid('SM')
    expect(await push(product, sid, 'failed')).toBe(204)
    await vi.waitFor(
      async () =>
        expect(await logsOf(product, sid)).toEqual([
          { status: 'failed', alerts: [{ deliveries: [{ status: 'DELIVERED' }] }] },
        ]),
      { timeout: 30_000, interval: 50 },
    )
    const { received } = await product.graphql<{ received: { nodes: { channel: string; state: string }[] } }>(
      `{ received { nodes { channel state } } }`,
    )
    expect(received.nodes).toEqual([
      { channel: 'custom:loop', state: 'IGNORED' },
      { channel: 'twilio-message', state: 'DONE' },
    ])
  })

  it('counts in /metrics what it took in, and what it refused by why', async () => {
    const product = await readyProduct({ env: settings() })
    expect(await push(product, newSid('SM'), 'sent')).toBe(204)
    const forged = await fetch(`${product.url}/webhooks/twilio`, {
      method: 'POST',
      headers: { 'x-twilio-signature': 'AAAA', 'content-type': 'application/x-www-form-urlencoded' },
      body: formOf(messageCallback(newSid('SM'), 'sent')),
    })
    expect(forged.status).toBe(403)
    const text = await (await fetch(`${product.url}/metrics`)).text()
    expect(text.match(/^giftpulse_webhooks_total.*/gm)).toEqual([
      'giftpulse_webhooks_total{from="twilio",outcome="accepted"} 1',
      'giftpulse_webhooks_total{from="twilio",outcome="wrong-signature"} 1',
    ])
  })
})

describe.skipIf(!testServer)('a process that only takes in (skipped without TEST_DATABASE_URL)', () => {
  it('keeps what it has answered, whatever becomes of it, for a worker', async () => {
    const api = await readyProduct({ env: { ...settings(), ROLE: 'api' } })
    const sid = newSid('SM')
    expect(await push(api, sid, 'delivered')).toBe(204)
    await api.kill()
    const worker = await readyProduct({ env: { ...settings(), ROLE: 'worker' } })
    await vi.waitFor(async () => expect(await logsOf(worker, sid)).toMatchObject([{ status: 'delivered' }]), {
      timeout: 30_000,
      interval: 50,
    })
  })
})
