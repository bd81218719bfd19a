import { createHash, timingSafeEqual } from 'node:crypto'

/** Who may read the simulated account. */
export interface Credentials {
  readonly accountSid: string
  readonly authToken: string
  /** API keys: SK.. to secret. */
  readonly apiKeys?: Readonly<Record<string, string>>
}

/** Whether an Authorization header carries the account's token or one of its API keys (HTTP Basic). */
export function isAuthorized(header: string | undefined, credentials: Credentials): boolean {
  const encoded = /^Basic (.+)$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return false
  const [user = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  const expected = user === credentials.accountSid ? credentials.authToken : credentials.apiKeys?.[user]
  return expected !== undefined && sameSecret(rest.join(':'), expected)
}

function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
