import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Database } from '../src/store/database.js'
import { openTestDatabase } from '../test/fixtures/database.js'
import { endProducts } from '../test/fixtures/product.js'
import { formOf, signedForm } from '../test/fixtures/signed-by-twilio.js'
import { simulatedTwilio } from '../test/fixtures/simulated-twilio.js'
import { messageCallback, newSid } from '../test/fixtures/webhook-samples.js'
import type { Bench, Setting } from './bench.js'
import { quantile, rounded, type Figure } from './figure.js'
import { runProduct } from './product.js'
import { secondsOf } from './stopwatch.js'

const REQUESTS = 4_000
/** Sent first, so that what runs cold is not what is measured. */
const WARM_UP = 1_000
/** Senders that each wait for their answer. */
const AT_ONCE = 32
const PER_SECOND = 200
const PATH = '/webhooks/twilio'
/** How long the work may go on after the last request, in milliseconds, before the run is given up. */
const PATIENCE_MS = 60_000

interface Sent {
  readonly body: string
  readonly headers: Record<string, string>
}

/**
 * Signed status callbacks of Twilio's at 200 a second, whether or not the ones before have been answered, each told by the time from
 * when it was due to its answer; and as many as it takes, 32 at once. The product in a process of its own verifies, stores and works
 * them. Beside it a bare server that verifies nothing and inserts each by itself.
 */
export const webhooks: Bench = { name: 'webhooks', needsPostgres: true, run }

async function run({ scaled }: Setting): Promise<readonly Figure[]> {
  const { url, database, close } = await openTestDatabase()
  const twilio = await simulatedTwilio()
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const bare = fork(fileURLToPath(new URL('./bare-inbox.js', import.meta.url)), [url!])
  try {
    const [port] = (await once(bare, 'message')) as [number]
    const bareUrl = `http://127.0.0.1:${port}`
    const product = await runProduct(url!, {
      TWILIO_ACCOUNT_SID: twilio.accountSid,
      TWILIO_AUTH_TOKEN: twilio.authToken,
      TWILIO_BASE_URL: twilio.url,
    })
    const callbacks = (count: number) =>
      Array.from({ length: count }, () => signed(twilio.authToken, product))
    const [toProduct, toBare] = [product, bareUrl].map((to) => (sent: Sent) => post(agent, to + PATH, sent))
    await inParallel(callbacks(WARM_UP), toProduct!)
    await inParallel(callbacks(WARM_UP), toBare!)
    const steady = callbacks(scaled(REQUESTS))
    const times = await sendSteadily(steady, toProduct!)
    const bareTimes = await sendSteadily(steady, toBare!)
    const atOnce = callbacks(scaled(REQUESTS))
    const seconds = await secondsOf(() => inParallel(atOnce, toProduct!))
    const bareSeconds = await secondsOf(() => inParallel(atOnce, toBare!))
    const lagMs = await untilWorked(database, WARM_UP + steady.length + atOnce.length)
    return [latency(times, bareTimes), throughput(atOnce.length, seconds, bareSeconds, lagMs)]
  } finally {
    bare.kill()
    agent.destroy()
    await endProducts()
    await twilio.stop()
    await close()
  }
}

function latency(times: readonly number[], bare: readonly number[]): Figure {
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)]
  return {
    what: `webhooks of Twilio at ${PER_SECOND} a second, each verified and stored before its answer, p99`,
    measured: `p50 ${rounded(p50)} ms, p99 ${rounded(p99)} ms of ${times.length}; bare inserts p99 ${rounded(quantile(bare, 0.99))} ms`,
    value: p99,
    unit: 'ms',
    goal: { atMost: 200 },
  }
}

function throughput(count: number, seconds: number, bareSeconds: number, lagMs: number): Figure {
  const perSecond = (spent: number) => Math.round(count / spent).toLocaleString('en')
  return {
    what: `webhooks of Twilio, ${AT_ONCE} at once, verified, stored and worked, beside a bare server that inserts them`,
    measured: `${perSecond(seconds)} a second, bare ${perSecond(bareSeconds)}; the last is a log after ${rounded(lagMs)} ms`,
    value: bareSeconds / seconds,
    unit: '×',
    goal: { atLeast: 0.4 },
  }
}

async function inParallel(all: readonly Sent[], send: (sent: Sent) => Promise<number>): Promise<void> {
  const left = [...all]
  const sender = async () => {
    for (let sent = left.pop(); sent; sent = left.pop()) expectStored(await send(sent))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, sender))
}

function expectStored(status: number): void {
  if (status !== 204) throw new Error(`a webhook was answered ${status}`)
}

function signed(token: string, url: string): Sent {
  const parameters = messageCallback(newSid('SM'), 'delivered')
  return { body: formOf(parameters), headers: signedForm(parameters, PATH, token, url) }
}

async function sendSteadily(
  all: readonly Sent[],
  send: (sent: Sent) => Promise<number>,
): Promise<readonly number[]> {
  const start = performance.now()
  const answers: Promise<number>[] = []
  for (const [index, sent] of all.entries()) {
    const dueAt = start + (index * 1_000) / PER_SECOND
    const early = dueAt - performance.now()
    if (early > 0) await sleep(early)
    answers.push(
      send(sent).then((status) => {
        expectStored(status)
        return performance.now() - dueAt
      }),
    )
  }
  return Promise.all(answers)
}

function post(agent: Agent, url: string, { body, headers }: Sent): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = String(Buffer.byteLength(body))
    const outgoing = request(url, {
      method: 'POST',
      agent,
      headers: { ...headers, 'content-length': length },
    })
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    outgoing.end(body)
  })
}

async function untilWorked(database: Database, count: number): Promise<number> {
  const start = performance.now()
  while (performance.now() - start < PATIENCE_MS) {
    const [row] = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM logs')
    if (row!.count >= count) return performance.now() - start
    await sleep(10)
  }
  throw new Error('what came in was not worked')
}
