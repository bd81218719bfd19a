import type { StartedProduct } from './started-product.js'

/** By which every receiver of these tests knows its senders. */
export const TOKEN = 'a-token-of-tests'

interface Receiver {
  readonly id: string
  /** Where to send to. */
  readonly url: string
}

export async function makeReceiver(product: StartedProduct, name: string): Promise<Receiver> {
  const { createReceiver } = await product.ask<{ createReceiver: { receiver: Receiver } }>(
    `mutation ($name: String!, $token: String!) {
      createReceiver(input: { name: $name, token: $token }) { receiver { id url } }
    }`,
    { name, token: TOKEN },
  )
  return createReceiver.receiver
}

/** Sends what another system would; answers the HTTP status. */
export async function sendTo(
  url: string,
  event: object = { id: 'job-1', text: 'The paper is out' },
): Promise<number> {
  const headers = { 'content-type': 'application/json', 'x-receiver-token': TOKEN }
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(event) })).status
}
