import { MASK } from '../../actions/config-secrets.js'
import type { ActionConfig, Handler } from '../../actions/handler.js'
import { type Resolved, resolveReferences, type Variables, variablesIn } from './references.js'

/** Puts in `config` what `keep` makes of each secret. */
type MapSecrets = (keep: (text: string) => string) => unknown

/**
 * Resolves the references of `config`. A variable whose value is the mask is one that whoever applies does not know: a secret that
 * names it becomes the mask as a whole, since only all of it can be kept, and anywhere else the variable has no value.
 */
export function resolveKeepingSecrets(
  config: unknown,
  variables: Variables,
  path: string,
  mapSecrets: MapSecrets,
): Resolved {
  const masked = new Set(Object.keys(variables).filter((name) => variables[name] === MASK))
  if (masked.size === 0) return resolveReferences(config, variables, path)
  const kept = mapSecrets((text) => (variablesIn(text).some((name) => masked.has(name)) ? MASK : text))
  const known = Object.fromEntries(Object.entries(variables).filter(([name]) => !masked.has(name)))
  return {
    ...resolveReferences(kept, known, path),
    references: resolveReferences(config, variables, path).references,
  }
}

/** The same for the config of an action: its handler knows the secrets. */
export function resolveActionConfig(
  handler: Handler,
  config: ActionConfig,
  variables: Variables,
  path: string,
): Resolved {
  // A handler finds secrets only in what has the form of its configs; anything else is refused by its schema.
  return hasItsForm(handler, config)
    ? resolveKeepingSecrets(config, variables, path, (keep) => handler.mapSecrets(config, keep))
    : resolveReferences(config, variables, path)
}

const hasItsForm = (handler: Handler, config: ActionConfig): boolean =>
  !handler.schema.safeParse(config).error?.issues.some(({ code }) => code === 'invalid_type')
