import { isDatabaseAway } from './database-away.js'
import { EmbeddedPostgresError } from './embedded/errors.js'
import { failureCode } from './failure-code.js'

/**
 * What Postgres says (SQLSTATE) of data that it can never take: values out of range or badly written (22), or beyond one of its limits
 * (54).
 */
const REFUSED = /^(22|54)...$/

/** What it says of work that fails for what goes on beside it: victims of others (40), no means for now (53), waited too long. */
const MAY_PASS = /^(40...|53...|55P03|57014)$/

/** Whether a statement failed because of what it was given: it never succeeds. */
export function isDataRefused(failure: unknown): boolean {
  return REFUSED.test(failureCode(failure))
}

/** Whether a statement failed for a reason that may be gone at the next try. */
export function mayPass(failure: unknown): boolean {
  return (
    isDatabaseAway(failure) || failure instanceof EmbeddedPostgresError || MAY_PASS.test(failureCode(failure))
  )
}
