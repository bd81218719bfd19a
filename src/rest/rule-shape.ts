import { z } from 'zod'
import { PatternType } from '../rules/rule.js'
import { LogType } from '../sources/log.js'
import { actionShape, WARNINGS } from './action-shape.js'
import { named } from './schemas.js'

/** A rule as REST shows it. */
export const ruleShape = named(
  'Rule',
  z
    .object({
      id: z.guid().describe('Its id.'),
      name: z.string().describe('What people call it; names need not be unique.'),
      description: z.string().nullable().describe('What it is for.'),
      enabled: z.boolean().describe('Whether it judges logs.'),
      logType: z.enum(LogType).nullable().describe('The kind of log it judges; null = any.'),
      patternType: z.enum(PatternType).describe('What it looks for.'),
      patternValue: z.string().nullable().describe('The pattern, in the form that its type says.'),
      thresholdCount: z.int().nullable().describe('threshold: how many matching logs.'),
      thresholdWindowMinutes: z.int().nullable().describe('threshold: within how many minutes of log time.'),
      cooldownMinutes: z
        .int()
        .describe('Minutes after it fired in which matches join the open alert instead of opening another.'),
      managedBy: z
        .string()
        .nullable()
        .describe('The file that manages it, so that it can only be changed there; null for most.'),
      createdAt: z.date().describe('When it was made.'),
      updatedAt: z.date().describe('When it was last changed.'),
      conditionChangedAt: z
        .date()
        .describe(
          'When what it looks for last changed: the kind of log, the pattern or the numbers of a threshold.',
        ),
      actions: z.array(actionShape).describe('Its actions, oldest first.'),
    })
    .describe('What makes an alert of a log.'),
)

export const savedRuleShape = named(
  'SavedRule',
  ruleShape
    .extend({ warnings: z.array(z.string()).describe(WARNINGS) })
    .describe('A rule that was saved, and what is worth knowing about it.'),
)
