import { z } from 'zod'
import { named } from './schemas.js'

/** What came of trying an action. */
export const testShape = named(
  'ActionTest',
  z
    .object({
      success: z.boolean().describe('Whether the other side accepted it.'),
      result: z.record(z.string(), z.unknown()).describe('The answer, or why it failed.'),
    })
    .describe('One real try of an action, marked as a test.'),
)
