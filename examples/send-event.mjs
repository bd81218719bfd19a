// Sends an event of your own, signed as Standard Webhooks says, to the receiver NAME with its SECRET. It becomes a log of type
// CUSTOM that rules can match. Sending the same event again changes nothing: its id is part of it.
import { Webhook } from 'standardwebhooks'

const { GIFTPULSE_URL = 'http://127.0.0.1:8000', NAME = 'billing', SECRET } = process.env
if (!SECRET) throw new Error('SECRET is needed: the secret that createReceiver answered once')

const id = process.argv[2] ?? `evt_${Date.now()}`
const body = JSON.stringify({
  id,
  timestamp: new Date().toISOString(),
  status: 'failed',
  errorCode: 'card_declined',
  message: 'The card of customer 4711 was declined',
  data: { customer: 4711 },
})
const now = new Date()
const response = await fetch(`${GIFTPULSE_URL}/webhooks/custom/${NAME}`, {
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': new Webhook(SECRET).sign(id, now, body),
  },
  body,
})
if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
console.log(`${id} was taken (${response.status})`)
