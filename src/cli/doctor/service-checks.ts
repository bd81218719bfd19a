import type { Config, TwilioConfig } from '../../config.js'
import { maskText } from '../../logger/mask-text.js'
import { type Check, type Finding, failed, ok, skipped, warning } from './check.js'

/** How long anything outside may take to answer, in milliseconds. */
const PATIENCE_MS = 5_000

/** Drivers take a while to load, so each is loaded for its own check only. */
export function serviceChecks(config: Config): Check[] {
  return [
    { name: 'Twilio', run: () => checkTwilio(config) },
    {
      name: 'PostgreSQL',
      run: () =>
        checkServer(config.databaseUrl, 'DATABASE_URL', 'the embedded database is used', async (url) =>
          (await import('../../store/probe-postgres.js')).probePostgres(url, PATIENCE_MS),
        ),
    },
    {
      name: 'MongoDB',
      run: () =>
        checkServer(config.mongodbUrl, 'MONGODB_URL', 'jobs are kept in the database', async (url) =>
          (await import('../../jobs/probe-mongodb.js')).probeMongodb(url, PATIENCE_MS),
        ),
    },
    {
      name: 'Redis',
      run: () =>
        checkServer(config.redisUrl, 'REDIS_URL', 'events stay within the process', async (url) =>
          (await import('../../events/probe-redis.js')).probeRedis(url, PATIENCE_MS),
        ),
    },
    { name: 'SMTP', run: () => checkSmtp(config) },
  ]
}

async function checkTwilio({ twilio, demo }: Config): Promise<Finding> {
  if (demo) return skipped('the demo account is watched')
  if (!twilio)
    return warning('no account is watched', 'Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or DEMO=true.')
  const { accountSid, authToken } = twilio
  try {
    const isEmpty = await readTwilio(twilio)
    if (authToken === null)
      return warning(
        `${accountSid} can be read, but without its token no webhook of Twilio can be verified`,
        'Set TWILIO_AUTH_TOKEN to the primary token of the account; it is used beside the API key.',
      )
    // Polls go by the API key where there is one; webhooks are signed with the token, so that is tried too.
    if (authToken !== twilio.password)
      await readTwilio({ ...twilio, username: accountSid, password: authToken })
    return ok(`${accountSid} can be read${isEmpty ? '; it has no message yet' : ''}`)
  } catch (failure) {
    return failed(
      causeOf(failure),
      'Compare TWILIO_ACCOUNT_SID, its token and its API key with the console of Twilio; behind a proxy look at TWILIO_BASE_URL.',
    )
  }
}

/** Whether the account has no message; rejects where it cannot be read so. */
async function readTwilio(credentials: TwilioConfig): Promise<boolean> {
  const { createTwilioAccount } = await import('../../sources/twilio-account.js')
  const account = createTwilioAccount({ ...credentials, timeoutMs: PATIENCE_MS, pageSize: 1 })
  const { records } = await account.firstPage('messages', { signal: AbortSignal.timeout(PATIENCE_MS) })
  return records.length === 0
}

async function checkServer(
  url: string | null,
  setting: string,
  otherwise: string,
  probe: (url: string) => Promise<string>,
): Promise<Finding> {
  if (url === null) return skipped(`${setting} is not set: ${otherwise}`)
  try {
    return ok(`version ${await probe(url)} answers`)
  } catch (failure) {
    return failed(
      causeOf(failure),
      `Is the server running, and are host, port, user and password in ${setting} right?`,
    )
  }
}

async function checkSmtp({ smtp }: Config): Promise<Finding> {
  if (!smtp) return skipped('SMTP_HOST is not set: email deliveries fail')
  try {
    const { probeSmtp } = await import('../../actions/probe-smtp.js')
    await probeSmtp(smtp, PATIENCE_MS)
    return ok(`${smtp.host}:${smtp.port} takes mail of ${smtp.from}`)
  } catch (failure) {
    return failed(causeOf(failure), 'Look at SMTP_HOST, SMTP_PORT, SMTP_USER and SMTP_PASSWORD.')
  }
}

/** In words without credentials; of several tries at a name the first tells why. */
function causeOf(failure: unknown): string {
  const one = failure instanceof AggregateError ? failure.errors[0] : failure
  const { message, code } = one as { message?: string; code?: string | number }
  return maskText(message || String(code ?? one))
}
