import { setTimeout as sleep } from 'node:timers/promises'
import { signedJson } from '../fixtures/signed-by-twilio.js'
import { testAuthToken } from '../fixtures/simulated-twilio.js'
import { messageEvent, newSid } from '../fixtures/webhook-samples.js'

export const PER_SECOND = 500
const EVERY_MS = 100
/** Some half a megabyte of them. */
const MOST_IN_A_BATCH = 1_000

/** Reads the number of an event out of what is shown of it. */
export const EVENT_NUMBER = /\+1303(\d{7})/

/**
 * Event Streams as Twilio sends them to a product: events of messages in batches that it signed. Each is of another message and tells
 * its number, from 0, by the number that the message went to; the one with the higher number happened later.
 */
export class EventStream {
  private readonly began = Date.now()
  private count = 0

  constructor(private readonly productUrl: string) {}

  /** How many it has sent. */
  get sent(): number {
    return this.count
  }

  /** Sends 500 a second, always what is due by the clock, until it is over; the product has answered for each that it is safe. */
  async flood(isOver: () => boolean): Promise<void> {
    const [began, before] = [performance.now(), this.count]
    while (!isOver()) {
      const due = before + Math.floor(((performance.now() - began) * PER_SECOND) / 1_000) - this.count
      await this.send(Math.min(due, MOST_IN_A_BATCH))
      await sleep(EVERY_MS)
    }
  }

  private async send(size: number): Promise<void> {
    const body = JSON.stringify(Array.from({ length: size }, () => this.nextEvent()))
    const base = new URL(this.productUrl).origin
    const { path, headers } = signedJson(body, testAuthToken, base)
    const response = await fetch(base + path, { method: 'POST', body, headers })
    if (response.status !== 204) throw new Error(`A batch of events was answered ${response.status}.`)
  }

  private nextEvent(): object {
    const number = this.count++
    const isLost = number % 11 === 0
    return messageEvent(newSid('SM'), isLost ? 'failed' : 'delivered', {
      to: `+1303${String(number).padStart(7, '0')}`,
      timestamp: new Date(this.began + number).toISOString(),
      ...(isLost ? { errorCode: 30_008 } : {}),
    })
  }
}
