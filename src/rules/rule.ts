import type { LogType } from '../sources/log.js'

/** What a rule looks for. The values are the tables' and REST's spelling. */
export const PatternType = {
  ERROR_CODE: 'error_code',
  REGEX: 'regex',
  STATUS: 'status',
  THRESHOLD: 'threshold',
  SYSTEM: 'system',
} as const
export type PatternType = (typeof PatternType)[keyof typeof PatternType]

/** Stored settings of a rule type. */
export interface Rule {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly enabled: boolean
  /** null = any type. */
  readonly logType: LogType | null
  readonly patternType: PatternType
  readonly patternValue: string | null
  readonly thresholdCount: number | null
  readonly thresholdWindowMinutes: number | null
  readonly cooldownMinutes: number
  /** The files that say what it is, by the name they were applied under; null: whoever may edit rules. */
  readonly managedBy: string | null
  readonly createdAt: Date
  readonly updatedAt: Date
  /** When what it looks for last changed: one of `conditionKeys`. */
  readonly conditionChangedAt: Date
  readonly deletedAt: Date | null
}

/** What a rule looks for; the rest is what people call it, whether it judges at all and how often it tells. */
export const conditionKeys = [
  'logType',
  'patternType',
  'patternValue',
  'thresholdCount',
  'thresholdWindowMinutes',
] as const satisfies readonly (keyof Rule)[]
