import type { z } from 'zod'

import { InputError, type FieldFault } from '../errors.js'
import type { ActionType } from './action.js'
import type { ActionConfig, Handlers } from './handler.js'

/**
 * Reads an action's config by its handler's schema. Throws `InputError` with every bad field at once, at paths like
 * `config.recipients.0`.
 *
 * @param path where the config stands in the caller's input
 */
export function checkActionConfig(
  handlers: Handlers,
  actionType: ActionType,
  config: unknown,
  path = 'config',
): ActionConfig {
  const parsed = handlers.get(actionType).schema.safeParse(config)
  if (parsed.success) return parsed.data
  throw new InputError(parsed.error.issues.flatMap((issue) => faultsOf(issue, path, actionType)))
}

function faultsOf(issue: z.core.$ZodIssue, root: string, actionType: ActionType): FieldFault[] {
  const path = [root, ...issue.path.map(String)].join('.')
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }]
  return issue.keys.map((key) => ({
    path: `${path}.${key}`,
    message: `is not a setting of the ${actionType} action`,
  }))
}
