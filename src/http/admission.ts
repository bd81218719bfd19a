import { timingSafeEqual } from 'node:crypto'
import { UnavailableError } from '../errors.js'
import type { KeyRing } from '../keys/key-ring.js'
import { hashOf } from '../keys/key-text.js'
import { ApiScope } from '../keys/scope.js'
import type { Admission, Principal } from './principal.js'
import type { RequestLimits } from './request-limits.js'
import { RunningOperations } from './running-operations.js'

const ADMINISTRATOR: Principal = {
  name: 'administrator',
  scopes: new Set([ApiScope.ADMIN]),
  keyId: null,
}

/** What it is decided by. */
export interface AdmissionParts {
  /** Opens everything, also while there is no database. */
  readonly administratorKey: string
  readonly ring: KeyRing
  readonly limits: RequestLimits
}

export function createAdmission({ administratorKey, ring, limits }: AdmissionParts): Admission {
  const expected = hashOf(administratorKey)
  const countRequest = ({ keyId }: Principal) => limits.countRequest(keyId ?? 'administrator')

  /** The administrator's key is compared by its hash: equal lengths for `timingSafeEqual`, and nothing of the key in how long it takes. */
  const holderOf = async (key: string): Promise<Principal | null> => {
    if (timingSafeEqual(hashOf(key), expected)) return ADMINISTRATOR
    const known = await ring.find(key)
    return known && { name: known.name, scopes: new Set(known.scopes), keyId: known.id }
  }

  return {
    countRequest,
    running: new RunningOperations(limits.operations),

    authenticate: async (key, from) => {
      if (key === undefined) return null
      const principal = await holderOf(key)
      if (principal) await countRequest(principal)
      else if (from !== undefined) await limits.countWrongKey(from, key)
      return principal
    },

    isStillValid: async ({ keyId }) => {
      if (keyId === null) return true
      try {
        return await ring.isUsable(keyId)
      } catch (failure) {
        // Nobody can say now: whoever is in stays in.
        if (failure instanceof UnavailableError) return true
        throw failure
      }
    },
  }
}
