import { failureCode } from './failure-code.js'

/** What Postgres says (SQLSTATE) of an address that waiting alone does not mend. */
const NO_SUCH_DATABASE = '3D000'
const PASSWORD_REFUSED = '28P01'

/** Says what is wrong with the address of a database, and what to do about it; null where the failure is of another kind. */
export function wrongAddressInWords(address: string, failure: unknown): string | null {
  const code = failureCode(failure)
  if ((code !== NO_SUCH_DATABASE && code !== PASSWORD_REFUSED) || !URL.canParse(address)) return null
  const { host, username, pathname } = new URL(address)
  const server = `PostgreSQL at ${host || 'localhost'}`
  const user = decodeURIComponent(username)
  if (code === PASSWORD_REFUSED)
    return `${server} refuses the password of the user ${JSON.stringify(user)}: correct it in DATABASE_URL`
  const database = decodeURIComponent(pathname.slice(1)) || user
  return `${server} has no database ${JSON.stringify(database)}: create it (createdb ${database}), or correct DATABASE_URL`
}
