import { setTimeout as pause } from 'node:timers/promises'
import type { Product } from '../../fixtures/product.js'
import type { Bed } from '../bed.js'
import { type Fault, type Proof, proof } from '../fault.js'
import { compareLedgers, endWell, sendsTo } from '../ledgers.js'
import {
  BEATS_MS,
  beats,
  degradations,
  heartbeatOf,
  noticeTroubles,
  untilItBeats,
  untilNoticed,
  untilNoticedOver,
} from '../parts/watching-itself.js'
import { seconds } from '../report.js'
import { until } from '../until.js'
import { addMessages, FAILED, toWebhook, untilSettled, watchFailures } from '../work.js'

/** A minute, which is what a list gets however short the interval; the look that finds it, and what a loaded machine takes. */
const NOTICED_MS = 90_000
/** The shortest interval of which three are that minute, in seconds; and those, one look more, and what a loaded machine takes. */
const SELDOM = 20
const NOTICED_SELDOM_MS = 3 * 1_000 * SELDOM + 5_000 + 3_000

export const pollerHangs: Fault = {
  row: 44,
  name: 'Twilio takes requests and never answers: the watcher is watched, and tells of itself',
  needs: ['server'],
  runs: 1,
  run: (bed) =>
    whileNothingIsRead(bed, {
      begin: () => bed.twilio.faults.next(() => undefined, { times: Infinity }),
      end: () => bed.twilio.faults.clear(),
    }),
}

/** The polls go on and end well, and none of it is written down. */
const FREEZE = `CREATE FUNCTION freeze_poll() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN NEW.last_success_at := OLD.last_success_at; RETURN NEW; END $$`

const frozenPollClock = (bed: Bed): Standstill => ({
  begin: async () => {
    await bed.database.query(FREEZE)
    await bed.database.query(
      'CREATE TRIGGER freeze_poll BEFORE UPDATE ON poll_cursors FOR EACH ROW EXECUTE FUNCTION freeze_poll()',
    )
  },
  end: () => bed.database.query('DROP TRIGGER freeze_poll ON poll_cursors'),
})

export const pollClockFrozen: Fault = {
  row: 44,
  name: 'the time of the last poll stands still although polls go on: the watcher is watched, and tells of itself',
  needs: ['server'],
  runs: 1,
  run: (bed) => whileNothingIsRead(bed, frozenPollClock(bed)),
}

export const pollClockFrozenSeldomPolled: Fault = {
  row: 44,
  alias: 'seldom-polled',
  name: 'the same at an interval of 20 s: noticed after three intervals and one look',
  needs: ['server'],
  runs: 1,
  run: (bed) =>
    whileNothingIsRead(bed, frozenPollClock(bed), { intervalSeconds: SELDOM, noticedMs: NOTICED_SELDOM_MS }),
}

interface Standstill {
  begin(): unknown
  end(): unknown
}

async function whileNothingIsRead(
  bed: Bed,
  { begin, end }: Standstill,
  { intervalSeconds, noticedMs } = { intervalSeconds: 1, noticedMs: NOTICED_MS },
): Promise<Proof> {
  const broken: string[] = []
  const product = await bed.ready({
    ...heartbeatOf(bed),
    POLL_INTERVAL_SECONDS: String(intervalSeconds),
  })
  await watchFailures(product, toWebhook(bed))
  await noticeTroubles(bed, product)
  await untilItBeats(bed)
  if ((await product.status('/status/poller')) !== 200) broken.push('/status/poller was not 200 at first')
  bed.progress('nothing is read any more')
  await begin()
  const begunAt = performance.now()
  addMessages(bed, { failed: 5 })
  const noticed = await untilPollerSays(503, product)
  const beaten = beats(bed)
  await until('/readyz says why it is degraded', async () =>
    (await degradations(product)).includes('last read to their end'),
  )
  const degraded = performance.now() - begunAt
  if (degraded > noticedMs) broken.push(`/readyz was degraded after ${seconds(degraded)} only`)
  broken.push(...(await untilNoticed(bed)))
  if ((await product.status('/readyz')) !== 200) broken.push('/readyz was not 200')
  await pause(1_000 * intervalSeconds + BEATS_MS)
  if (beats(bed) > beaten) broken.push('the heartbeat went on')
  await end()
  const recovered = await untilPollerSays(200, product)
  broken.push(...(await untilNoticedOver(bed)))
  await untilItBeats(bed)
  await untilSettled(bed)
  broken.push(...(await endWell(product)))
  return proof({
    ...(await compareLedgers(bed, sendsTo('/hook', bed))),
    recoveredMs: [recovered],
    recovery: 'until /status/poller is 200',
    broken,
    notes: [
      `noticed after ${seconds(noticed)}, /readyz degraded after ${seconds(degraded)}, one notice of it and one of its end, no heartbeat between`,
    ],
  })
}

function untilPollerSays(status: number, product: Product): Promise<number> {
  return until(
    `/status/poller says ${status}`,
    async () => (await product.status('/status/poller')) === status,
  )
}

export const patternUnreadable: Fault = {
  row: 44,
  name: 'what is stored of a rule can no longer be read: the others go on, the watcher is watched',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const broken: string[] = []
    const product = await bed.ready(heartbeatOf(bed))
    await watchFailures(product, toWebhook(bed))
    const { createRule } = await product.graphql<{ createRule: { rule: { id: string } } }>(
      'mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id } } }',
      { input: { name: 'the broken one', patternType: 'ERROR_CODE', patternValue: '1' } },
    )
    await noticeTroubles(bed, product)
    await untilItBeats(bed)
    bed.progress('what is stored of a rule is no pattern any more')
    await bed.database.query(
      `WITH broken AS (UPDATE rules SET pattern_type = 'regex', pattern_value = '(' WHERE id = $1)
       UPDATE system_state SET rule_revision = rule_revision + 1`,
      [createRule.rule.id],
    )
    addMessages(bed, { failed: 20, delivered: 200 })
    const noticed = await until('/readyz names the rule', async () =>
      (await degradations(product)).includes('the broken one'),
    )
    const beaten = beats(bed)
    const settled = await untilSettled(bed)
    for (const path of ['/readyz', '/status/poller'])
      if ((await product.status(path)) !== 200) broken.push(`${path} was not 200`)
    await pause(BEATS_MS)
    if (beats(bed) > beaten) broken.push('the heartbeat went on')
    broken.push(...(await untilNoticed(bed)))
    await product.graphql(
      'mutation ($id: ID!, $input: UpdateRuleInput!) { updateRule(id: $id, input: $input) { rule { id } } }',
      { id: createRule.rule.id, input: { patternType: 'ERROR_CODE', patternValue: `!${FAILED},1` } },
    )
    await untilItBeats(bed)
    await until('/readyz names nothing', async () => (await degradations(product)) === '')
    broken.push(...(await untilNoticedOver(bed)))
    broken.push(...(await endWell(product)))
    return proof({
      ...(await compareLedgers(bed, sendsTo('/hook', bed))),
      recoveredMs: [settled],
      recovery: 'from the notice until nothing of the other rules is owed',
      broken,
      notes: [
        `noticed after ${seconds(noticed)}, one notice of it and one of its end, no heartbeat until the rule was edited`,
      ],
    })
  },
}
