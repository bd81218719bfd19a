import type { LogType } from '../sources/log.js'
import { listEntries, refuseEntries } from './list-entries.js'
import { patternReader } from './pattern-type.js'
import { PatternType } from './rule.js'
import { SystemCondition } from './system-condition.js'

/** What GiftPulse says of itself: a comma list of conditions. It matches no log; `watch/` opens its alerts. */
export const system = patternReader<ReadonlySet<SystemCondition>>({
  type: PatternType.SYSTEM,
  parse: parseConditions,
  candidates: () => ({ statuses: [] }),
  matches: () => false,
  warnings,
})

/** @throws PatternError with every entry that names no condition */
export function parseConditions(value: string | null): ReadonlySet<SystemCondition> {
  const known = Object.values(SystemCondition)
  const entries = listEntries(value, known.join(','))
  const conditions = entries.map(({ text }) => known.find((name) => name === text.toUpperCase()))
  refuseEntries(
    entries.flatMap(({ place }, index) =>
      conditions[index] ? [] : [`${place} is none of ${known.join(', ')}`],
    ),
  )
  return new Set(conditions.flatMap((condition) => condition ?? []))
}

function warnings(_conditions: ReadonlySet<SystemCondition>, logType: LogType | null): readonly string[] {
  if (logType === null) return []
  return ['A SYSTEM rule looks at no logs, so its log type is kept but not used. Leave it out.']
}
