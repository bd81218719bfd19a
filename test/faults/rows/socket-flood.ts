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
/** What one key, and one address with whatever keys, may have open. */
const FOR_A_KEY = 200
const FOR_AN_ADDRESS = 1_000
/** Where somebody else comes from: every address of this kind is this machine. */
const ELSEWHERE = '127.0.0.2'
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
  /** Why it has no socket, where it was given none. */
  refusal: string | null = null
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

  static async open(product: Product, key: string, localAddress = '127.0.0.1'): Promise<Attacker> {
    const url = `${product.url.replace('http', 'ws')}/graphql`
    const socket = new WebSocket(url, 'graphql-transport-ws', { localAddress })
    const attacker = new Attacker(socket)
    try {
      await once(socket, 'open')
    } catch (thrown) {
      attacker.refusal = String(thrown)
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
      const silent = attackers.filter(({ isClosed }) => !isClosed).slice(0, SILENT)
      for (const { socket } of silent) socket.pause()
      bed.progress('records come in')
      const endsAt = performance.now() + ATTACK_MS
      while (performance.now() < endsAt) {
        addMessages(bed, { failed: 1, delivered: 4 })
        await pause(2_000)
      }
      const flooding = attackers.filter(({ isClosed }) => !isClosed)
      const sum = (of: (one: Attacker) => number) => attackers.reduce((all, one) => all + of(one), 0)
      const [held, refused] = [sum((one) => one.held), sum((one) => one.refused)]
      // Whoever is still connected would go on reading now.
      for (const { socket } of silent) socket.resume()
      await until('whoever did not read was dropped', () => silent.every(({ isClosed }) => isClosed), 20_000)
      const crowded = await crowd()
      return {
        settledMs: await untilSettled(bed),
        notes: [
          `${flooding.length} of ${SOCKETS} sockets may stay, and ${silent.length} of them that do not read are dropped`,
          `${refused} of ${held + refused} subscriptions were told that they are refused`,
          `of ${FOR_AN_ADDRESS} more with ever new keys ${crowded} were refused by 429`,
        ],
      }
    }
    /** One address with ever new keys: it gets what an address may have, and somebody elsewhere is let in all the same. */
    const crowd = async () => {
      bed.progress('one address comes with ever new keys')
      const keys = await Promise.all(
        Array.from({ length: FOR_AN_ADDRESS / FOR_A_KEY }, (_, n) => aKey(product, `number ${n} of a crowd`)),
      )
      const crowded: Attacker[] = []
      for (const key of keys)
        for (let n = 0; n < FOR_A_KEY; n += 50)
          crowded.push(...(await Promise.all(Array.from({ length: 50 }, () => Attacker.open(product, key)))))
      attackers.push(...crowded)
      const refused = crowded.filter(({ refusal }) => refusal?.includes('429')).length
      const open = attackers.filter(({ isClosed }) => !isClosed).length
      const otherwise = crowded.filter(({ isClosed, refusal }) => isClosed && !refusal?.includes('429'))
      if (otherwise.length > 0)
        broken.push(`${otherwise.length} of a crowd were refused otherwise: ${otherwise[0]?.refusal}`)
      // The other subscriber has one too.
      if (open !== FOR_AN_ADDRESS - 1) broken.push(`${open + 1} sockets are open from one address`)
      const elsewhere = await Attacker.open(product, mine, ELSEWHERE)
      attackers.push(elsewhere)
      if (elsewhere.refusal !== null) broken.push(`another address was refused: ${elsewhere.refusal}`)
      return refused
    }
    try {
      const { service, result } = await servedDuring(product, mine, attack)
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
        recoveredMs: [result.settledMs],
        broken,
        notes: [
          ...result.notes,
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
