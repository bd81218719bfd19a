import { UnavailableError } from '../errors.js'
import { failureCode } from './failure-code.js'

/**
 * What Postgres says (SQLSTATE) and what the network says where the server is away or goes: connections that break (08), a server
 * that shuts down, crashed or is starting (57P01 to 57P03), no place for one more connection (53300) or on the disk (53100), and one
 * that only lets read for now (25006).
 */
const CODES =
  /^(08...|57P0[123]|53[13]00|25006|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/

/** What `pg` says without a code. */
const WORDS =
  /^(Connection terminated|Client was closed|Query read timeout|timeout exceeded when trying to connect|timeout expired)/

/** Whether a statement failed because the database cannot be reached now: the same statement may succeed later. */
export function isDatabaseAway(failure: unknown): boolean {
  return CODES.test(failureCode(failure)) || (failure instanceof Error && WORDS.test(failure.message))
}

/** What a client is told where a statement failed for that; any other failure as it is. */
export function asUnavailable(failure: unknown): unknown {
  return isDatabaseAway(failure) ? new UnavailableError('The database is away; try again soon.') : failure
}
