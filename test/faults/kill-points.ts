import type { Received } from '../actions/http-sink.js'
import type { Bed } from './bed.js'
import { standsForOthers } from './folding-ledger.js'

/** A moment in the product's work at which it is killed: when what it sends passes by, on its way to a service or back. */
export interface KillPoint {
  readonly name: string
  /** The statements that must pass by, where it waits for some: each as it stands in the sources. */
  readonly texts?: readonly string[]
  arm(bed: Bed, kill: () => void): void
}

const statement = (name: string, when: 'asked' | 'answered', ...texts: string[]): KillPoint => ({
  name,
  texts,
  arm: ({ postgres }, kill) => postgres.tripwire(texts, when, kill),
})

/** While the web server has what it is sent, or once it has answered; all that is not meant is answered well. */
const atReceiver = (
  name: string,
  when: 'asked' | 'answered',
  isMeant: (request: Received) => boolean = () => true,
): KillPoint => ({
  name,
  arm: ({ http }, kill) =>
    http.answerWith((response, request) => {
      if (when === 'answered' || !isMeant(request)) response.end('ok')
      if (isMeant(request)) kill()
    }),
})

const INSERT_LOGS = 'INSERT INTO logs'
const END_OF_SWEEP = 'first_sweep_done = true, last_sweep_started_at'
const JUDGE = 'FROM log_transitions t JOIN logs l'
const MARK_JUDGED = 'WITH told AS'
const INSERT_ALERTS = 'INSERT INTO alerts'
const INSERT_DELIVERIES = 'INSERT INTO deliveries (alert_id, rule_id'
const CLAIM = 'UPDATE deliveries d SET lease_token = gen_random_uuid()'
const MAKE_FOLD = 'INSERT INTO deliveries (alert_id, rule_id, log_id, action_id, kind'
const FOLD = "SET status = 'suppressed', success = false, folded_into"
const ASK_FOR_ROOM = 'AS waiting FROM actions a'
const BEGIN = 'INSERT INTO delivery_attempts'
const END = "status = CASE WHEN e.success THEN 'delivered'"

/** From the request for a page to the cursor behind it. */
export const ingestPoints: readonly KillPoint[] = [
  {
    name: 'while Twilio answers',
    arm: ({ twilio }, kill) => twilio.faults.next(kill, { source: 'messages' }),
  },
  statement('before a page is looked up', 'asked', 'AS seen(sid, hash)'),
  statement('before a page is stored', 'asked', INSERT_LOGS),
  statement('after a page was stored', 'answered', INSERT_LOGS),
  {
    name: 'between two pages',
    arm: ({ twilio }, kill) => {
      twilio.faults.next((_exchange, next) => next(), { source: 'messages' })
      twilio.faults.next(kill, { source: 'messages' })
    },
  },
  statement('before the cursor moves', 'asked', END_OF_SWEEP),
  statement('after the cursor moved', 'answered', END_OF_SWEEP),
  statement('before judging', 'asked', JUDGE),
  statement('while the feed is written', 'answered', MARK_JUDGED),
  statement('after alerts were opened', 'answered', INSERT_ALERTS),
  statement('after deliveries were owed', 'answered', INSERT_DELIVERIES),
  statement('before the judge commits', 'asked', INSERT_DELIVERIES, 'COMMIT'),
  statement('after the judge committed', 'answered', INSERT_DELIVERIES, 'COMMIT'),
]

/** From the claim to the record of what came of it. */
export const deliveryPoints: readonly KillPoint[] = [
  statement('before a claim', 'asked', CLAIM),
  statement('after a claim', 'answered', CLAIM),
  statement('before the claim commits', 'asked', CLAIM, 'COMMIT'),
  statement('after the claim committed', 'answered', CLAIM, 'COMMIT'),
  statement('before a try is marked begun', 'asked', BEGIN),
  statement('after a try was marked begun', 'answered', BEGIN),
  atReceiver('while the receiver has it', 'asked'),
  atReceiver('after the receiver answered', 'answered'),
  statement('before the end is recorded', 'asked', END),
  statement('after the end was recorded', 'answered', END),
  statement('before the end commits', 'asked', END, 'COMMIT'),
  statement('after the end committed', 'answered', END, 'COMMIT'),
]

/** From the finding that more is owed than may be sent to the message that stands for it. */
export const foldPoints: readonly KillPoint[] = [
  statement('before a folding message is made', 'asked', MAKE_FOLD),
  statement('after a folding message was made', 'answered', MAKE_FOLD),
  statement('before what is over is folded', 'asked', FOLD),
  statement('after what is over was folded', 'answered', FOLD),
  statement('before the folding commits', 'asked', FOLD, 'COMMIT'),
  statement('after the folding committed', 'answered', FOLD, 'COMMIT'),
  statement('before what is over is folded as it is made', 'asked', ASK_FOR_ROOM, INSERT_ALERTS),
  statement('after what is over was folded as it was made', 'answered', ASK_FOR_ROOM, INSERT_ALERTS),
  statement('before the judge commits what it folded', 'asked', ASK_FOR_ROOM, INSERT_ALERTS, 'COMMIT'),
  statement('after the judge committed what it folded', 'answered', ASK_FOR_ROOM, INSERT_ALERTS, 'COMMIT'),
  atReceiver('while the receiver has a folding message', 'asked', standsForOthers),
  atReceiver('after the receiver answered a folding message', 'answered', standsForOthers),
]

/** A point for each run. A seed begins at another one, so that short runs of several seeds see them all. */
export function pointsInTurn({ draws, runs }: Bed, points: readonly KillPoint[]): readonly KillPoint[] {
  const first = draws.between(0, points.length - 1)
  return Array.from({ length: runs }, (_, run) => points[(first + run) % points.length] as KillPoint)
}

/** Nothing is armed any more. */
export function disarm({ twilio, http }: Bed): void {
  twilio.faults.clear()
  http.answerWith((response) => response.end('ok'))
}
