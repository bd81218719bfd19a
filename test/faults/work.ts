import type { Product } from '../fixtures/product.js'
import type { Bed } from './bed.js'
import type { Account } from './ledgers.js'
import { until } from './until.js'

/** The error with which the failures of every row fail. */
export const FAILED = 30003

/** How long it may take until nothing is owed, unless a row says otherwise, in milliseconds. */
const PATIENCE_MS = 180_000

/** A failing source waits ten intervals of a second at most; two more to catch up, and what a loaded machine takes. */
export const CAUGHT_UP_MS = 20_000

/** A service that was away is used again within this time of its return, in milliseconds. */
export const BACK_MS = 10_000

/** For rows in which every send is to be seen: what comes within a minute is no storm that is to be folded. */
export const unlimited = { STORM_MAX_PER_MINUTE: '0' }

/** And longer than a row holds back an answer is waited for it. */
export const patient = { ...unlimited, WEBHOOK_TIMEOUT_SECONDS: '90' }

/** Makes a rule for all failures, with these actions, and waits until all lists were read once: what comes from now on fires. */
export async function watchFailures(
  product: Product,
  ...actions: readonly { readonly actionType: 'WEBHOOK' | 'EMAIL' | 'LOG'; readonly config: object }[]
): Promise<string> {
  const { createRule } = await product.graphql<{ createRule: { rule: { id: string } } }>(
    'mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id } } }',
    {
      input: {
        name: 'not delivered',
        patternType: 'ERROR_CODE',
        patternValue: String(FAILED),
        actions,
      },
    },
  )
  await untilSwept(product)
  return createRule.rule.id
}

export function toWebhook(bed: Bed): { actionType: 'WEBHOOK'; config: object } {
  return { actionType: 'WEBHOOK', config: { url: bed.http.url } }
}

export async function untilSwept(product: Product): Promise<void> {
  await until('every list was read once', async () => {
    const { health } = await product.graphql<{ health: { sources: { lastSuccessAt: string | null }[] } }>(
      '{ health { sources { lastSuccessAt } } }',
    )
    return health.sources.filter(({ lastSuccessAt }) => lastSuccessAt !== null).length === 3
  })
}

/** Messages that have just failed, among others that were delivered. */
export function addMessages(
  bed: Bed,
  { failed, delivered = 0 }: { failed: number; delivered?: number },
): void {
  for (let n = 0; n < delivered; n++) bed.twilio.world.addMessage()
  for (let n = 0; n < failed; n++) bed.twilio.world.addMessage({ status: 'undelivered', error_code: FAILED })
}

/** The SIDs of the records that fire. */
export function failedSids(bed: Bed): string[] {
  return bed.twilio.world
    .records('messages')
    .filter((record) => record['error_code'] === FAILED)
    .map(({ sid }) => sid)
}

export function recordedSids(bed: Bed): string[] {
  return (['messages', 'calls', 'alerts'] as const).flatMap((source) =>
    bed.twilio.world.records(source).map(({ sid }) => sid),
  )
}

/** Waits until all records are stored and judged, every failure has a delivery, and none is owed; answers how long that took. */
export async function untilSettled(
  bed: Bed,
  patienceMs = PATIENCE_MS,
  account: Account = { recorded: recordedSids(bed), failed: failedSids(bed) },
): Promise<number> {
  const stored = account.recorded.length
  const alerted = account.failed.length
  let now = { stored: 0, judged: 0, made: 0, owed: 0 }
  try {
    return await until(
      'everything is stored, judged and delivered',
      async () => {
        const [counted] = await bed.database.query<typeof now>(
          `SELECT (SELECT count(*)::int FROM logs) AS stored,
                  (SELECT count(*)::int FROM logs WHERE processed) AS judged,
                  (SELECT count(*)::int FROM deliveries WHERE kind <> 'fold') AS made,
                  (SELECT count(*)::int FROM deliveries WHERE status = 'pending') AS owed`,
        )
        if (!counted) return false
        now = counted
        return now.stored >= stored && now.judged >= stored && now.made >= alerted && now.owed === 0
      },
      patienceMs,
    )
  } catch (failure) {
    throw new Error(
      `of ${stored} records ${now.stored} are stored and ${now.judged} judged, of ${alerted} failures ${now.made} have a delivery, ${now.owed} are owed`,
      { cause: failure },
    )
  }
}
