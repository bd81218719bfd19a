import { stateOf } from './account.js'
import { type Played, textOf } from './play.js'
import { RETRIES } from './receiver.js'
import { expectedAlerts, type Transition } from './reference.js'
import type { State } from './steps.js'
import type { DeliveryRow } from './stored.js'

/** What is not as it must be once everything has come to rest, in words. */
export async function faultsOf(played: Played): Promise<string[]> {
  const transitions = await played.stored.transitions()
  return [
    ...played.broken,
    ...(await wrongLogs(played)),
    ...wrongHistories(played, transitions),
    ...transitions.filter(({ judged }) => !judged).map(({ sid }) => `a state of ${sid} was never judged`),
    ...(await wrongAlerts(played, transitions)),
    ...(await wrongDeliveries(played)),
    ...(await wrongFeed(played, transitions)),
  ]
}

/** The stored set is the source's set, each record as it is. */
async function wrongLogs({ account, stored }: Played): Promise<string[]> {
  const logs = await stored.logs()
  const expected = account.records.map((record) => {
    const { status, errorCode } = stateOf(record)
    return `${record.sid} ${status} ${textOf(errorCode)} processed`
  })
  const late = new Set(account.records.filter(({ isLate }) => isLate).map(({ sid }) => sid))
  return [
    ...difference(
      'log',
      expected,
      logs.map(
        ({ sid, status, code, processed }) => `${sid} ${status} ${code}${processed ? ' processed' : ''}`,
      ),
    ),
    ...logs
      .filter(({ sid, backfilled }) => backfilled && late.has(sid))
      .map(({ sid }) => `${sid} came after its list had been read to its end and is called backfill`),
  ]
}

/** What a log passed through is what its record passed through, nothing twice, and nothing left out that was once stored. */
function wrongHistories({ account, seen }: Played, transitions: readonly Transition[]): string[] {
  return account.records.flatMap(({ sid, life, now }) => {
    const passed = transitions
      .filter((transition) => transition.sid === sid && !transition.completes)
      .map(({ status, errorCode }) =>
        inShort({ status, errorCode: errorCode === null ? null : Number(errorCode) }),
      )
    const lived = life.states.slice(0, now + 1).map(inShort)
    const witnessed = (seen.get(sid) ?? []).map(inShort)
    if (!isWithin(passed, lived))
      return [`${sid} passed through ${passed.join()}, where its record did through ${lived.join()}`]
    return isWithin(witnessed, passed)
      ? []
      : [`${sid} was stored as ${witnessed.join()}, and of that only ${passed.join()} was kept`]
  })
}

async function wrongAlerts(
  { stored, versions }: Played,
  transitions: readonly Transition[],
): Promise<string[]> {
  const alerts = await stored.alerts()
  return [...versions].flatMap(([ruleId, ofRule]) => {
    const expected = expectedAlerts(ofRule, transitions)
    const known = new Map(expected.map(({ transition, matches }) => [transition, matches]))
    const name = (transition: number, matches: number | null | undefined) => {
      const { sid, status, errorCode } = transitions.find(({ id }) => id === transition) ?? {}
      return `${sid} ${status} ${errorCode} (transition ${transition}), ${matches ?? 'some'} matches`
    }
    return difference(
      `alert of the rule ${ruleId} (${ofRule.map(({ patternType, patternValue }) => `${patternType} ${patternValue}`).join(', then ')})`,
      expected.map(({ transition, matches }) => name(transition, matches)),
      alerts
        .filter((alert) => alert.ruleId === ruleId)
        .map(({ transition, matches }) => name(transition, known.get(transition) === null ? null : matches)),
    )
  })
}

/**
 * Each alert owes one delivery for each action; each has ended, and the receiver has what was delivered. What is over the limit is in a
 * message that says for how many it stands.
 */
async function wrongDeliveries({ stored, receiver, versions }: Played): Promise<string[]> {
  const deliveries = await stored.deliveries()
  const actions = new Map((await stored.rules()).map((rule) => [rule.id, rule.actions]))
  const took = countsOf(receiver.took.map(({ id }) => id))
  const folded = countsOf(deliveries.flatMap(({ foldedInto }) => foldedInto ?? []))
  const known = new Set(deliveries.map(({ id }) => id))
  return [
    ...difference(
      'delivery for the alert',
      (await stored.alerts()).flatMap(({ id, ruleId }) =>
        Array.from({ length: actions.get(ruleId) ?? 0 }, () => id),
      ),
      deliveries.filter(({ isFold }) => !isFold).map(({ alertId }) => alertId),
    ),
    ...[...took.keys()]
      .filter((id) => !known.has(id))
      .map((id) => `the receiver took ${id}, which nobody owes`),
    ...deliveries.flatMap((delivery) => {
      const wasOff =
        versions.get(delivery.ruleId)?.some(({ enabled, isDeleted }) => !enabled || isDeleted) ?? false
      return wrongEnd(delivery, took.get(delivery.id) ?? 0, wasOff)
    }),
    ...receiver.took.flatMap(({ id, standsFor }) =>
      unequal(`others for which ${id} says that it stands`, standsFor, folded.get(id) ?? 0),
    ),
  ]
}

function wrongEnd(
  { id, status, foldedInto, delivered, died, busy, gone }: DeliveryRow,
  took: number,
  wasOff: boolean,
): string[] {
  const mayEnd = {
    delivered: delivered === 1 && took > 0,
    failed: gone > 0 || busy > RETRIES || died >= 5,
    suppressed: wasOff || (foldedInto !== null && took === 0),
  }[status]
  const told = `${id} is ${status} after ${delivered} tries that went well, ${died} that died, ${busy} refused, ${gone} refused for good; the receiver took it ${took} times`
  // Whoever dies between a send and its record sends once more.
  return mayEnd && took <= delivered + died ? [] : [told]
}

/** Who watches is told once of each log and of each alert, and once of each change. */
async function wrongFeed({ stored }: Played, transitions: readonly Transition[]): Promise<string[]> {
  const told = new Map((await stored.told()).map((one) => [one.kind, one]))
  const counted = (kind: string) => told.get(kind)?.count ?? 0
  const changes = transitions.filter(({ first, completes }) => !first && !completes).length
  return [
    ...unequal('logs told of', counted('log_added'), transitions.filter(({ first }) => first).length),
    ...unequal('changes told of', counted('log_changed'), changes),
    ...unequal('alerts told of', counted('alert_triggered'), (await stored.alerts()).length),
    ...unequal('logs told of for the first time', told.get('log_added')?.subjects ?? 0, counted('log_added')),
  ]
}

/** How often each name is there. */
function countsOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

const unequal = (what: string, actual: number, expected: number): string[] =>
  actual === expected ? [] : [`${actual} ${what}, where there must be ${expected}`]

/** What is missing, and what is there too often. */
function difference(what: string, expected: readonly string[], actual: readonly string[]): string[] {
  const surplus = [...actual]
  const missing = expected.filter((one) => {
    const index = surplus.indexOf(one)
    if (index >= 0) surplus.splice(index, 1)
    return index < 0
  })
  return [
    ...missing.map((one) => `missing ${what}: ${one}`),
    ...surplus.map((one) => `a ${what} too many: ${one}`),
  ]
}

const inShort = ({ status, errorCode }: State): string => `${status ?? ''}/${errorCode ?? ''}`

/** Whether all of it is in the other, in the same order, nothing of it twice in a row. */
function isWithin(part: readonly string[], whole: readonly string[]): boolean {
  let place = 0
  return part.every((one) => {
    const found = whole.indexOf(one, place)
    place = found + 1
    return found >= 0
  })
}
