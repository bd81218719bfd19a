import { z } from 'zod'
import { ActionType } from '../actions/action.js'
import { named } from './schemas.js'

/** An action as REST shows it. */
export const actionShape = named(
  'Action',
  z
    .object({
      id: z.guid().describe('Its id.'),
      ruleId: z.guid().describe('The rule it belongs to.'),
      actionType: z.enum(ActionType).describe('What is done.'),
      config: z.record(z.string(), z.unknown()).describe('Its settings, with every secret masked.'),
      enabled: z.boolean().describe('Whether new alerts make it act.'),
      managedBy: z
        .string()
        .nullable()
        .describe('The file that manages it, so that it can only be changed there; null for most.'),
      createdAt: z.date().describe('When it was made.'),
    })
    .describe('What is done for the alerts of a rule.'),
)

export const WARNINGS = 'What is accepted but probably not meant, in sentences.'

export const savedActionShape = named(
  'SavedAction',
  actionShape
    .extend({ warnings: z.array(z.string()).describe(WARNINGS) })
    .describe('An action that was saved, and what is worth knowing about it.'),
)
