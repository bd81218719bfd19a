import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { aDirectory } from '../../fixtures/product.js'
import type { Bed } from '../bed.js'
import { type Fault, proof } from '../fault.js'
import { endWell } from '../ledgers.js'
import { whatIsHeld } from '../parts/held.js'
import { until } from '../until.js'
import { addMessages, toWebhook, untilSettled, untilSwept, watchFailures } from '../work.js'

interface Try {
  readonly path: string
  readonly status: string
  readonly begunAt: Date
  readonly endedAt: Date
  /** Of the send by itself, without what it waited to be recorded. */
  readonly durationMs: number
  /** From the making of its delivery to its end. */
  readonly waitedMs: number
}

/** The tries of the deliveries to each path of the sink, and how the deliveries ended. */
async function triesByPath(bed: Bed): Promise<Map<string, Try[]>> {
  const tries = await bed.database.query<Try>(
    `SELECT a.config->>'url' AS path, d.status, t.at AS "begunAt", t.ended_at AS "endedAt", t.duration_ms AS "durationMs",
            (extract(epoch FROM t.ended_at - d.triggered_at) * 1000)::float AS "waitedMs"
       FROM delivery_attempts t JOIN deliveries d ON d.id = t.delivery_id JOIN actions a ON a.id = d.action_id ORDER BY t.at`,
  )
  const byPath = new Map<string, Try[]>()
  for (const one of tries) {
    const path = new URL(one.path).pathname
    byPath.set(path, [...(byPath.get(path) ?? []), one])
  }
  return byPath
}

/** Adds a rule for all failures that sends to each of these paths of the sink. */
async function sendTo(
  bed: Bed,
  product: Awaited<ReturnType<Bed['ready']>>,
  paths: readonly string[],
): Promise<void> {
  await product.graphql('mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id } } }', {
    input: {
      name: 'to odd receivers',
      patternType: 'ERROR_CODE',
      patternValue: '30003',
      actions: paths.map((path) => ({
        actionType: 'WEBHOOK',
        config: { url: `http://127.0.0.1:${bed.http.port}${path}` },
      })),
    },
  })
  await untilSwept(product)
}

/** The first pause of the ladder, and how long the receiver that is busy asks to be left alone, in seconds: each long enough to be measured. */
const BASE_S = 10
const RETRY_AFTER_S = 15
/** Tries after the first, so that the ladder is of 10 and 20 s. */
const RETRIES = 2
/** How far a pause may be from that, a tenth of jitter in it; and later by the patience of whoever proves the row. */
const SHORTER = 0.89
const LONGER = 1.2

export const oddAnswers: Fault = {
  row: 26,
  name: 'webhooks answered 500, 429 with Retry-After, 410, a redirect to itself, a reset, 204',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const broken: string[] = []
    const product = await bed.ready({
      RETRY_BASE_SECONDS: String(BASE_S),
      WEBHOOK_RETRY_ATTEMPTS: String(RETRIES),
    })
    const seen = new Map<string, number>()
    const modes: Record<string, (response: ServerResponse, first: boolean) => void> = {
      '/500': (response) => response.writeHead(500).end(),
      '/429': (response, first) =>
        response.writeHead(first ? 429 : 200, first ? { 'Retry-After': String(RETRY_AFTER_S) } : {}).end(),
      '/410': (response) => response.writeHead(410).end(),
      '/301': (response) => response.writeHead(301, { Location: '/hop' }).end(),
      '/reset': (response, first) => (first ? response.socket?.resetAndDestroy() : response.end('ok')),
      '/204': (response) => response.writeHead(204).end(),
      '/hop': (response) => response.end('ok'),
    }
    bed.http.answerWith((response, { path }) => {
      const before = seen.get(path) ?? 0
      seen.set(path, before + 1)
      modes[path]?.(response, before === 0)
    })
    await sendTo(bed, product, ['/500', '/429', '/410', '/301', '/reset', '/204'])
    bed.twilio.world.addMessage({ status: 'undelivered', error_code: 30003 })
    await until('one delivery for each receiver is made', async () => {
      const [owed] = await bed.database.query<{ owed: number; all: number }>(
        `SELECT count(*) FILTER (WHERE status = 'pending')::int AS owed, count(*)::int AS "all" FROM deliveries`,
      )
      return owed?.owed === 0 && owed.all === 6
    })
    const tries = await triesByPath(bed)
    const expected = {
      '/500': [RETRIES + 1, 'failed'],
      '/429': [2, 'delivered'],
      '/410': [1, 'failed'],
    } as const
    const more = { '/301': [1, 'failed'], '/reset': [2, 'delivered'], '/204': [1, 'delivered'] } as const
    for (const [path, [count, status]] of Object.entries({ ...expected, ...more })) {
      const made = tries.get(path) ?? []
      if (made.length !== count || made[0]?.status !== status)
        broken.push(`${path}: ${made[0]?.status} after ${made.length} tries`)
    }
    const pauses = (path: string) => {
      const made = tries.get(path) ?? []
      return made.slice(1).map((one, n) => one.begunAt.getTime() - (made[n]?.endedAt.getTime() ?? 0))
    }
    for (const [n, pauseMs] of pauses('/500').entries()) {
      const planned = 1_000 * BASE_S * 2 ** n
      if (pauseMs < planned * SHORTER || pauseMs > planned * LONGER + bed.patienceMs)
        broken.push(`pause ${n + 1} of the ladder took ${pauseMs} ms`)
    }
    const [leftAlone = 0] = pauses('/429')
    const asked = 1_000 * RETRY_AFTER_S
    if (leftAlone < asked || leftAlone > asked * LONGER + bed.patienceMs)
      broken.push(`a Retry-After of ${RETRY_AFTER_S} s became ${leftAlone} ms`)
    if (seen.has('/hop')) broken.push('a redirect was followed')
    broken.push(...(await endWell(product)))
    return proof({
      broken,
      notes: [
        `ladder ${pauses('/500').join(', ')} ms`,
        `${leftAlone} ms after Retry-After: ${RETRY_AFTER_S}`,
      ],
    })
  },
}

/** Deliveries made before memory is measured. */
const WARM_UP = 100

/** Failures of each round, to every receiver: of the one whose answers are good, and of the one whose are the worst. */
const ROUND = 10

/**
 * How much more may be held in the midst of the worst answers than before them, garbage aside, and how much more the process may take from
 * the system in any round of them than in one of good answers, in megabytes.
 */
const GROWTH_MB = 10

/** How long an answer is waited for here, in seconds, and by how much a try may last longer on a busy machine, in milliseconds. */
const TIMEOUT_S = 3
const BUSY_MS = 1_000

/** How much longer than twice what it is with good answers only a delivery to the other receiver may take, in milliseconds. */
const LATER_MS = 1_000

export const endlessBodies: Fault = {
  row: 27,
  name: 'webhooks answered by silence, a byte a second, an endless body, a gzip bomb',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const broken: string[] = []
    const held = whatIsHeld(aDirectory())
    const product = await bed.ready({
      ...held.env,
      WEBHOOK_TIMEOUT_SECONDS: String(TIMEOUT_S),
      WEBHOOK_RETRY_ATTEMPTS: '1',
    })
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    const timers = new Set<NodeJS.Timeout>()
    const drip = (response: ServerResponse, text: string, everyMs: number) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write(text), everyMs)
      timers.add(timer)
      response.on('close', () => clearInterval(timer))
    }
    const modes: Record<string, (response: ServerResponse) => void> = {
      '/silence': () => undefined,
      '/slow': (response) => drip(response, 'x', 1_000),
      '/endless': (response) => drip(response, 'x'.repeat(65_536), 1),
      '/bomb': (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb),
    }
    await watchFailures(product, toWebhook(bed))
    // Memory is compared with that of a process that has worked already.
    addMessages(bed, { failed: WARM_UP })
    await untilSettled(bed)
    await sendTo(bed, product, Object.keys(modes))
    const receivers = Object.keys(modes).length + 1
    const round = async (n: number, meanwhile: () => Promise<void> = async () => {}) => {
      let most = 0
      const sampling = setInterval(() => (most = Math.max(most, residentMb(product.pid))), 100)
      addMessages(bed, { failed: ROUND })
      await meanwhile()
      const all = await until('nothing is owed', async () => {
        const [owed] = await bed.database.query<{ owed: number; all: number }>(
          `SELECT count(*) FILTER (WHERE status = 'pending')::int AS owed, count(*)::int AS "all" FROM deliveries`,
        )
        return owed?.owed === 0 && owed.all === WARM_UP + n * ROUND * receivers
      })
      clearInterval(sampling)
      return { most, all }
    }
    // Several, since what is garbage by then and not collected yet differs from round to round.
    const good = [await round(1), await round(2), await round(3)]
    const usual = Math.max(...good.map(({ most }) => most))
    const heldBefore = await held.ofProcess(product.pid)
    bed.http.answerWith((response, { path }) => (modes[path] ? modes[path](response) : response.end('ok')))
    const worstAt = new Date()
    const worst = await round(4)
    let heldMeanwhile = 0
    const before = bed.http.received.length
    const again = await round(5, async () => {
      await until('all receivers are asked', () => bed.http.received.length >= before + ROUND * receivers)
      heldMeanwhile = await held.ofProcess(product.pid)
    })
    for (const timer of timers) clearInterval(timer)
    const heldMore = Math.round((heldMeanwhile - heldBefore) * 10) / 10
    const tries = await triesByPath(bed)
    const toOther = tries.get('/hook') ?? []
    const waits = (many: readonly Try[]) => Math.round(Math.max(...many.map(({ waitedMs }) => waitedMs)))
    const alone = waits(toOther.filter(({ begunAt }) => begunAt < worstAt).slice(WARM_UP))
    const waited = waits(toOther.filter(({ begunAt }) => begunAt >= worstAt))
    if (waited > 2 * alone + LATER_MS) broken.push(`a delivery to the other receiver took ${waited} ms`)
    const deliveries = 2 * ROUND
    const expected = {
      '/silence': [2 * deliveries, 'failed'],
      // There was a status: of the answer no more is kept than came in time, or than there is room for.
      '/slow': [deliveries, 'delivered'],
      '/endless': [deliveries, 'delivered'],
      '/bomb': [deliveries, 'delivered'],
      '/hook': [deliveries, 'delivered'],
    } as const
    let longest = 0
    for (const [path, [count, status]] of Object.entries(expected)) {
      const made = (tries.get(path) ?? []).filter(({ begunAt }) => begunAt >= worstAt)
      const ends = [...new Set(made.map((one) => one.status))].join(' and ')
      if (made.length !== count || ends !== status)
        broken.push(`${path}: ${ends} after ${made.length} tries for ${deliveries} deliveries`)
      longest = Math.max(longest, ...made.map(({ durationMs }) => durationMs))
    }
    if (longest > 1_000 * TIMEOUT_S + BUSY_MS) broken.push(`a try lasted ${longest} ms`)
    if (heldMore > GROWTH_MB) broken.push(`${heldMore} MB more are held in the midst of them`)
    const grew = Math.max(worst.most, again.most) - usual
    if (grew > GROWTH_MB) broken.push(`memory grew by ${grew} MB`)
    broken.push(...(await endWell(product)))
    return proof({
      broken,
      recoveredMs: [worst.all, again.all],
      notes: [
        `memory grew by ${grew} MB; in the midst of them ${heldMore} MB more are held, garbage aside`,
        `no try lasted longer than ${longest} ms`,
        `a delivery to the other receiver took ${waited} ms at most, ${alone} ms where all answers are good`,
      ],
    })
  },
}

/** Resident memory of a process, in megabytes. */
export function residentMb(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1_024)
}
