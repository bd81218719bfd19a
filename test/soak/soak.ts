import { setTimeout as pause } from 'node:timers/promises'
import { startTcpProxy, type TcpProxy } from '../fixtures/tcp-proxy.js'
import { aDirectory, type Product, type ProductEnvironment } from '../fixtures/product.js'
import type { Bed } from '../faults/bed.js'
import type { Proof } from '../faults/fault.js'
import { compareLedgers, complaintsAbout, endWell, webhookSends } from '../faults/ledgers.js'
import { until } from '../faults/until.js'
import { toWebhook, untilSettled, watchFailures } from '../faults/work.js'
import { whatIsHeld } from '../faults/parts/held.js'
import { Load } from './load.js'
import {
  growth,
  inFigures,
  isTooMuch,
  leastTold,
  measures,
  MOST_AN_HOUR,
  MUST_TELL,
  type Sample,
  sampleOf,
  settled,
} from './samples.js'
import { inWords, type Peers } from './sockets.js'
import { possibleTroubles, type Trouble } from './troubles.js'

export interface SoakChoice {
  readonly minutes: number
  /** Logs a second. */
  readonly rate: number
  /** Only troubles whose name has this in it. */
  readonly only: string
}

/** One trouble that was made. */
export interface Made {
  readonly name: string
  /** From its end until what was added then was stored, in milliseconds. */
  readonly recoveredMs: number
}

export interface Soaked {
  readonly proof: Proof
  readonly made: readonly Made[]
  readonly samples: readonly Sample[]
  readonly logs: number
  readonly alerts: number
  readonly callbacks: number
}

/** How long all is left in peace between two troubles, in seconds, from and to. */
const PEACE = [8, 20] as const

/** How often what the steady process has is looked at, in milliseconds. */
const SAMPLE_MS = 5_000
/**
 * How often it is looked in each moment of peace, and how long between, in milliseconds: not in step with the polls, a second apart, and
 * until pools have let go what only the trouble before needed.
 */
const LOOKS = 6
const BETWEEN_LOOKS_MS = 1_700

/** How long it may take after a trouble until what came then is stored, in milliseconds. */
const RECOVERY_MS = 300_000

/** The chance that one process is killed in the middle of another trouble. */
const KILLED_MEANWHILE = 1 / 4

/**
 * Two processes under a steady load, with random trouble. One of them is killed now and then; the other lives from the beginning to the
 * end, and is what flatness is judged by.
 */
export async function soak(bed: Bed, { minutes, rate, only }: SoakChoice): Promise<Soaked> {
  const mongodb = bed.jobs === null ? null : await startTcpProxy(bed.jobs.url)
  const env: ProductEnvironment = {
    POLL_INTERVAL_SECONDS: '2',
    // A receiver may be away for longer than the tests' quick retries last.
    WEBHOOK_RETRY_ATTEMPTS: '12',
    WEBHOOK_TIMEOUT_SECONDS: '5',
    STORM_MAX_PER_MINUTE: '0',
    ...(mongodb === null ? {} : { MONGODB_URL: mongodb.url }),
    ...(bed.services.redis === null ? {} : { REDIS_URL: bed.services.redis.url }),
  }
  const possible = possibleTroubles(bed, only)
  const broken: string[] = []
  const made: Made[] = []
  const samples: Sample[] = []
  const begunAt = performance.now()
  const minute = () => (performance.now() - begunAt) / 60_000
  const say = (text: string) => bed.progress(text)

  const held = whatIsHeld(aDirectory())
  const steady = await started(held.env)
  await watchFailures(steady, toWebhook(bed))
  let mortal = await started()
  const told = await steady.collect<Added>(logAdded)
  const load = new Load(bed, rate, () => (bed.draws.chance(0.5) ? steady : mortal))
  const peers = peersOf(bed, mongodb)
  const look = (asked: typeof held | null) =>
    sampleOf(steady, peers, minute(), asked).then(
      (sample) => void samples.push(sample),
      (failure: unknown) => say(`what is held could not be looked at: ${String(failure)}`),
    )
  const sampling = setInterval(() => void look(null), SAMPLE_MS)
  const reading = setInterval(() => void readAsPeopleDo(steady), 1_000)
  load.start()
  try {
    while (minute() < minutes) {
      await pause(bed.draws.between(PEACE[0], PEACE[1]) * 1_000)
      // In peace what is held is no more than is needed: a leak shows, and no trouble's queue hides it. Between two polls it is least.
      for (let looks = 0; looks < LOOKS; looks++) {
        await look(held)
        await pause(BETWEEN_LOOKS_MS)
      }
      const trouble = bed.draws.pick(possible)
      made.push({ name: trouble.name, recoveredMs: await makeTrouble(trouble) })
      say(
        `${made.at(-1)?.name}, well again after ${((made.at(-1)?.recoveredMs ?? 0) / 1_000).toFixed(1)} s; ` +
          `${load.recorded.length} logs, ${load.failed.length} failures, ${samples.at(-1)?.residentMb} MB, ` +
          `${samples.at(-1)?.descriptors} descriptors (${inWords(samples.at(-1)?.sockets)}), ${samples.at(-1)?.handles} handles`,
      )
    }
    load.stop()
    say('the load has ended; waiting until nothing is owed')
    await untilSettled(bed, undefined, load)
  } catch (failure) {
    for (const product of [steady, mortal]) say(lastWords(product))
    throw failure
  } finally {
    clearInterval(sampling)
    clearInterval(reading)
    load.stop()
    await mongodb?.close()
  }
  for (const product of [mortal, steady]) broken.push(...(await endWell(product)))
  broken.push(...notFlat(samples))
  const heard = told.map((event) => event.logAdded.log.twilioSid)
  if (new Set(heard).size !== heard.length) broken.push('a subscriber was told twice of one log')
  const [alerts] = await bed.database.query<{ count: number }>('SELECT count(*)::int AS count FROM alerts')
  return {
    proof: {
      ...(await compareLedgers(bed, webhookSends(bed.http.received), load)),
      recoveredMs: made.map(({ recoveredMs }) => recoveredMs),
      broken,
      notes: [`a subscriber was told of ${heard.length} logs`],
    },
    made,
    samples,
    logs: load.recorded.length,
    alerts: alerts?.count ?? 0,
    callbacks: load.callbacks,
  }

  async function makeTrouble(trouble: Trouble): Promise<number> {
    say(trouble.name)
    const end = await trouble.begin({ bed, mongodb, restart })
    const [shortest, longest] = trouble.seconds
    const lasts = bed.draws.between(shortest * 1_000, longest * 1_000)
    if (longest > 0 && bed.draws.chance(KILLED_MEANWHILE)) {
      await pause(lasts / 2)
      say('and kill -9 meanwhile')
      await mortal.kill()
      broken.push(...complaintsAbout(mortal))
      await pause(lasts / 2)
      await end()
      mortal = await started()
    } else {
      await pause(lasts)
      await end()
    }
    const newest = load.newest
    return until(`what came at the end of "${trouble.name}" is stored`, () => isStored(newest), RECOVERY_MS)
  }

  /** However long it takes on a machine that does other things too. */
  async function started(besides: ProductEnvironment = {}): Promise<Product> {
    const product = bed.start({ ...env, ...besides })
    await until('a process is ready', async () => (await product.ready()).pid > 0, RECOVERY_MS)
    return product
  }

  async function restart(how: 'SIGKILL' | 'SIGTERM', afterMs: number): Promise<void> {
    if (how === 'SIGTERM') broken.push(...(await endWell(mortal)))
    else {
      await mortal.kill()
      broken.push(...complaintsAbout(mortal))
    }
    await pause(afterMs)
    mortal = await started()
  }

  async function isStored(sid: string | undefined): Promise<boolean> {
    const rows = await bed.database.query('SELECT FROM logs WHERE twilio_sid = $1', [sid])
    return rows.length > 0
  }
}

/** Who the product has connections to. */
function peersOf({ postgres, services, http, twilio }: Bed, mongodb: TcpProxy | null): Peers {
  const urls = {
    PostgreSQL: postgres.url,
    MongoDB: mongodb?.url,
    Redis: services.redis?.url,
    receiver: http.url,
    Twilio: twilio.url,
  }
  return Object.fromEntries(
    Object.entries(urls).flatMap(([name, url]) => (url ? [[name, Number(new URL(url).port)]] : [])),
  )
}

interface Added {
  readonly logAdded: { readonly log: { readonly twilioSid: string } }
}
const logAdded = 'subscription ($after: String) { logAdded(after: $after) { log { twilioSid } } }'

/** What a process that did not come to its senses said last, each message once. */
function lastWords({ pid, lines }: Product): string {
  const newest = new Map<unknown, string>()
  for (const line of lines) {
    const message: unknown = line.startsWith('{') ? (JSON.parse(line) as { msg: unknown }).msg : line
    newest.delete(message)
    newest.set(message, line)
  }
  return [`${pid} said last:`, ...[...newest.values()].slice(-20)].join('\n')
}

/** What a page that somebody looks at asks for; while the database is away it gets no answer, and that is all. */
async function readAsPeopleDo(product: Product): Promise<void> {
  await product
    .graphql(
      '{ logs(first: 50) { nodes { id status } } alerts(first: 20) { nodes { id log { id } deliveries { status } } } health { status } }',
    )
    .catch(() => undefined)
}

/** What grew faster than it may. */
function notFlat(samples: readonly Sample[]): string[] {
  return measures.flatMap((measure) => {
    const grew = growth(settled(samples), measure)
    const most = MOST_AN_HOUR[measure]
    if (isTooMuch(grew, measure))
      return [`${measure} grew by ${inFigures(grew)} an hour, where ${most} is the most`]
    return leastTold(grew, measure) > MUST_TELL[measure]
      ? [`it cannot tell whether ${measure} grew: the standard error is ${grew.error.toFixed(1)} an hour`]
      : []
  })
}
