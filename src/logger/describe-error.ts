import { maskText } from './mask-text.js'

/** What the program's log shows of an error. */
export interface ErrorDescription {
  readonly type: string
  readonly message: string
  readonly code?: string | number
  readonly stack?: string
  readonly cause?: ErrorDescription
  /** The errors that an AggregateError carries, the first few. */
  readonly errors?: readonly ErrorDescription[]
}

const DEEPEST_CAUSE = 3
const MOST_INNER_ERRORS = 3

/**
 * Copies from an error only what is known to be harmless. Errors of HTTP clients carry the whole request, the
 * Authorization header included (`AxiosError.config.headers`, also through its `toJSON`), so nothing else is taken.
 */
export function describeError(thrown: unknown, depth = 0): ErrorDescription {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: maskText(String(thrown)) }
  const code = 'code' in thrown ? thrown.code : undefined
  const inner = thrown instanceof AggregateError && depth < DEEPEST_CAUSE ? thrown.errors : []
  const hasCause = thrown.cause !== undefined && depth < DEEPEST_CAUSE
  return {
    type: thrown.name,
    message: maskText(thrown.message),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(thrown.stack && depth === 0 ? { stack: maskText(thrown.stack) } : {}),
    ...(hasCause ? { cause: describeError(thrown.cause, depth + 1) } : {}),
    ...(inner.length > 0
      ? { errors: inner.slice(0, MOST_INNER_ERRORS).map((error) => describeError(error, depth + 1)) }
      : {}),
  }
}
