import type { ApiScope } from '../keys/scope.js'
import type { RunningOperations } from './running-operations.js'

/** Who is asking, once a key has said so. */
export interface Principal {
  /** What the key is called. */
  readonly name: string
  /** As they were granted: ask `includes` whether they cover what is needed. */
  readonly scopes: ReadonlySet<ApiScope>
  /** null for the administrator's key, which is no row. */
  readonly keyId: string | null
}

/**
 * Says whose key it is, and counts the request; null for no key or a wrong one. It takes the same time whatever part of a key is
 * right.
 * @param from the address that sent it
 * @throws {RateLimitedError} where the key asks for too much, or too many wrong ones came from there
 * @throws {UnavailableError} where nobody can say now
 */
export type Authenticate = (key: string | undefined, from?: string) => Promise<Principal | null>

/** Lets requests in, and looks after those that are let in for longer. */
export interface Admission {
  readonly authenticate: Authenticate
  /**
   * Counts one more thing that is asked for by whoever is in already.
   * @throws {RateLimitedError} where it is too much
   */
  readonly countRequest: (principal: Principal) => Promise<void>
  /** Whether the key that let it in was neither revoked nor has it expired; it is known within a second or so. */
  readonly isStillValid: (principal: Principal) => Promise<boolean>
  /** What runs for longer, such as subscriptions. */
  readonly running: RunningOperations
}
