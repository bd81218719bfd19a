import { InputError, type FieldFault } from '../errors.js'
import type { ActionConfig, Handler } from './handler.js'
import type { SecretBox } from './secret-box.js'

/** What stands in a shown config where a secret is. Written back, it means "keep the secret". */
export const MASK = '********'

/** The config as it may be shown: every secret masked. */
export function maskConfig<C extends ActionConfig>(handler: Handler<C>, config: C): C {
  return handler.mapSecrets(config, () => MASK)
}

/** The config as it is stored: every secret sealed. Give it plain configs only. */
export function sealConfig<C extends ActionConfig>(handler: Handler<C>, config: C, box: SecretBox): C {
  return handler.mapSecrets(config, (value) => box.seal(value))
}

/** A stored config with its secrets opened. Throws `SecretBoxError`. */
export function openConfig<C extends ActionConfig>(handler: Handler<C>, config: C, box: SecretBox): C {
  return handler.mapSecrets(config, (value) => box.open(value))
}

/** Each secret of a plain config with its path; paths are lower-case, since header names have no case. */
function secretsOf<C extends ActionConfig>(handler: Handler<C>, config: C): Map<string, string> {
  const secrets = new Map<string, string>()
  handler.mapSecrets(config, (value, path) => {
    secrets.set(path.toLowerCase(), value)
    return value
  })
  return secrets
}

/**
 * The next config with every mask replaced by the secret that stands at the same place in the previous one (opened;
 * null for a new action). A mask with nothing behind it is an `InputError` at its place.
 */
export function keepMaskedSecrets<C extends ActionConfig>(
  handler: Handler<C>,
  next: C,
  previous: C | null,
): C {
  const stored = previous ? secretsOf(handler, previous) : new Map<string, string>()
  const faults: FieldFault[] = []
  const kept = handler.mapSecrets(next, (value, path) => {
    if (value !== MASK) return value
    const secret = stored.get(path.toLowerCase())
    if (secret === undefined) {
      faults.push({
        path: `config.${path}`,
        message: 'is the mask of a secret, but no secret is stored here',
      })
    }
    return secret ?? value
  })
  if (faults.length > 0) throw new InputError(faults)
  return kept
}
