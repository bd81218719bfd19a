import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type Product, productKey } from '../../fixtures/product.js'
import { aKey, badService, servedDuring } from '../another-client.js'
import type { Bed } from '../bed.js'
import { type Fault, proof } from '../fault.js'
import { endWell } from '../ledgers.js'
import { differenceInTime, otherThan, SIGNIFICANT } from '../refusal-times.js'

const GUESSES = 10_000
/** Guesses that are under way at once. */
const AT_ONCE = 20
/** Wrong keys for which one address is told in a minute that they are wrong. */
const TOLD_A_MINUTE = 20
/** What a client with a key may wait meanwhile (p99). */
const SERVED_MS = 1_000
const QUIET_MS = 10_000

export const keysGuessed: Fault = {
  row: 37,
  name: '10,000 keys guessed; right keys in addresses; the time of a refusal, 2 x 5,000 for each kind of key',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const broken: string[] = []
    const notes: string[] = []
    const product = await bed.ready()
    const mine = await aKey(product, 'a client')
    const { service: quiet } = await servedDuring(product, mine, () => pause(QUIET_MS))

    for (const [kind, key] of [
      ['of the administrator', productKey],
      ['that was issued', mine],
    ] as const) {
      bed.progress(`the time of refusals of a key like one ${kind}`)
      const t = await differenceOfKeys(bed, product, key)
      if (Math.abs(t) > SIGNIFICANT) broken.push(`how long a refusal takes tells of a key ${kind}: t = ${t}`)
      notes.push(`a key like one ${kind}: t = ${t.toFixed(2)}`)
    }

    bed.progress('right keys in addresses')
    for (const name of ['api_key', 'apiKey', 'x-api-key', 'key', 'token', 'access_token'])
      for (const path of ['/graphql', '/api/logs', '/metrics']) {
        // A proxy's header, since whoever is on this machine may read the metrics without a key.
        const response = await fetch(`${product.url}${path}?${name}=${productKey}`, {
          headers: { 'x-forwarded-for': '192.0.2.1' },
        })
        if (response.status !== 401) broken.push(`${path}?${name}=… was answered by ${response.status}`)
      }

    bed.progress(`${GUESSES} guesses`)
    const begunAt = performance.now()
    const { service, result } = await servedDuring(product, mine, () => guess(product))
    const minutes = Math.ceil((performance.now() - begunAt) / 60_000)
    broken.push(...badService(service, quiet, SERVED_MS))
    const told = result.get(401) ?? 0
    const refused = result.get(429) ?? 0
    if (told + refused !== GUESSES) broken.push(`guesses were answered by ${[...result.keys()].join(', ')}`)
    if (told > TOLD_A_MINUTE * (minutes + 1)) broken.push(`${told} guesses were told that they are wrong`)
    broken.push(...(await endWell(product)))
    return proof({
      broken,
      notes: [
        `of ${GUESSES} guesses ${told} were told 401 and ${refused} 429`,
        `another client: p99 ${service.p99Ms} ms of ${service.count} answers, ${quiet.p99Ms} ms when all was quiet`,
        ...notes,
      ],
    })
  },
}

async function statusWith(product: Product, key: string): Promise<number> {
  const response = await fetch(`${product.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: '{"query":"{ __typename }"}',
  })
  await response.arrayBuffer()
  return response.status
}

/** Ever new keys of the right form; how many got which status. */
async function guess(product: Product): Promise<Map<number, number>> {
  const statuses = new Map<number, number>()
  for (let n = 0; n < GUESSES; n += AT_ONCE) {
    const guesses = Array.from({ length: AT_ONCE }, () =>
      statusWith(product, `gp_${randomUUID().replaceAll('-', '')}_${randomBytes(32).toString('base64url')}`),
    )
    for (const status of await Promise.all(guesses)) statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
  return statuses
}

/** Whether a key that is right but for its end is refused at another time than one that is right in nothing but its form. */
function differenceOfKeys(bed: Bed, product: Product, key: string): Promise<number> {
  // The id of an issued key is no secret: both name the same.
  const secretFrom = key.startsWith('gp_') ? key.lastIndexOf('_') + 1 : 0
  const nearly = `${key.slice(0, -1)}${otherThan(key.slice(-1))}`
  const not = `${key.slice(0, secretFrom)}${otherThan(key.slice(secretFrom))}`
  return differenceInTime(bed.draws, { nearly, not }, async (one) => {
    const status = await statusWith(product, one)
    if (status !== 401) throw new Error(`a wrong key was answered by ${status}`)
  })
}
