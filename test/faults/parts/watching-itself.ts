import { type Product, productKey } from '../../fixtures/product.js'
import type { Bed } from '../bed.js'
import { until } from '../until.js'

const HEARTBEAT = '/heartbeat'
const NOTICES = '/system'
/** Longer than the heartbeat takes for its next look, and the next but one. */
export const BEATS_MS = 12_000

/** The setting by which the product calls this bed's sink while all is well. */
export function heartbeatOf(bed: Bed): { HEARTBEAT_URL: string } {
  return { HEARTBEAT_URL: `http://127.0.0.1:${bed.http.port}${HEARTBEAT}` }
}

export function beats(bed: Bed): number {
  return bed.http.received.filter(({ path }) => path === HEARTBEAT).length
}

export async function untilItBeats(bed: Bed): Promise<void> {
  const before = beats(bed)
  await until('the heartbeat is heard', () => beats(bed) > before)
}

/** Makes a rule for what the product may have to say of itself, with a webhook to the same sink. */
export async function noticeTroubles(bed: Bed, product: Product): Promise<void> {
  await product.graphql('mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id } } }', {
    input: {
      name: 'GiftPulse itself',
      patternType: 'SYSTEM',
      patternValue: 'SOURCE_STALE,CREDENTIALS_REFUSED,RULE_FAILS,ACTION_FAILS',
      actions: [{ actionType: 'WEBHOOK', config: { url: `http://127.0.0.1:${bed.http.port}${NOTICES}` } }],
    },
  })
}

/** What it said of itself so far, a word each: triggered, resolved. */
export function notices(bed: Bed): string[] {
  return bed.http.received
    .filter(({ path }) => path === NOTICES)
    .map(({ body }) => (JSON.parse(body) as { type: string }).type.replace('alert.', ''))
}

/** Actions are told of two minutes after they began to fail, lists after a minute and a half. */
const TOLD_MS = 180_000

/** Waits for one notice of each thing that is wrong, and complains of more. */
export async function untilNoticed(bed: Bed, things = 1): Promise<string[]> {
  await until('somebody is told what is wrong', () => notices(bed).length >= things, TOLD_MS)
  return toldOnly(bed, ...Array<string>(things).fill('triggered'))
}

/** Waits for the notice of each that it is over, and complains of more than the two. */
export async function untilNoticedOver(bed: Bed, things = 1): Promise<string[]> {
  const over = () => notices(bed).filter((kind) => kind === 'resolved').length >= things
  await until('somebody is told that it is over', over)
  return toldOnly(bed, ...Array<string>(things).fill('triggered'), ...Array<string>(things).fill('resolved'))
}

export function toldOnly(bed: Bed, ...expected: readonly string[]): string[] {
  const told = notices(bed).join(', ')
  return told === expected.join(', ') ? [] : [`of itself it said: ${told}`]
}

/** What /readyz names, with the key: nothing while all is well. */
export async function degradations(product: Product): Promise<string> {
  const response = await fetch(`${product.url}/readyz`, { headers: { 'x-api-key': productKey } })
  const { reasons } = (await response.json()) as { reasons: string[] }
  return reasons.join(' ')
}
