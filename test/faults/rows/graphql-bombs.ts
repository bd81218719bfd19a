import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { aDirectory, type Product, productKey } from '../../fixtures/product.js'
import { RawSocket } from '../../fixtures/raw-socket.js'
import { billionOfRows, bombs as small, megabyteOfTokens, passes } from '../../graphql/bombs.js'
import { aKey, badService, servedDuring } from '../another-client.js'
import { type Fault, proof } from '../fault.js'
import { endWell } from '../ledgers.js'
import { whatIsHeld } from '../parts/held.js'
import { quantile } from '../report.js'
import { residentMb } from './webhooks.js'

const TIMES = 20
/** How often each good operation is asked before, so that as much garbage has come and gone as that of the bombs. */
const GOOD = 60
const QUIET_MS = 10_000
/** What another client may wait meanwhile (p99), in milliseconds. */
const SERVED_MS = 500
/** How much more memory bombs may leave behind, and twice as many of them take from the system than half, in megabytes. */
const GROWTH_MB = 20
/** What the process may take from the system beyond what good operations need, before its garbage is collected, in megabytes. */
const PEAK_MB = 250
/** How much longer a bomb may take to be refused than the smallest operation to be answered, the middle of all times, in milliseconds. */
const REFUSED_MS = 20
/** Close code of WebSocket itself, for a message over the limit. */
const TOO_LARGE = 1009

const bombs = [
  ...small.map(([name, query]) => [name, query] as const),
  ['first: 1000000000', billionOfRows] as const,
]
const good = `{ __typename } # ${'x'.repeat(megabyteOfTokens.length)}`

export const graphqlBombs: Fault = {
  row: 19,
  name: `${bombs.length + 1} bombs of GraphQL at the running product, ${TIMES} times each, on both transports`,
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const broken = new Set<string>()
    const took = new Map<string, number[]>()
    const held = whatIsHeld(aDirectory())
    const product = await bed.ready(held.env)
    const mine = await aKey(product, 'a client')
    const { service: quiet } = await servedDuring(product, mine, () => pause(QUIET_MS))
    let most = 0
    const sampling = setInterval(() => (most = Math.max(most, residentMb(product.pid))), 100)
    bed.progress('good operations')
    const socket = await aSocket(product)
    const askBoth = async (query: string, times: number[]): Promise<Answer[]> => {
      const askedAt = performance.now()
      const { answer } = await post(product, query)
      const sentAt = performance.now()
      const overSocket = await socket.ask(query)
      times.push(sentAt - askedAt, performance.now() - sentAt)
      return [answer, overSocket]
    }
    const smallest: number[] = []
    for (let n = 0; n < GOOD; n++) {
      await askBoth('{ __typename }', smallest)
      for (const [name, query] of passes)
        for (const { data } of await askBoth(query, [])) if (!data) broken.add(`${name} was refused`)
      if ((await post(product, good)).status !== 200) broken.add('a good request was refused')
    }
    const heldBefore = await held.ofProcess(product.pid)
    bed.progress('bombs')
    const usual = most
    most = 0
    let mostOfHalf = 0
    const { service } = await servedDuring(product, mine, async () => {
      for (let n = 0; n < TIMES; n++) {
        if (n === TIMES / 2) {
          mostOfHalf = most
          // Each half begins without garbage: what the second takes more is not what V8 had not collected of the first.
          await held.ofProcess(product.pid)
        }
        for (const [name, query] of bombs) {
          const times = took.get(name) ?? []
          took.set(name, times)
          for (const { data, errors } of await askBoth(query, times))
            if ((data ?? null) !== null || !errors?.length) broken.add(`${name} was let through`)
        }
        const { status, answer } = await post(product, megabyteOfTokens)
        if (status !== 400 || !answer.errors?.length)
          broken.add(`a megabyte of tokens was answered by ${status}`)
        const another = await aSocket(product)
        another.subscribe('tokens', megabyteOfTokens)
        const code = await another.ended
        if (code !== TOO_LARGE) broken.add(`a megabyte of tokens ended its socket with ${code}`)
      }
    })
    clearInterval(sampling)
    const left = Math.round((await held.ofProcess(product.pid)) - heldBefore)
    if (left > GROWTH_MB) broken.add(`bombs left ${left} MB behind`)
    if (most - usual > PEAK_MB) broken.add(`the process took ${most} MB, ${usual} MB where all is good`)
    if (most - mostOfHalf > GROWTH_MB) broken.add(`memory went on to grow, by ${most - mostOfHalf} MB`)
    for (const [name, times] of took) {
      const more = Math.round(quantile(times, 0.5) - quantile(smallest, 0.5))
      if (more > REFUSED_MS) broken.add(`${name} took ${more} ms more to be refused than the smallest takes`)
    }
    const all = [...took.values()].flat()
    const { data } = await socket.ask('{ health { status } }')
    if (!data) broken.add('the socket of the bombs serves nobody any more')
    socket.close()
    return proof({
      broken: [...broken, ...badService(service, quiet, SERVED_MS), ...(await endWell(product))],
      notes: [
        `a refusal took ${Math.round(quantile(all, 0.5))} ms (p50), ${Math.round(quantile(all, 0.99))} ms (p99); the smallest answer ${Math.round(quantile(smallest, 0.5))} ms (p50)`,
        `another client: p99 ${service.p99Ms} ms of ${service.count} answers, ${quiet.p99Ms} ms when all was quiet`,
        `of ${all.length} refused operations ${left} MB are left when the garbage is collected; the process took ${most} MB at most, ${mostOfHalf} MB in the first half, ${usual} MB where all was good`,
      ],
    })
  },
}

interface Answer {
  readonly data?: unknown
  readonly errors?: readonly unknown[]
}

async function post(product: Product, query: string): Promise<{ status: number; answer: Answer }> {
  const response = await fetch(`${product.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': productKey },
    body: JSON.stringify({ query }),
  })
  return { status: response.status, answer: (await response.json()) as Answer }
}

function aSocket({ url }: Product): Promise<RawSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  return new RawSocket(socket).initialised(productKey)
}
