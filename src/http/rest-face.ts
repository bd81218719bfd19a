import type { Caller } from '../audit/caller.js'
import type { ApiScope } from '../keys/scope.js'

/** What a route is told of a request whose key has been checked. */
export interface RestRequest {
  readonly caller: Caller
  /** Whether the key may see phone numbers whole. */
  readonly seesNumbers: boolean
  /** What stands in the path in the places of `:names`. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** The parsed JSON; undefined where the route takes none. */
  readonly body: unknown
  /** Where the caller reaches this server, such as `http://127.0.0.1:8000`; no slash at the end. */
  readonly address: string
}

export interface RestAnswer {
  readonly status: number
  /** Becomes JSON; undefined = none. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** One thing that REST can do. */
export interface RestRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Under `/api`, such as `/rules/:id`. */
  readonly path: string
  readonly scope: ApiScope
  readonly takesBody: boolean
  /** Fails with a `PublicError` for what the caller may know, with an `UnavailableError` for what may heal. */
  handle(request: RestRequest): Promise<RestAnswer>
}

/** REST as the HTTP server mounts it once it is ready. */
export interface RestFace {
  readonly routes: readonly RestRoute[]
  /** The OpenAPI document, for a caller who reaches the server at this address. */
  openapi(address: string): object
}
