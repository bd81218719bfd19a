import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { Product } from '../../fixtures/product.js'
import { type Fault, proof } from '../fault.js'
import { endWell } from '../ledgers.js'
import { quantile, seconds } from '../report.js'

const SOCKETS = 50
/** With which a socket is closed that does not say who it is. */
const TOO_LATE = 4408
/** After how long that must come, in milliseconds, and how much later it may be heard of on a busy machine. */
const WAIT_MS = 3_000
const BUSY_MS = 1_000

export const silentSockets: Fault = {
  row: 20,
  name: `${SOCKETS} sockets that name no key: each is closed with ${TOO_LATE} after ${WAIT_MS / 1_000} s`,
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const product = await bed.ready()
    const ends = await Promise.all(Array.from({ length: SOCKETS }, () => endOfSilence(product)))
    const broken = await endWell(product)
    const otherwise = ends.filter(({ code }) => code !== TOO_LATE)
    if (otherwise.length > 0)
      broken.push(`${otherwise.length} were closed with ${otherwise[0]?.code}, not ${TOO_LATE}`)
    const times = ends.map(({ ms }) => ms)
    const longest = Math.max(...times)
    if (longest > WAIT_MS + BUSY_MS) broken.push(`one was open for ${seconds(longest)}`)
    return proof({
      broken,
      notes: [`open for ${seconds(quantile(times, 0.5))} (p50), ${seconds(longest)} at most`],
    })
  },
}

/** Opens a socket, says nothing, and answers with what and after how long it was closed. */
async function endOfSilence(product: Product): Promise<{ code: number; ms: number }> {
  const socket = new WebSocket(`${product.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  await once(socket, 'open')
  const openedAt = performance.now()
  const [code] = (await once(socket, 'close')) as [number]
  return { code, ms: performance.now() - openedAt }
}
