import type { Product } from '../../fixtures/product.js'
import type { Bed } from '../bed.js'
import { type Fault, proof } from '../fault.js'
import { compareLedgers, endWell, webhookSends } from '../ledgers.js'
import { seconds } from '../report.js'
import { until } from '../until.js'
import {
  addMessages,
  FAILED,
  failedSids,
  recordedSids,
  toWebhook,
  untilSettled,
  watchFailures,
} from '../work.js'

/**
 * Deaths before a record or a status is passed over: one that shows nothing, one of what was in hand with it, three of it alone, as
 * docs/concepts.md promises.
 */
const DEATHS = 5
/** How long all others may wait meanwhile. */
const OTHERS_MS = 60_000

/** How a poisoned record is told from all others: by its text, which the database meets here with what its name says. */
const REFUSED = 'refused when it is stored'
const UNJUDGED = 'refused when its alert is opened'
const DEADLY = 'kills whoever stores it'
const DEADLY_JUDGED = 'kills whoever judges it'

const triggers = [
  `CREATE FUNCTION meet_log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
     IF NEW.text = '${REFUSED}' THEN RAISE EXCEPTION 'out of range' USING ERRCODE = '22003'; END IF;
     IF NEW.text = '${DEADLY}' THEN PERFORM pg_sleep(60); END IF;
     RETURN NEW; END $$`,
  `CREATE TRIGGER meet BEFORE INSERT ON logs FOR EACH ROW EXECUTE FUNCTION meet_log()`,
  `CREATE FUNCTION meet_alert() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE met text; BEGIN
     SELECT text INTO met FROM logs WHERE id = NEW.log_id;
     IF met = '${UNJUDGED}' THEN RAISE EXCEPTION 'out of range' USING ERRCODE = '22003'; END IF;
     IF met = '${DEADLY_JUDGED}' THEN PERFORM pg_sleep(60); END IF;
     RETURN NEW; END $$`,
  `CREATE TRIGGER meet BEFORE INSERT ON alerts FOR EACH ROW EXECUTE FUNCTION meet_alert()`,
]

export const poisonRecords: Fault = {
  row: 4,
  alias: 'poison-records',
  name: 'records of a list that Postgres refuses, that cannot be judged, or that kill who stores them',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    let product = await bed.ready()
    const [refused, unjudged, deadly] = await poison(bed, product, [REFUSED, UNJUDGED, DEADLY])
    const begunAt = performance.now()
    const cameAt = Date.now()
    const expected = {
      recorded: recordedSids(bed).filter((sid) => sid !== refused && sid !== deadly),
      failed: failedSids(bed).filter((sid) => sid !== refused && sid !== deadly && sid !== unjudged),
    }
    for (let deaths = 1; deaths <= DEATHS; deaths++) {
      await until('the deadly record is being stored', () => endsSleeper(bed, () => product.kill()))
      bed.progress(`death ${deaths} of ${DEATHS}`)
      product = await bed.ready()
    }
    await untilSettled(bed, undefined, expected)
    await until('the list is read to its end', async () => (await setAside(bed)).includes(`${deadly}`))
    const others = await waitOfOthers(bed, 'first')
    const [last] = await bed.database.query<{ at: Date }>('SELECT max(completed_at) AS at FROM deliveries')
    const afterAll = (last?.at.getTime() ?? Infinity) - cameAt
    const broken = [...others.broken, ...(await healthSaysSo(product))]
    if (afterAll > OTHERS_MS)
      broken.push(`the last of all others was delivered ${seconds(afterAll)} after they came`)
    const kept = await bed.database.query<{ reason: string }>('SELECT reason FROM unreadable_records')
    if (kept.length !== 2) broken.push(`${kept.length} records were set aside, not 2`)
    const unseen = await statusesSetAside(bed)
    if (unseen.length !== 1) broken.push(`${unseen.length} statuses were set aside, not 1`)
    broken.push(...(await endWell(product)))
    return proof({
      ...(await compareLedgers(bed, webhookSends(bed.http.received), expected)),
      broken,
      notes: [
        `all others were stored and delivered ${seconds(others.ms)} after the first of them was stored, ${seconds(afterAll)} after they came`,
        `all was over ${seconds(performance.now() - begunAt)} after they came`,
      ],
    })
  },
}

export const poisonStatus: Fault = {
  row: 4,
  alias: 'poison-status',
  name: 'a status that kills who judges it: it is passed over, all others are judged and delivered within a minute',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    let product = await bed.ready()
    const [deadly] = await poison(bed, product, [DEADLY_JUDGED])
    const begunAt = performance.now()
    let deaths = 0
    await until(
      'the deadly status is passed over',
      async () => {
        if (!(await endsSleeper(bed, () => product.kill()))) return (await statusesSetAside(bed)).length > 0
        bed.progress(`death ${++deaths} of ${DEATHS}`)
        // What comes meanwhile is not held up either.
        addMessages(bed, { failed: 1, delivered: 5 })
        product = await bed.ready()
        return false
      },
      180_000,
    )
    const over = performance.now() - begunAt
    const failed = failedSids(bed).filter((sid) => sid !== deadly)
    await untilSettled(bed, undefined, { recorded: recordedSids(bed), failed })
    const others = await waitOfOthers(bed, 'each')
    const broken = [...others.broken, ...(await healthSaysSo(product))]
    if (deaths !== DEATHS) broken.push(`${deaths} processes died, not ${DEATHS}`)
    const reasons = await statusesSetAside(bed)
    if (reasons.join() !== '3 processes died while they judged it alone')
      broken.push(`what was set aside: ${reasons.join(', ')}`)
    broken.push(...(await endWell(product)))
    // Asked at its end: until then the line may wait for its turn behind others.
    if (!product.lines.some((line) => line.includes('a status could not be judged and was set aside')))
      broken.push('the log does not say what was set aside')
    return proof({
      ...(await compareLedgers(bed, webhookSends(bed.http.received), {
        recorded: recordedSids(bed),
        failed,
      })),
      broken,
      notes: [
        `all others were delivered ${seconds(others.ms)} after they were stored at most`,
        `all was over ${seconds(over)} after they came`,
      ],
    })
  },
}

/** Makes records with these texts, in the middle of others, which fire as well; answers their SIDs. */
async function poison(bed: Bed, product: Product, texts: readonly string[]): Promise<string[]> {
  await watchFailures(product, toWebhook(bed))
  for (const statement of triggers) await bed.database.query(statement)
  addMessages(bed, { failed: 20, delivered: 100 })
  const poisoned = texts.map((body) =>
    bed.twilio.world.addMessage({ status: 'undelivered', error_code: FAILED, body }),
  )
  addMessages(bed, { failed: 20, delivered: 100 })
  return poisoned.map(({ sid }) => sid)
}

/** Ends who meets the deadly record, and its connection; answers whether anybody did. */
async function endsSleeper(bed: Bed, kill: () => Promise<unknown>): Promise<boolean> {
  const sleeping = await bed.database.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`,
  )
  if (sleeping.length === 0) return false
  await kill()
  for (const { pid } of sleeping) await bed.database.query('SELECT pg_terminate_backend($1)', [pid])
  return true
}

async function setAside(bed: Bed): Promise<string[]> {
  const [cursor] = await bed.database.query<{ set_aside: string[] }>(
    `SELECT set_aside FROM poll_cursors WHERE source = 'messages' AND deaths = 0`,
  )
  return cursor?.set_aside ?? []
}

async function statusesSetAside(bed: Bed): Promise<string[]> {
  const rows = await bed.database.query<{ reason: string }>(
    'SELECT set_aside AS reason FROM log_transitions WHERE set_aside IS NOT NULL',
  )
  return rows.map(({ reason }) => reason)
}

/** How long the others waited for their deliveries at most: from when the first of all was stored, or each its log. */
async function waitOfOthers(bed: Bed, from: 'first' | 'each'): Promise<{ ms: number; broken: string[] }> {
  const wait = {
    first: 'max(d.completed_at) - min(l.created_at)',
    each: 'max(d.completed_at - l.created_at)',
  }
  const [late] = await bed.database.query<{ ms: number }>(
    `SELECT extract(epoch FROM ${wait[from]})::float8 * 1000 AS ms FROM deliveries d JOIN logs l ON l.id = d.log_id`,
  )
  const ms = late?.ms ?? Infinity
  return { ms, broken: ms > OTHERS_MS ? [`all others were delivered after ${seconds(ms)} only`] : [] }
}

async function healthSaysSo(product: Product): Promise<string[]> {
  const { health } = await product.graphql<{ health: { messages: string[] } }>('{ health { messages } }')
  return health.messages.some((message) => message.startsWith('A status of a log could not be judged'))
    ? []
    : [`health says nothing of what could not be judged: ${health.messages.join(' ')}`]
}
