import { randomUUID } from 'node:crypto'
import type { JudgedRule, JudgedTransition } from '../rules/evaluate.js'
import type { Fact } from '../rules/fact.js'
import { compileRules, type RuleSet } from '../rules/rule-set.js'
import { ThresholdWindow, type Episode, type Opening } from '../rules/window.js'
import type { Pace } from '../pace.js'

/** A stretch of log time, both ends included, in milliseconds since the epoch. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** A log that counts for a rule. */
export interface CountedLog {
  readonly logId: string
  readonly time: number
}

/** The storage behind the windows of threshold rules. */
export interface ThresholdSession {
  /** Which of the logs the rule has already counted. */
  countedAmong(ruleId: string, logIds: readonly string[]): Promise<Set<string>>
  /** The stretch over which the rule has counted the logs that are older than itself; null where it has not yet. */
  countedStretch(ruleId: string): Promise<Stretch | null>
  /** Logs older than the rule, in the stretch, with every judged state they passed through; page by page, ascending by time. */
  olderLogs(
    rule: JudgedRule,
    stretch: Stretch,
  ): AsyncIterable<readonly (CountedLog & { facts: readonly Fact[] })[]>
  /** The alerts that earlier versions of the rule opened, with the logs at which they did. */
  earlierOpenings(rule: JudgedRule): Promise<(Opening & { readonly logId: string })[]>
  /** Counted times in the stretch, and up to `neighbours` more on either side within `width`; ascending. */
  countedTimes(ruleId: string, stretch: Stretch, neighbours: number, width: number): Promise<number[]>
  episodes(ruleId: string, stretch: Stretch): Promise<Episode[]>
}

/** What judging a batch changed in the windows of one rule. */
export interface ThresholdChange {
  readonly ruleId: string
  readonly counted: readonly CountedLog[]
  /** The stretch over which older logs are counted now. */
  readonly stretch: Stretch | null
  readonly episodes: readonly Episode[]
  readonly absorbed: readonly Episode[]
}

/** Neighbours loaded at least, so that an alert can say how many matches its window holds. */
const FEWEST_NEIGHBOURS = 500

/**
 * Loads the window of one threshold rule around what matched. Logs older than the rule count too, so the first time that judging
 * comes near a stretch of log time, those in it are counted then.
 */
export async function loadThreshold(
  session: ThresholdSession,
  rule: JudgedRule,
  matched: readonly JudgedTransition[],
  pace: Pace,
) {
  const width = (rule.thresholdWindowMinutes ?? 0) * 60_000
  const neighbours = Math.max(rule.thresholdCount ?? 1, FEWEST_NEIGHBOURS)
  const before = await session.countedAmong(
    rule.id,
    matched.map((transition) => transition.logId),
  )
  const times = matched
    .filter((transition) => !before.has(transition.logId))
    .map((transition) => transition.time)
  const known = await session.countedStretch(rule.id)
  const near = around(times, width)
  const openings = near ? await session.earlierOpenings(rule) : []
  const { stretch, older } = near
    ? await countOlder(session, rule, width, near, known, openings, pace)
    : { stretch: known, older: [] }
  const fresh = await uncounted(session, rule, older)
  const needed = around([...times, ...fresh.map((log) => log.time)], 0)
  const window = new ThresholdWindow(
    rule.thresholdCount ?? 1,
    width,
    needed ? await session.countedTimes(rule.id, needed, neighbours, width) : [],
    needed ? await session.episodes(rule.id, { from: needed.from - width, to: needed.to + width }) : [],
    await stillCounted(session, rule, openings, fresh),
    randomUUID,
  )
  const counted = new Set(before)
  addOlder(window, fresh)
  for (const log of fresh) counted.add(log.logId)
  const timeOf = new Map(matched.map((transition) => [transition.logId, transition.time]))
  return {
    rule,
    window,
    counted,
    change: (): ThresholdChange => ({
      ruleId: rule.id,
      counted: [
        ...fresh,
        ...[...timeOf]
          .filter(([logId]) => counted.has(logId) && !before.has(logId))
          .map(([logId, time]) => ({ logId, time })),
      ],
      stretch,
      episodes: [...window.touched],
      absorbed: window.absorbed,
    }),
  }
}

/** Counts the logs older than the rule in the stretch needed, and beyond it as far as they may lead to an earlier alert. */
async function countOlder(
  session: ThresholdSession,
  rule: JudgedRule,
  width: number,
  needed: Stretch,
  known: Stretch | null,
  openings: readonly Opening[],
  pace: Pace,
): Promise<{ stretch: Stretch; older: CountedLog[] }> {
  let matcher: RuleSet<JudgedRule> | null = null
  const older: CountedLog[] = []
  let stretch = await extend(known, needed)
  for (;;) {
    const { from, to } = stretch
    if (openings.some(({ time }) => time < from) && older.some((log) => log.time <= from + width))
      stretch = await extend(stretch, { from: from - width, to })
    else if (openings.some(({ time }) => time > to) && older.some((log) => log.time >= to - width))
      stretch = await extend(stretch, { from, to: to + width })
    else return { stretch, older }
  }

  async function extend(covered: Stretch | null, wanted: Stretch): Promise<Stretch> {
    for (const part of missing(covered, wanted)) {
      const { matching } = (matcher ??= compileRules([rule]))
      for await (const page of session.olderLogs(rule, part))
        for (const log of page) {
          if (log.facts.some((fact) => matching(fact).matches.length > 0))
            older.push({ logId: log.logId, time: log.time })
          if (pace.isRestDue()) await pace.rest()
        }
    }
    return hull(covered, wanted)
  }
}

async function uncounted(
  session: ThresholdSession,
  rule: JudgedRule,
  logs: readonly CountedLog[],
): Promise<CountedLog[]> {
  if (logs.length === 0) return []
  const counted = await session.countedAmong(
    rule.id,
    logs.map((log) => log.logId),
  )
  return logs.filter((log) => !counted.has(log.logId))
}

async function stillCounted(
  session: ThresholdSession,
  rule: JudgedRule,
  openings: readonly (Opening & { readonly logId: string })[],
  fresh: readonly CountedLog[],
): Promise<readonly Opening[]> {
  if (openings.length === 0) return []
  const counted = await session.countedAmong(
    rule.id,
    openings.map((opening) => opening.logId),
  )
  for (const log of fresh) counted.add(log.logId)
  return openings.filter((opening) => counted.has(opening.logId))
}

function addOlder(window: ThresholdWindow, older: readonly CountedLog[]): void {
  if (older.length === 0) return
  for (const log of older.toSorted((a, b) => a.time - b.time)) window.add(log.time)
  // An alert that stands already may have counted them: only what is judged from now on is added to it.
  for (const episode of window.touched) if (episode.alert) episode.alerted = episode.matches
}

function around(times: readonly number[], width: number): Stretch | null {
  if (times.length === 0) return null
  let [from, to] = [Infinity, -Infinity]
  for (const time of times) {
    from = Math.min(from, time)
    to = Math.max(to, time)
  }
  return { from: from - width, to: to + width }
}

function hull(a: Stretch | null, b: Stretch): Stretch {
  return a ? { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) } : b
}

/** The parts of the hull of both that `known` does not cover. */
function missing(known: Stretch | null, wanted: Stretch): Stretch[] {
  if (!known) return [wanted]
  return [
    ...(wanted.from < known.from ? [{ from: wanted.from, to: known.from - 1 }] : []),
    ...(wanted.to > known.to ? [{ from: known.to + 1, to: wanted.to }] : []),
  ]
}
