import { PatternType } from '../../src/rules/rule.js'

/** What stands in `log_transitions`, with what of its log judging looks at. */
export interface Transition {
  readonly id: number
  readonly sid: string
  readonly logType: string
  readonly time: number
  readonly status: string | null
  readonly errorCode: string | null
  readonly errorMessage: string | null
  readonly first: boolean
  /** Whether nothing but a text came late. */
  readonly completes: boolean
  readonly backfilled: boolean
}

/** A rule as it stood from one transition on. */
export interface Version {
  /** The last transition that was stored before it. */
  readonly after: number
  readonly enabled: boolean
  readonly isDeleted: boolean
  readonly logType: string | null
  readonly patternType: string
  readonly patternValue: string | null
  readonly count: number
  readonly windowMinutes: number
  readonly cooldownMinutes: number
}

/** An alert that there must be: where it opened, and, but for thresholds, what it stands for. */
export interface ExpectedAlert {
  readonly transition: number
  matches: number | null
}

/**
 * The alerts that one rule owes, by a brute-force reading of the contract over everything that was stored. A cooldown, where there is
 * one, is longer than any run.
 */
export function expectedAlerts(
  versions: readonly Version[],
  transitions: readonly Transition[],
): ExpectedAlert[] {
  const alerts: ExpectedAlert[] = []
  const saysYes = new Set<string>()
  for (const transition of transitions) {
    const version = versions.findLast(({ after }) => after < transition.id)
    if (!version?.enabled || version.isDeleted) continue
    if (version.patternType === PatternType.THRESHOLD) judgeThreshold(version, transition)
    else judgePlain(version, transition)
  }
  return alerts

  function judgePlain(version: Version, transition: Transition): void {
    if (transition.first && transition.backfilled) return
    if (!matches(version, transition)) {
      saysYes.delete(transition.sid)
      return
    }
    if (saysYes.has(transition.sid) || (transition.completes && isOlder(transition.sid, version))) return
    saysYes.add(transition.sid)
    const newest = alerts.at(-1)
    if (newest && version.cooldownMinutes > 0) newest.matches = (newest.matches ?? 0) + 1
    else alerts.push({ transition: transition.id, matches: 1 })
  }

  function judgeThreshold(version: Version, transition: Transition): void {
    if (!matches(version, transition)) return
    const before = countedBy(version, transition.id - 1)
    if (before.has(transition.sid) || transition.backfilled || isOlder(transition.sid, version)) return
    const counted = countedBy(version, transition.id)
    const episode = episodes(version, counted).find((sids) => sids.has(transition.sid))
    const isOpen = alerts.some((alert) => episode?.has(sidOf(alert)))
    if (episode && !isOpen) alerts.push({ transition: transition.id, matches: null })
  }

  /** Logs with a state up to that transition that matches, with their time. */
  function countedBy(version: Version, upTo: number): Map<string, number> {
    const counted = transitions.filter((transition) => transition.id <= upTo && matches(version, transition))
    return new Map(counted.map(({ sid, time }) => [sid, time]))
  }

  function isOlder(sid: string, { after }: Version): boolean {
    return transitions.some(
      (transition) => transition.sid === sid && transition.first && transition.id <= after,
    )
  }

  function sidOf({ transition }: ExpectedAlert): string {
    return transitions.find(({ id }) => id === transition)?.sid ?? ''
  }
}

const MINUTE_MS = 60_000

/** Maximal stretches in which some window holds the count; windows that share a log are of one. */
function episodes({ count, windowMinutes }: Version, counted: ReadonlyMap<string, number>): Set<string>[] {
  const logs = [...counted].toSorted(([, one], [, other]) => one - other)
  const joined: Set<string>[] = []
  for (const [, start] of logs) {
    const held = logs.filter(([, time]) => time >= start && time <= start + windowMinutes * MINUTE_MS)
    if (held.length < count) continue
    const sids = held.map(([sid]) => sid)
    const last = joined.at(-1)
    if (last && sids.some((sid) => last.has(sid))) for (const sid of sids) last.add(sid)
    else joined.push(new Set(sids))
  }
  return joined
}

function matches({ logType, patternType, patternValue }: Version, transition: Transition): boolean {
  if (logType !== null && logType !== transition.logType) return false
  if (patternType !== PatternType.THRESHOLD) return says(patternType, patternValue ?? '', transition)
  if (patternValue === null) return true
  const [kind = '', ...rest] = patternValue.split(':')
  return says(
    { status: PatternType.STATUS, code: PatternType.ERROR_CODE }[kind] ?? '',
    rest.join(':'),
    transition,
  )
}

function says(patternType: string, value: string, { status, errorCode, errorMessage }: Transition): boolean {
  if (patternType === PatternType.STATUS)
    return status !== null && value.toLowerCase().split(',').includes(status)
  if (patternType === PatternType.REGEX) return /retrieval/i.test(errorMessage ?? '')
  const isIn = (range: string) => {
    const [from = '', to = from] = range.split('-')
    return errorCode !== null && Number(errorCode) >= Number(from) && Number(errorCode) <= Number(to)
  }
  const ranges = value.split(',')
  return (
    ranges.some((range) => !range.startsWith('!') && isIn(range)) &&
    !ranges.some((range) => range.startsWith('!') && isIn(range.slice(1)))
  )
}
