import { explainErrorCode } from '../sources/error-codes.js'
import { fictionalNumber, inboundBody, outboundBody, ownNumbers } from './demo-texts.js'
import type { Draws } from './draws.js'
import type { Incident } from './incident.js'
import { reached, reachedAt, stepsFrom, type Step } from './life-cycle.js'
import { rfc2822, type RawMessage } from './raw-records.js'

/** What a message is made from. */
export interface MessageSeed {
  readonly sid: string
  readonly accountSid: string
  readonly bornAt: number
  readonly draws: Draws
  readonly incident: Incident | null
  /** It fails, within seven seconds and with one of the delivery codes 30003 to 30008. */
  readonly failsSoon: boolean
}

interface Plan {
  readonly steps: readonly Step[]
  readonly errorCode: number | null
}

const messagingServiceSid = 'MG3f1c5a0d9e2b47868a40c1d7e95b6f20'
const billedAfterMs = 4_000

/** The message as Twilio would show it at `now` (milliseconds). */
export function demoMessage(seed: MessageSeed, now: number): RawMessage {
  const { sid, accountSid, bornAt, draws } = seed
  const isInbound = !seed.failsSoon && draws.chance(0.2)
  const byService = !isInbound && draws.chance(0.15)
  const service = byService ? messagingServiceSid : null
  const own = draws.pick(ownNumbers)
  const other = fictionalNumber(draws)
  const body = isInbound ? inboundBody(draws) : outboundBody(draws)
  const plan = isInbound ? inboundPlan(seed) : outboundPlan(seed, byService)
  const behind = reached(plan.steps, now)
  const { status, at: statusAt } = behind.at(-1) ?? { status: 'queued', at: bornAt }
  const errorCode = status === 'failed' || status === 'undelivered' ? plan.errorCode : null
  const sentAt = reachedAt(behind, 'sent', 'received')
  const billedAt = sentAt === null ? Infinity : sentAt + billedAfterMs
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${sid}`
  return {
    sid,
    account_sid: accountSid,
    messaging_service_sid: service,
    body,
    direction: isInbound ? 'inbound' : 'outbound-api',
    // A messaging service picks the sender, and only then counts segments.
    from: isInbound ? other : status === 'accepted' ? null : own,
    to: isInbound ? own : other,
    status,
    error_code: errorCode,
    error_message: errorCode === null ? null : explainErrorCode(String(errorCode)).name,
    num_segments: status === 'accepted' ? '0' : '1',
    num_media: '0',
    price: now >= billedAt ? '-0.00790' : null,
    price_unit: 'USD',
    api_version: '2010-04-01',
    date_created: rfc2822(bornAt),
    date_sent: sentAt === null ? null : rfc2822(sentAt),
    date_updated: rfc2822(now >= billedAt ? Math.max(billedAt, statusAt) : statusAt),
    uri: `${uri}.json`,
    subresource_uris: { media: `${uri}/Media.json` },
  }
}

function inboundPlan({ bornAt, draws }: MessageSeed): Plan {
  const parts = [['receiving', 0] as const, ['received', draws.between(200, 1_500)] as const]
  return { steps: stepsFrom(bornAt, parts), errorCode: null }
}

function outboundPlan(seed: MessageSeed, byService: boolean): Plan {
  const { draws } = seed
  const opening: [string, number][] = byService
    ? [
        ['accepted', 0],
        ['queued', draws.between(200, 500)],
      ]
    : [['queued', 0]]
  opening.push(['sending', draws.between(300, 1_000)])
  const { parts, errorCode } = ending(seed)
  return { steps: stepsFrom(seed.bornAt, [...opening, ...parts]), errorCode }
}

function ending({ draws, failsSoon, incident }: MessageSeed): {
  readonly parts: readonly (readonly [string, number])[]
  readonly errorCode: number | null
} {
  const outage = incident?.kind === 'carrier-outage'
  const isBad = failsSoon || draws.chance(outage ? 0.5 : 0.02)
  const sent = ['sent', draws.between(400, 1_500)] as const
  if (!isBad) {
    // Some carriers return no receipt, so `sent` is the last that is ever heard.
    const receipt = ['delivered', draws.between(800, 12_000)] as const
    return { parts: draws.chance(0.04) ? [sent] : [sent, receipt], errorCode: null }
  }
  if (draws.chance(0.3)) {
    const errorCode = failsSoon ? draws.pick([30007, 30008]) : draws.pick([30001, 30008, 30034])
    return { parts: [['failed', draws.between(300, 1_500)]], errorCode }
  }
  const errorCode = outage
    ? draws.pick([30003, 30003, 30008])
    : draws.pick([30003, 30005, 30006, 30007, 30008])
  const wait = failsSoon ? draws.between(500, 3_000) : draws.between(2_000, 45_000)
  return { parts: [sent, ['undelivered', wait]], errorCode }
}
