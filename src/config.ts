import { resolve } from 'node:path'
import { type ParsedValues, checkTogether, hasTwilioCredentials } from './config/check-together.js'
import { ConfigError, type ConfigFault, showValue } from './config/config-error.js'
import { type Environment, type ReadFile, collectTexts } from './config/given-texts.js'
import { type SettingInForce, settingsInForce } from './config/in-force.js'
import { type SettingName, type Values, settingNames, settingOf } from './config/settings.js'

/** How to reach the watched account; `authToken` also where an API key is used, since webhooks are signed with it. */
export interface TwilioConfig {
  readonly accountSid: string
  readonly username: string
  readonly password: string
  readonly authToken: string | null
  readonly baseUrl: string | null
}

/** The mail server; `user` and `password` are both there or both null. */
export interface SmtpConfig {
  readonly host: string
  readonly port: number
  readonly user: string | null
  readonly password: string | null
  readonly from: string
}

/** Times and amounts of polling, in the units their names say. */
export interface PollingConfig {
  readonly intervalSeconds: number
  readonly lookbackMinutes: number
  readonly backfillDays: number
}

/** Times and amounts of delivering; retry counts are tries after the first, a maximum of 0 is no limit. */
export interface DeliveryConfig {
  readonly webhookTimeoutSeconds: number
  readonly webhookRetryAttempts: number
  readonly retryAttempts: number
  readonly retryBaseSeconds: number
  readonly emailMaxPerMinute: number
  readonly stormMaxPerMinute: number
  readonly webhookAllowPrivateNetworks: boolean
}

/** For how many days what is kept; null = for ever. */
export interface RetentionConfig {
  readonly logsDays: number | null
  readonly alertsDays: number | null
  readonly receivedDays: number
}

/** The whole configuration of one process, checked. */
export interface Config {
  /** Null: no account is watched, unless `demo`. */
  readonly twilio: TwilioConfig | null
  readonly demo: boolean
  /** Null: the embedded database. */
  readonly databaseUrl: string | null
  /** Null: jobs are kept in the database. */
  readonly mongodbUrl: string | null
  /** Null: in-process pub/sub. */
  readonly redisUrl: string | null
  /** Absolute. */
  readonly dataDir: string
  readonly apiHost: string
  /** 0: any free port. */
  readonly apiPort: number
  /** Null: read from, or generated into, the data directory. */
  readonly apiKey: string | null
  /** Null: read from, or generated into, the data directory. */
  readonly secretKey: string | null
  /** Null: nothing is stored that another key encrypted. */
  readonly secretKeyOld: string | null
  /** Without a slash at its end; with `apiPort` 0 and no PUBLIC_URL its port is 0 too until the server listens. */
  readonly publicUrl: string
  /** Empty: the same origin only. */
  readonly corsOrigins: readonly string[]
  /** Null: email deliveries fail and say why. */
  readonly smtp: SmtpConfig | null
  readonly polling: PollingConfig
  readonly delivery: DeliveryConfig
  /** Null: nobody is told that all is well. */
  readonly heartbeatUrl: string | null
  /** Whether notifications and the program's own log show phone numbers masked. */
  readonly maskNumbers: boolean
  readonly retention: RetentionConfig
  readonly logLevel: Values['LOG_LEVEL']
  readonly role: Values['ROLE']
  /** Every setting as it stands, for people: where it came from, secrets masked. */
  readonly inForce: readonly SettingInForce[]
  /** What is odd but no reason to refuse the start, in sentences for the person who starts the product. */
  readonly warnings: readonly string[]
}

/**
 * Reads and checks the configuration: the environment, `.env`, and the file of `CONFIG_FILE` (or `giftpulse.yaml`),
 * in this order of precedence. Relative paths are relative to `cwd`.
 * @throws {ConfigError} with every fault at once
 */
export function loadConfig(env: Environment, readFile: ReadFile, cwd: string): Config {
  const given = collectTexts(env, readFile, cwd)
  const parsed = parseAll(given.texts)
  const atFault = new Set(
    [...given.faults, ...parsed.faults].map((fault) => fault.name.replace(/_FILE$/, '')),
  )
  // A setting with a fault of its own was meant to be there: it is not also reported as missing.
  const has = (name: SettingName): boolean => given.texts.has(name) || atFault.has(name)
  const between = checkTogether({ has, values: parsed.values })
  const ofValues = [...parsed.faults, ...between].map((fault) => ({
    ...fault,
    origin: given.origins.get(fault.name as SettingName),
  }))
  const faults = [...given.faults, ...ofValues]
  if (faults.length > 0) throw new ConfigError(faults, given.warnings)
  // Without a fault every value was parsed.
  const values = parsed.values as Values
  const config = assemble(values, cwd, [...given.warnings, ...warningsOf(values)])
  const { demo, dataDir, publicUrl } = config
  const polling = demo ? demoPolling(config.polling, given.texts) : config.polling
  return {
    ...config,
    polling,
    inForce: settingsInForce(given, {
      DEMO: String(demo),
      DATA_DIR: dataDir,
      PUBLIC_URL: publicUrl,
      POLL_INTERVAL_SECONDS: String(polling.intervalSeconds),
      POLL_LOOKBACK_MINUTES: String(polling.lookbackMinutes),
    }),
  }
}

/** The demo moves quickly, so it is polled quickly; none of its records comes late or changes for longer than it is read back. */
function demoPolling(polling: PollingConfig, given: ReadonlyMap<SettingName, string>): PollingConfig {
  return {
    ...polling,
    ...(given.has('POLL_INTERVAL_SECONDS') ? {} : { intervalSeconds: 2 }),
    ...(given.has('POLL_LOOKBACK_MINUTES') ? {} : { lookbackMinutes: 5 }),
  }
}

function parseAll(texts: ReadonlyMap<SettingName, string>): {
  values: ParsedValues
  faults: ConfigFault[]
} {
  const faults: ConfigFault[] = []
  const values = settingNames.map((name) => {
    const { kind, default: otherwise } = settingOf(name)
    const text = texts.get(name) ?? otherwise
    if (text === null) return [name, null]
    const result = kind.safeParse(text)
    if (result.success) return [name, result.data]
    faults.push({ name, value: showValue(name, text), expected: kind.description ?? 'another value' })
    return [name, undefined]
  })
  return { values: Object.fromEntries(values) as ParsedValues, faults }
}

function assemble(values: Values, cwd: string, warnings: string[]): Omit<Config, 'inForce'> {
  const hasCredentials = hasTwilioCredentials((name) => values[name] !== null)
  return {
    twilio: twilioOf(values),
    demo: values.DEMO ?? (!hasCredentials && values.DATABASE_URL === null),
    databaseUrl: values.DATABASE_URL,
    mongodbUrl: values.MONGODB_URL,
    redisUrl: values.REDIS_URL,
    dataDir: resolve(cwd, values.DATA_DIR),
    apiHost: values.API_HOST,
    apiPort: values.API_PORT,
    apiKey: values.API_KEY,
    secretKey: values.SECRET_KEY,
    secretKeyOld: values.SECRET_KEY_OLD,
    publicUrl: values.PUBLIC_URL ?? `http://${bracketed(values.API_HOST)}:${values.API_PORT}`,
    corsOrigins: values.CORS_ORIGINS ?? [],
    smtp: smtpOf(values),
    polling: {
      intervalSeconds: values.POLL_INTERVAL_SECONDS,
      lookbackMinutes: values.POLL_LOOKBACK_MINUTES,
      backfillDays: values.BACKFILL_DAYS,
    },
    delivery: {
      webhookTimeoutSeconds: values.WEBHOOK_TIMEOUT_SECONDS,
      webhookRetryAttempts: values.WEBHOOK_RETRY_ATTEMPTS,
      retryAttempts: values.RETRY_ATTEMPTS,
      retryBaseSeconds: values.RETRY_BASE_SECONDS,
      emailMaxPerMinute: values.EMAIL_MAX_PER_MINUTE,
      stormMaxPerMinute: values.STORM_MAX_PER_MINUTE,
      webhookAllowPrivateNetworks: values.WEBHOOK_ALLOW_PRIVATE_NETWORKS,
    },
    heartbeatUrl: values.HEARTBEAT_URL,
    maskNumbers: values.MASK_NUMBERS,
    retention: {
      logsDays: values.RETENTION_DAYS_LOGS,
      alertsDays: values.RETENTION_DAYS_ALERTS,
      receivedDays: values.RETENTION_DAYS_RECEIVED,
    },
    logLevel: values.LOG_LEVEL,
    role: values.ROLE,
    warnings,
  }
}

function twilioOf(values: Values): TwilioConfig | null {
  const accountSid = values.TWILIO_ACCOUNT_SID
  const password = values.TWILIO_API_SECRET ?? values.TWILIO_AUTH_TOKEN
  if (accountSid === null || password === null) return null
  return {
    accountSid,
    username: values.TWILIO_API_KEY ?? accountSid,
    password,
    authToken: values.TWILIO_AUTH_TOKEN,
    baseUrl: values.TWILIO_BASE_URL,
  }
}

function smtpOf(values: Values): SmtpConfig | null {
  if (values.SMTP_HOST === null) return null
  const user = values.SMTP_USER
  return {
    host: values.SMTP_HOST,
    port: values.SMTP_PORT,
    user,
    password: values.SMTP_PASSWORD,
    from: values.SMTP_FROM ?? (user?.includes('@') ? user : 'giftpulse@localhost'),
  }
}

/** Short enough to be guessed by trying. */
const WEAK_SECRET_CHARACTERS = 16

function warningsOf(values: Values): string[] {
  const warnings: string[] = []
  const idle = (['SMTP_USER', 'SMTP_FROM'] as const).filter((name) => values[name] !== null)
  if (values.SMTP_HOST === null && idle.length > 0) {
    warnings.push(`${idle.join(' and ')} do nothing without SMTP_HOST`)
  }
  if (values.SECRET_KEY !== null && values.SECRET_KEY.length < WEAK_SECRET_CHARACTERS) {
    warnings.push(`SECRET_KEY is shorter than ${WEAK_SECRET_CHARACTERS} characters and easily guessed`)
  }
  return warnings
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)
