import type { RuleSettings } from '../rules/check-rule.js'
import type { JudgedRule } from '../rules/evaluate.js'
import { createTurns } from '../sources/turns.js'
import { roundBuckets, type Span } from '../sources/time-buckets.js'
import { collect, type Collected } from './collect.js'
import type { History } from './history.js'
import { replay } from './replay.js'
import { RULE_MADE_AT } from './replayed.js'
import { Tally, type PreviewAlert, type PreviewBucket, type PreviewMatch } from './tally.js'

/** What a rule would have done over stored logs. */
export interface RulePreview extends Span {
  /** Logs in the span that are of the rule's type. */
  readonly logCount: number
  readonly matchCount: number
  readonly alertCount: number
  readonly deliveryCount: number
  /** The newest 100, newest first. */
  readonly matches: readonly PreviewMatch[]
  /** The newest 100, newest first. */
  readonly alerts: readonly PreviewAlert[]
  readonly buckets: readonly PreviewBucket[]
  /** False where it stopped early; a warning then says why and what was looked at. */
  readonly isComplete: boolean
  readonly warnings: readonly string[]
}

/** A rule that may become one, and the span over which it is tried. */
export interface Trial {
  readonly settings: RuleSettings
  /** How many actions each alert would owe a delivery. */
  readonly actionCount: number
  readonly span: Span
  readonly includeBackfilled: boolean
  /** What is judged of a text; null = all of it. */
  readonly textAsJudged: ((text: string) => string) | null
}

/** Tries a rule over what is stored, and writes nothing. */
export type Preview = (trial: Trial) => Promise<RulePreview>

/** How long reading, and then judging, may take, in milliseconds. */
const READING_MS = 8_000
const JUDGING_MS = 4_000

/** How many are tried at a time; the others wait, so that a form that asks at every keystroke holds up nobody. */
const AT_ONCE = 2

/** How many buckets a span has at most; it has more than a third of them, save where it is very short. */
const MOST_BUCKETS = 60

/** @param elapsed milliseconds on a clock that only ever goes forward. */
export function createPreview(history: History, elapsed: () => number): Preview {
  const after = (ms: number): (() => boolean) => {
    const end = elapsed() + ms
    return () => elapsed() >= end
  }
  const turns = createTurns(AT_ONCE)
  return (trial) => turns(() => tried(trial))

  async function tried({ settings, actionCount, span, ...how }: Trial): Promise<RulePreview> {
    const rule = asIfStanding(settings, span)
    const tally = new Tally(roundBuckets(span, MOST_BUCKETS), actionCount)
    const collected = await collect(history, { rule, span, ...how }, after(READING_MS))
    const cameToTheEnd = await replay(rule, collected.replayed, tally, after(JUDGING_MS))
    return {
      ...span,
      logCount: collected.logCount,
      matchCount: tally.matchCount,
      alertCount: tally.alertCount,
      deliveryCount: tally.deliveryCount(),
      matches: tally.matches(),
      alerts: tally.alerts(),
      buckets: tally.timeline(),
      isComplete: collected.cut === null && cameToTheEnd,
      warnings: warningsOf(collected, cameToTheEnd),
    }
  }
}

/** The rule as if it had been made when the span begins. */
function asIfStanding(settings: RuleSettings, { since }: Span): JudgedRule {
  return {
    ...settings,
    id: 'preview',
    enabled: true,
    createdAt: since,
    updatedAt: since,
    conditionChangedAt: since,
    deletedAt: null,
    managedBy: null,
    sincePosition: RULE_MADE_AT,
  }
}

function warningsOf({ cut, silentCount, failure }: Collected, cameToTheEnd: boolean): string[] {
  const warnings: string[] = []
  if (cut?.reason === 'time')
    warnings.push(
      `There was not time enough for the whole span: only the logs since ${cut.from.toISOString()} were looked at. Choose a shorter span.`,
    )
  if (cut?.reason === 'size')
    warnings.push(
      `The rule matches too many logs to judge them all again: only those since ${cut.from.toISOString()} were looked at. Choose a shorter span, or a narrower pattern.`,
    )
  if (!cameToTheEnd)
    warnings.push(
      'There was not time enough to judge every match: the newest are missing. Choose a shorter span.',
    )
  if (silentCount > 0)
    warnings.push(
      `${silentCount} matching ${silentCount === 1 ? 'log' : 'logs'} opened no alert: the first sweep of an account reads them as history, and history fires nothing. With includeBackfilled (--include-backfilled) they are judged as if they had been read when they came to be.`,
    )
  if (failure !== null) warnings.push('The rule could not be asked about some logs; they are left out.')
  return warnings
}
