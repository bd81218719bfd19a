import type { z } from 'zod'

import { InputError, type FieldFault } from '../errors.js'
import { storableFault } from '../sources/storable.js'
import type { ActionType } from './action.js'
import { expectation } from './expectation.js'
import type { ActionConfig, Handlers } from './handler.js'

/**
 * Reads an action's config by its handler's schema; no text in it, key or value, may be one that no database stores. Throws
 * `InputError` with every bad field at once, at paths like `config.recipients.0`.
 *
 * @param path where the config stands in the caller's input
 */
export function checkActionConfig(
  handlers: Handlers,
  actionType: ActionType,
  config: unknown,
  path = 'config',
): ActionConfig {
  const parsed = handlers.get(actionType).schema.safeParse(config, { error: expectation })
  const faults = parsed.success
    ? []
    : parsed.error.issues.flatMap((issue) => faultsOf(issue, path, actionType))
  const named = new Set(faults.map((fault) => fault.path))
  faults.push(...unstorableTexts(config, path).filter((fault) => !named.has(fault.path)))
  if (!parsed.success || faults.length > 0) throw new InputError(faults)
  return parsed.data
}

/** The walk keeps its own queue: a config that is refused for its depth must not overflow the stack first. */
function unstorableTexts(config: unknown, root: string): FieldFault[] {
  const faults: FieldFault[] = []
  const pending: { value: unknown; path: string }[] = [{ value: config, path: root }]
  for (const { value, path } of pending) {
    if (typeof value === 'string') note(path, value)
    if (typeof value !== 'object' || value === null) continue
    for (const [key, inner] of Object.entries(value)) {
      note(`${path}.${key}`, key)
      pending.push({ value: inner, path: `${path}.${key}` })
    }
  }
  return faults

  function note(path: string, text: string): void {
    const message = storableFault(text)
    if (message !== null) faults.push({ path, message })
  }
}

function faultsOf(issue: z.core.$ZodIssue, root: string, actionType: ActionType): FieldFault[] {
  const path = [root, ...issue.path.map(String)].join('.')
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }]
  return issue.keys.map((key) => ({
    path: `${path}.${key}`,
    message: `is not a setting of the ${actionType} action`,
  }))
}
