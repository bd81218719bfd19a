import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { Product } from '../../fixtures/product.js'
import { aKey, badService, servedDuring } from '../another-client.js'
import { type Fault, proof } from '../fault.js'
import { compareLedgers, endWell, webhookSends } from '../ledgers.js'
import { until } from '../until.js'
import { addMessages, recordedSids, toWebhook, untilSettled, watchFailures } from '../work.js'
import { residentMb } from './webhooks.js'

const SOCKETS = 1_000
const SUBSCRIPTIONS = 100
/** Sockets of which each sends one message that is too large. */
const HUGE = 50
/** Close code of WebSocket itself, for a message over the limit. */
const TOO_LARGE = 1009
/** Sockets that stop to read once they have subscribed. */
const SILENT = 100
/** How long records come in meanwhile, and how long the quiet is that this is compared with. */
const ATTACK_MS = 30_000
const QUIET_MS = 10_000
/** What another client may wait meanwhile (p99). */
const SERVED_MS = 1_000
/** How much more memory it may cost, in megabytes. */
const GROWTH_MB = 100

/** One socket of the attacker. */
class Attacker {
  /** Subscriptions that were not refused. */
  held = 0
  refused = 0
  /** With which its socket was closed; null while it is open. */
  code: number | null = null

  private constructor(readonly socket: WebSocket) {
    socket.on('error', () => undefined)
    socket.once('close', (code: number) => {
      this.code = code
      this.held = 0
    })
    socket.on('message', (data: Buffer) => this.hear(data))
  }

  static async open(product: Product, key: string): Promise<Attacker> {
    const socket = new WebSocket(`${product.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    const attacker = new Attacker(socket)
    try {
      await once(socket, 'open')
    } catch {
      // It was refused: so much the better for everybody else.
      return attacker
    }
    socket.send(JSON.stringify({ type: 'connection_init', payload: { apiKey: key } }))
    return attacker
  }

  subscribe(id: string): void {
    if (this.socket.readyState !== WebSocket.OPEN) return
    this.held += 1
    const query = 'subscription { logAdded { cursor log { id twilioSid rawData } } }'
    this.socket.send(JSON.stringify({ type: 'subscribe', id, payload: { query } }))
  }

  /** An operation like any other, but for its size. */
  sendHuge(): void {
    const query = `subscription { logAdded { cursor } } # ${'x'.repeat(1_000_000)}`
    this.socket.send(JSON.stringify({ type: 'subscribe', id: 'huge', payload: { query } }))
  }

  get isClosed(): boolean {
    return this.code !== null
  }

  private hear(data: Buffer): void {
    // Cheap: whoever floods does not read what comes.
    if (!data.subarray(0, 60).includes('"error"')) return
    const { type } = JSON.parse(String(data)) as { type: string }
    if (type !== 'error') return
    this.held -= 1
    this.refused += 1
  }
}

export const socketFlood: Fault = {
  row: 34,
  name: 'a flood: 1,000 sockets that want 100 subscriptions each, messages of 1 MB, readers that do not read',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const broken: string[] = []
    const product = await bed.ready()
    await watchFailures(product, toWebhook(bed))
    const mine = await aKey(product, 'a client')
    const [theirs, another] = [await aKey(product, 'the attacker'), await aKey(product, 'another attacker')]
    const told = await product.collect<{ logAdded: { log: { twilioSid: string } } }>(
      'subscription ($after: String) { logAdded(after: $after) { log { twilioSid } } }',
    )
    // Memory is compared with that of a process that has worked already.
    addMessages(bed, { failed: 50, delivered: 450 })
    await untilSettled(bed)
    const { service: quiet } = await servedDuring(product, mine, () => pause(QUIET_MS))
    const before = residentMb(product.pid)
    let most = before
    const sampling = setInterval(() => (most = Math.max(most, residentMb(product.pid))), 200)
    const attackers: Attacker[] = []
    const attack = async () => {
      bed.progress(`${SOCKETS} sockets are opened`)
      while (attackers.length < SOCKETS)
        attackers.push(
          ...(await Promise.all(Array.from({ length: 50 }, () => Attacker.open(product, theirs)))),
        )
      bed.progress(`${SOCKETS * SUBSCRIPTIONS} subscriptions are asked for`)
      for (let n = 0; n < SUBSCRIPTIONS; n++) for (const one of attackers) one.subscribe(String(n))
      const huge = await Promise.all(Array.from({ length: HUGE }, () => Attacker.open(product, another)))
      for (const one of huge) one.sendHuge()
      await until('whoever sends too much at once is closed', () => huge.every(({ isClosed }) => isClosed))
      const otherwise = huge.filter(({ code }) => code !== TOO_LARGE)
      if (otherwise.length > 0)
        broken.push(
          `${otherwise.length} large messages were answered by ${otherwise[0]?.code}, not ${TOO_LARGE}`,
        )
      for (const { socket } of attackers.filter(({ isClosed }) => !isClosed).slice(0, SILENT)) socket.pause()
      bed.progress('records come in')
      const endsAt = performance.now() + ATTACK_MS
      while (performance.now() < endsAt) {
        addMessages(bed, { failed: 1, delivered: 4 })
        await pause(2_000)
      }
      return untilSettled(bed)
    }
    try {
      const { service, result } = await servedDuring(product, mine, attack)
      const held = attackers.reduce((sum, one) => sum + one.held, 0)
      const refused = attackers.reduce((sum, one) => sum + one.refused, 0)
      const open = attackers.filter(({ isClosed }) => !isClosed).length
      broken.push(...badService(service, quiet, SERVED_MS))
      await until('the other subscriber has heard of every record', () => {
        const heard = new Set(told.map(({ logAdded }) => logAdded.log.twilioSid))
        return recordedSids(bed).every((sid) => heard.has(sid))
      })
      clearInterval(sampling)
      if (most - before > GROWTH_MB) broken.push(`memory grew by ${most - before} MB`)
      for (const { socket } of attackers) socket.terminate()
      broken.push(...(await endWell(product)))
      return proof({
        ...(await compareLedgers(bed, webhookSends(bed.http.received))),
        recoveredMs: [result],
        broken,
        notes: [
          `${open} of ${SOCKETS} sockets may stay; ${refused} of ${held + refused} subscriptions on them were told that they are refused`,
          `another client: p99 ${service.p99Ms} ms of ${service.count} answers, ${quiet.p99Ms} ms when all was quiet`,
          `memory grew by ${most - before} MB`,
        ],
      })
    } finally {
      clearInterval(sampling)
      for (const { socket } of attackers) socket.terminate()
    }
  },
}
