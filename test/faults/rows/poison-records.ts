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

/** Deaths before a record is passed over: one that shows nothing, one of its page, three of it alone, as docs/concepts.md promises. */
const DEATHS = 5

/** How a poisoned record is told from all others: by its text, which the database meets here with what its name says. */
const REFUSED = 'refused when it is stored'
const UNJUDGED = 'refused when its alert is opened'
const DEADLY = 'kills whoever stores it'

const triggers = [
  `CREATE FUNCTION meet_log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
     IF NEW.text = '${REFUSED}' THEN RAISE EXCEPTION 'out of range' USING ERRCODE = '22003'; END IF;
     IF NEW.text = '${DEADLY}' THEN PERFORM pg_sleep(60); END IF;
     RETURN NEW; END $$`,
  `CREATE TRIGGER meet BEFORE INSERT ON logs FOR EACH ROW EXECUTE FUNCTION meet_log()`,
  `CREATE FUNCTION meet_alert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
     IF (SELECT text FROM logs WHERE id = NEW.log_id) = '${UNJUDGED}' THEN
       RAISE EXCEPTION 'out of range' USING ERRCODE = '22003'; END IF;
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
    await watchFailures(product, toWebhook(bed))
    for (const statement of triggers) await bed.database.query(statement)
    addMessages(bed, { failed: 20, delivered: 100 })
    const [refused, unjudged, deadly] = [REFUSED, UNJUDGED, DEADLY].map(
      (body) => bed.twilio.world.addMessage({ status: 'undelivered', error_code: FAILED, body }).sid,
    )
    addMessages(bed, { failed: 20, delivered: 100 })
    const begunAt = performance.now()
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
    const broken: string[] = []
    const [late] = await bed.database.query<{ ms: number }>(
      `SELECT extract(epoch FROM max(d.completed_at) - min(l.created_at))::float8 * 1000 AS ms
         FROM deliveries d JOIN logs l ON l.id = d.log_id`,
    )
    const { health } = await product.graphql<{ health: { messages: string[] } }>('{ health { messages } }')
    if (!health.messages.some((message) => message.startsWith('A status of a log could not be judged')))
      broken.push(`health says nothing of what could not be judged: ${health.messages.join(' ')}`)
    const kept = await bed.database.query<{ reason: string }>('SELECT reason FROM unreadable_records')
    if (kept.length !== 2) broken.push(`${kept.length} records were set aside, not 2`)
    const unseen = await bed.database.query('SELECT FROM log_transitions WHERE set_aside IS NOT NULL')
    if (unseen.length !== 1) broken.push(`${unseen.length} statuses were set aside, not 1`)
    broken.push(...(await endWell(product)))
    return proof({
      ...(await compareLedgers(bed, webhookSends(bed.http.received), expected)),
      broken,
      notes: [
        `all others were stored and delivered ${seconds(late?.ms ?? 0)} after the first`,
        `all was over ${seconds(performance.now() - begunAt)} after they came`,
      ],
    })
  },
}

/** Ends who stores the deadly record, and its connection; answers whether anybody did. */
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
