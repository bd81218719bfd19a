import { fictionalNumber, ownNumbers } from './demo-texts.js'
import type { Draws } from './draws.js'
import type { Incident } from './incident.js'
import { reached, reachedAt, stepsFrom, type Step } from './life-cycle.js'
import { rfc2822, type RawCall } from './raw-records.js'

/** What a call is made from. */
export interface CallSeed {
  readonly sid: string
  readonly accountSid: string
  readonly bornAt: number
  readonly draws: Draws
  readonly incident: Incident | null
}

const billedAfterMs = 6_000

/** The call as Twilio would show it at `now` (milliseconds). */
export function demoCall(seed: CallSeed, now: number): RawCall {
  const { sid, accountSid, bornAt, draws } = seed
  const isInbound = draws.chance(0.35)
  const own = draws.pick(ownNumbers)
  const other = fictionalNumber(draws)
  const from = isInbound ? other : own
  const to = isInbound ? own : other
  const behind = reached(isInbound ? inboundSteps(seed) : outboundSteps(seed), now)
  const { status, at: statusAt } = behind.at(-1) ?? { status: 'queued', at: bornAt }
  const startedAt = reachedAt(behind, 'ringing')
  const answeredAt = reachedAt(behind, 'in-progress')
  const endedAt = reachedAt(behind, 'completed')
  const billedAt = endedAt === null ? Infinity : endedAt + billedAfterMs
  const seconds = endedAt === null || answeredAt === null ? null : Math.round((endedAt - answeredAt) / 1_000)
  const uri = `/2010-04-01/Accounts/${accountSid}/Calls/${sid}`
  return {
    sid,
    account_sid: accountSid,
    parent_call_sid: null,
    phone_number_sid: phoneNumberSid(own),
    direction: isInbound ? 'inbound' : 'outbound-api',
    from,
    from_formatted: formatted(from),
    to,
    to_formatted: formatted(to),
    status,
    start_time: startedAt === null ? null : rfc2822(startedAt),
    end_time: endedAt === null ? null : rfc2822(endedAt),
    duration: seconds === null ? null : String(seconds),
    price: seconds !== null && now >= billedAt ? `-${(Math.ceil(seconds / 60) * 0.014).toFixed(5)}` : null,
    price_unit: 'USD',
    answered_by: null,
    forwarded_from: null,
    caller_name: null,
    group_sid: null,
    trunk_sid: null,
    queue_time: String(draws.between(0, 900)),
    api_version: '2010-04-01',
    date_created: rfc2822(bornAt),
    date_updated: rfc2822(now >= billedAt ? billedAt : statusAt),
    uri: `${uri}.json`,
    subresource_uris: { recordings: `${uri}/Recordings.json`, events: `${uri}/Events.json` },
  }
}

function inboundSteps({ bornAt, draws }: CallSeed): readonly Step[] {
  return stepsFrom(bornAt, [['ringing', 0], ...conversation(draws)])
}

function outboundSteps({ bornAt, draws, incident }: CallSeed): readonly Step[] {
  const queued = ['queued', 0] as const
  const ringing = ['ringing', draws.between(1_000, 3_000)] as const
  if (draws.chance(incident?.kind === 'trunk-outage' ? 0.6 : 0.02)) {
    return stepsFrom(bornAt, [queued, ['failed', draws.between(600, 2_500)]])
  }
  if (draws.chance(0.1)) return stepsFrom(bornAt, [queued, ringing, ['busy', draws.between(1_000, 5_000)]])
  if (draws.chance(0.12)) {
    return stepsFrom(bornAt, [queued, ringing, ['no-answer', draws.between(25_000, 30_000)]])
  }
  if (draws.chance(0.03)) return stepsFrom(bornAt, [queued, ['canceled', draws.between(500, 2_000)]])
  return stepsFrom(bornAt, [queued, ringing, ...conversation(draws)])
}

function conversation(draws: Draws): readonly (readonly [string, number])[] {
  return [
    ['in-progress', draws.between(2_000, 12_000)],
    ['completed', draws.between(8_000, 180_000)],
  ]
}

/** Each of the account's own numbers has one for good. */
function phoneNumberSid(own: string): string {
  return `PN${own.slice(1).padStart(32, '0')}`
}

function formatted(number: string): string {
  return `(${number.slice(2, 5)}) ${number.slice(5, 8)}-${number.slice(8)}`
}
