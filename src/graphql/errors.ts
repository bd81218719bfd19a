import { randomUUID } from 'node:crypto'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { type ErrorCode, type FieldFault, InputError, PublicError } from '../errors.js'
import type { LineWriter } from '../logger/rate-limited.js'
import { asUnavailable } from '../store/database-away.js'
import { isTooMuch } from './limits.js'
import { shortened, variableFault } from './variable-fault.js'

/** What a client is told of one failure. */
interface Told {
  readonly code: ErrorCode
  readonly message: string
  readonly fields?: readonly FieldFault[]
}

/** Turns every failure of an operation into what a client may see of it, on both transports alike. */
export type FormatError = (error: unknown) => GraphQLFormattedError

const NEUTRAL =
  'Something went wrong here. The log of the server says what, under the requestId, or under another where many failed at once.'

/** Codes that Apollo gives to requests it could not even begin with. */
const REQUEST_CODES = new Set<unknown>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
])

/**
 * A failure without a place is told in full only where it was made for clients; anything else becomes
 * INTERNAL_SERVER_ERROR with a requestId under which the log has the rest. Never a stack, never SQL.
 * @param logger paced: where one operation fails, many do, and the log tells of one and counts the others
 */
export function createFormatError(logger: LineWriter): FormatError {
  return (thrown) => {
    const error =
      thrown instanceof GraphQLError ? thrown : new GraphQLError('', { originalError: asError(thrown) })
    const where = {
      ...(error.locations ? { locations: error.locations } : {}),
      ...(error.path ? { path: error.path } : {}),
    }
    const told = tell(error)
    if (told) {
      const { message, ...extensions } = told
      return { message, ...where, extensions }
    }
    const requestId = randomUUID()
    logger.error({ err: causes(error).at(-1), requestId, path: error.path?.join('.') }, 'an operation failed')
    return { message: NEUTRAL, ...where, extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } }
  }
}

/** null for what clients are not told. */
function tell(error: GraphQLError): Told | null {
  const chain = causes(error)
  const made = chain.map(asUnavailable).find((one) => one instanceof PublicError)
  if (made) return tellMade(made)
  if (chain.some((one) => one instanceof GraphQLError && one.extensions.code === 'COMPLEXITY_LIMIT'))
    return { code: 'COMPLEXITY_LIMIT', message: error.message }
  if (chain.some((one) => one instanceof GraphQLError && isTooMuch(one)))
    return {
      code: 'COMPLEXITY_LIMIT',
      message: 'This operation is too large: too many tokens or repeated fields.',
    }
  const fault = variableFault(error)
  if (fault) return { code: 'BAD_USER_INPUT', message: shortened(error.message), fields: [fault] }
  return isOfRequest(error, chain) ? tellRequest(error, chain) : null
}

function tellMade(made: PublicError): Told {
  const told = { code: made.code, message: shortened(made.message) }
  return made instanceof InputError ? { ...told, fields: made.fields } : told
}

/** Whether it was the request that was wrong: what graphql-js or Apollo refused before any resolver ran. */
function isOfRequest(error: GraphQLError, chain: readonly Error[]): boolean {
  if (REQUEST_CODES.has(error.extensions.code)) return true
  if (!chain.every((one) => one instanceof GraphQLError)) return false
  return error.path === undefined || error.message.startsWith('Argument "')
}

function tellRequest(error: GraphQLError, chain: readonly Error[]): Told {
  // A document nested so deeply that the parser's stack ends: its own words mean nothing to a client.
  const message = chain.some((one) => one instanceof RangeError)
    ? 'This operation is nested too deeply.'
    : shortened(error.message)
  const path = error.extensions.code === 'BAD_REQUEST' ? 'body' : 'query'
  return { code: 'BAD_USER_INPUT', message, fields: [{ path, message }] }
}

/** The error and what it wraps, outermost first. */
function causes(error: GraphQLError): Error[] {
  const chain: Error[] = []
  for (
    let one: Error | undefined = error;
    one;
    one = one instanceof GraphQLError ? one.originalError : undefined
  )
    chain.push(one)
  return chain
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
