import type { Product } from '../../fixtures/product.js'
import type { Bed } from '../bed.js'
import { type Fault, proof } from '../fault.js'
import { compareLedgers, endWell, webhookSends } from '../ledgers.js'
import { until } from '../until.js'
import { addMessages, patient, toWebhook, untilSettled, watchFailures } from '../work.js'

/** SIGTERM must have ended a process after this time, in milliseconds. */
const STOPPED_MS = 30_000

/** Of one action a process claims no more while more than ten are in flight: of two that makes more than twenty, and no claim on its way. */
const ACTIONS = 2
const OF_ONE_ACTION = 11

/** One of several, by the name that it tells Postgres. */
interface Replica {
  readonly name: string
  readonly product: Product
}

export const rollingRestart: Fault = {
  row: 43,
  name: 'SIGTERM with 20 sends in flight; two replicas restarted in turn under load',
  needs: ['server'],
  runs: 4,
  run: async (bed) => {
    const broken: string[] = []
    const stoppedMs: number[] = []
    const inFlight: number[] = []
    let count = 0
    const aReplica = async (): Promise<Replica> => {
      const name = `replica-${++count}`
      return { name, product: await bed.ready({ ...patient, PGOPTIONS: `-c faults.replica=${name}` }) }
    }
    const first = await aReplica()
    await noteWhoClaims(bed)
    await watchFailures(first.product, ...Array.from({ length: ACTIONS }, () => toWebhook(bed)))
    const replicas = [first, await aReplica()]
    for (let run = 0; run < bed.runs; run++) {
      bed.progress(`restart ${run + 1} of ${bed.runs}`)
      const held = new Map<unknown, () => void>()
      bed.http.answerWith(
        (response, { headers }) => void held.set(headers['webhook-id'], () => response.end('ok')),
      )
      addMessages(bed, { failed: 100 })
      const { name, product } = replicas.shift() as Replica
      let its: string[] = []
      await until('the one that is to go has taken on all that it takes', async () => {
        const tries = await openTriesOf(bed, name)
        its = tries.flatMap(({ ids }) => ids)
        const isFull = tries.length === ACTIONS && tries.every(({ ids }) => ids.length >= OF_ONE_ACTION)
        return isFull && its.every((id) => held.has(id))
      })
      inFlight.push(its.length)
      const askedAt = performance.now()
      const ending = endWell(product)
      await until('it has begun to stop', () => product.logged('stopping').length > 0)
      const claimed = await claimsOf(bed, name)
      // Room for more, and more that is owed: the other one takes it up.
      bed.http.answerWith((response) => void setTimeout(() => response.end('ok'), 300))
      addMessages(bed, { failed: 100 })
      for (const answer of held.values()) answer()
      broken.push(...(await ending))
      stoppedMs.push(performance.now() - askedAt)
      const after = (await claimsOf(bed, name)) - claimed
      if (after > 0) broken.push(`it claimed ${after} more after SIGTERM`)
      const cut = its.length - (await sentAtOnce(bed, its))
      if (cut > 0) broken.push(`${cut} of its sends were not ended by it`)
      replicas.push(await aReplica())
    }
    await untilSettled(bed)
    for (const { product } of replicas) broken.push(...(await endWell(product)))
    if (Math.max(...stoppedMs) > STOPPED_MS) broken.push('an end took longer than 30 s')
    const counts = await compareLedgers(bed, webhookSends(bed.http.received))
    return proof({
      ...counts,
      doubled: counts.doubled + counts.repeated,
      repeated: 0,
      recoveredMs: stoppedMs,
      recovery: 'from SIGTERM until the process has ended',
      broken,
      notes: [`${inFlight.join(', ')} sends of the one that went were in flight at SIGTERM`],
    })
  },
}

/** Notes from now on which process takes each lease. */
async function noteWhoClaims(bed: Bed): Promise<void> {
  for (const statement of [
    'CREATE TABLE claims_by (name text, token uuid)',
    `CREATE FUNCTION note_claim() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO claims_by VALUES (current_setting('faults.replica', true), NEW.lease_token); RETURN NEW; END $$`,
    `CREATE TRIGGER note_claim AFTER UPDATE ON deliveries FOR EACH ROW
       WHEN (NEW.lease_token IS NOT NULL AND NEW.lease_token IS DISTINCT FROM OLD.lease_token) EXECUTE FUNCTION note_claim()`,
  ])
    await bed.database.query(statement)
}

async function claimsOf(bed: Bed, name: string): Promise<number> {
  const claims = await bed.database.query('SELECT FROM claims_by WHERE name = $1', [name])
  return claims.length
}

/** The deliveries of each action that this process has begun to send and not ended. */
function openTriesOf(bed: Bed, name: string): Promise<{ ids: string[] }[]> {
  return bed.database.query(
    `SELECT array_agg(d.id) AS ids FROM delivery_attempts t
       JOIN claims_by c ON c.token = t.lease_token JOIN deliveries d ON d.id = t.delivery_id
      WHERE c.name = $1 AND t.ended_at IS NULL GROUP BY d.action_id`,
    [name],
  )
}

/** How many of these were delivered by their first try. */
async function sentAtOnce(bed: Bed, ids: readonly string[]): Promise<number> {
  const sent = await bed.database.query(
    `SELECT FROM deliveries WHERE id = ANY($1) AND status = 'delivered' AND attempt_count = 1`,
    [ids],
  )
  return sent.length
}
