import type { ApiScope } from '../keys/scope.js'

/** Who is asking, once a key has said so. */
export interface Principal {
  readonly name: string
  /** As they were granted: ask `includes` whether they cover what is needed. */
  readonly scopes: ReadonlySet<ApiScope>
}

/**
 * Says whose key it is; null for no key or a wrong one. It takes the same time whatever part of a key is right.
 * @param from the address that sent it
 * @throws {RateLimitedError} where too much was asked for, or too many keys were tried
 * @throws {UnavailableError} where nobody can say now
 */
export type Authenticate = (key: string | undefined, from?: string) => Promise<Principal | null>
