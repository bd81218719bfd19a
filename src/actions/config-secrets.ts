import { InputError, type FieldFault } from '../errors.js'
import type { ActionConfig, Handler } from './handler.js'
import { sealsTheSame, SecretBoxError, type SecretBox } from './secret-box.js'

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

/** Each secret of a config, sealed or plain as that is, by its path; paths are lower-case, since header names have no case. */
function secretsOf<C extends ActionConfig>(handler: Handler<C>, config: C): Map<string, string> {
  const secrets = new Map<string, string>()
  handler.mapSecrets(config, (value, path) => {
    secrets.set(path.toLowerCase(), value)
    return value
  })
  return secrets
}

/** The paths of secrets that stand in both configs, as they are stored, and are not the same. */
export function changedSecrets<C extends ActionConfig>(
  handler: Handler<C>,
  before: C,
  after: C,
  box: SecretBox,
): string[] {
  const stood = secretsOf(handler, before)
  return [...secretsOf(handler, after)].flatMap(([path, sealed]) => {
    const old = stood.get(path)
    return old === undefined || sealsTheSame(box, old, sealed) ? [] : [path]
  })
}

/**
 * The next config with every mask replaced by the secret that stands at the same place in the previous one (as it is
 * stored, so sealed; null for a new action). Only such secrets are opened: whoever writes all of them anew needs none of
 * the old. A mask without a readable secret behind it is an `InputError` at its place.
 *
 * @param path where the config stands in the caller's input
 */
export function keepMaskedSecrets<C extends ActionConfig>(
  handler: Handler<C>,
  next: C,
  previous: C | null,
  box: SecretBox,
  path = 'config',
): C {
  const stored = previous ? secretsOf(handler, previous) : new Map<string, string>()
  const faults: FieldFault[] = []
  const kept = handler.mapSecrets(next, (value, place) => {
    if (value !== MASK) return value
    const found = readStored(stored.get(place.toLowerCase()), box)
    if ('secret' in found) return found.secret
    // A part of a URL is a fault of the URL.
    faults.push({ path: `${path}.${place.replace(/^url[/?].*/, 'url')}`, message: found.fault })
    return value
  })
  if (faults.length > 0) throw new InputError(faults)
  return kept
}

function readStored(
  sealed: string | undefined,
  box: SecretBox,
): { readonly secret: string } | { readonly fault: string } {
  if (sealed === undefined) return { fault: 'is the mask of a secret, but no secret is stored here' }
  try {
    return { secret: box.open(sealed) }
  } catch (thrown) {
    if (!(thrown instanceof SecretBoxError)) throw thrown
    return { fault: 'is the mask of a secret that cannot be read with this SECRET_KEY: write it again' }
  }
}
