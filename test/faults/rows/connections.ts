import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { aKey, badService, servedDuring } from '../another-client.js'
import { type Fault, proof } from '../fault.js'
import { compareLedgers, endWell, webhookSends } from '../ledgers.js'
import { seconds } from '../report.js'
import { until } from '../until.js'
import { addMessages, toWebhook, untilSettled, watchFailures } from '../work.js'
import { residentMb } from './webhooks.js'

/** How long the quiet is that the attack is compared with. */
const QUIET_MS = 10_000
/** What a client may wait meanwhile (p99). */
const SERVED_MS = 500
/** How much more memory the connections may cost, in megabytes. */
const GROWTH_MB = 100

/**
 * What an attacker does with its connections, with how many, and by when each must be closed: the product gives headers 15 s and whole
 * requests 30 s, and looks after them every 2 s. A loaded machine gets three seconds more, and more yet where two thousand come at once.
 */
const attacks = {
  'headers, a byte a second': {
    count: 200,
    begin: 'GET / HTTP/1.1\r\nHost: a\r\nX-A: ',
    drips: true,
    closedMs: 20_000,
  },
  'a body, a byte a second': {
    count: 200,
    begin:
      'POST /graphql HTTP/1.1\r\nHost: a\r\nX-API-Key: KEY\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n',
    drips: true,
    closedMs: 35_000,
  },
  'nothing at all': { count: 2_000, begin: '', drips: false, closedMs: 45_000 },
} as const

export const slowloris: Fault = {
  row: 36,
  name: 'slowloris: 200 connections that send headers and 200 that send a body at a byte a second, 2,000 that send nothing',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const product = await bed.ready()
    await watchFailures(product, toWebhook(bed))
    const [mine, theirs] = [await aKey(product, 'a client'), await aKey(product, 'the attacker')]
    const { service: quiet } = await servedDuring(product, mine, () => pause(QUIET_MS))
    const before = residentMb(product.pid)
    let most = before
    const sampling = setInterval(() => (most = Math.max(most, residentMb(product.pid))), 200)
    const sockets: { readonly what: string; readonly socket: Socket; closedAfterMs: number | null }[] = []
    const { port } = new URL(product.url)
    const attack = async () => {
      for (const [what, { count, begin, drips }] of Object.entries(attacks))
        for (let n = 0; n < count; n++) {
          const socket = connect(Number(port), '127.0.0.1')
          const one = { what, socket, closedAfterMs: null as number | null }
          sockets.push(one)
          socket.on('error', () => undefined)
          socket.resume()
          await once(socket, 'connect')
          const openedAt = performance.now()
          socket.write(begin.replace('KEY', theirs))
          const dripping = drips ? setInterval(() => socket.write('x'), 1_000) : undefined
          socket.once('close', () => {
            one.closedAfterMs = performance.now() - openedAt
            clearInterval(dripping)
          })
        }
      bed.progress(`${sockets.length} connections are open`)
      addMessages(bed, { failed: 20, delivered: 200 })
      const settled = await untilSettled(bed)
      await until('the connections are closed', () =>
        sockets.every(({ closedAfterMs }) => closedAfterMs !== null),
      )
      return settled
    }
    try {
      const { service, result: settled } = await servedDuring(product, mine, attack)
      clearInterval(sampling)
      const broken = badService(service, quiet, SERVED_MS)
      const notes: string[] = []
      for (const [what, { closedMs }] of Object.entries(attacks)) {
        const times = sockets.filter((one) => one.what === what).map(({ closedAfterMs }) => closedAfterMs)
        const last = Math.max(...times.map((time) => time ?? Infinity))
        notes.push(`${what}: each was closed within ${seconds(last)}`)
        if (last > closedMs) broken.push(`${what}: a connection was closed only after ${seconds(last)}`)
      }
      if (most - before > GROWTH_MB) broken.push(`memory grew by ${most - before} MB`)
      broken.push(...(await endWell(product)))
      return proof({
        ...(await compareLedgers(bed, webhookSends(bed.http.received))),
        recoveredMs: [settled],
        broken,
        notes: [
          `another client: p99 ${service.p99Ms} ms of ${service.count} answers, ${quiet.p99Ms} ms when all was quiet`,
          ...notes,
          `memory grew by ${most - before} MB`,
        ],
      })
    } finally {
      clearInterval(sampling)
      for (const { socket } of sockets) socket.destroy()
    }
  },
}
