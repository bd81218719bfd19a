import type { z } from 'zod'
import {
  type Kind,
  host,
  httpBase,
  httpUrl,
  oneOf,
  origins,
  secondsUpTo,
  serviceUrl,
  textLike,
  verbatim,
  wholeNumber,
  yesOrNo,
} from './kinds.js'

/** One line of the configuration: everything that the reader, `.env.example` and the documentation know of it. */
export interface Setting {
  readonly section:
    'Twilio' | 'Services' | 'Access' | 'Polling' | 'Deliveries' | 'Email' | 'Privacy' | 'Process'
  readonly kind: Kind<unknown>
  /** As it would be written; null where leaving it out means something of its own. */
  readonly default: string | null
  /** What leaving it out means, in words, where `default` is null. */
  readonly unset?: string
  /** Never shown; may also be given as a file through NAME_FILE. */
  readonly secret?: true
  readonly meaning: string
}

/** Every setting, in the order in which the documents list them. */
export const settings = {
  TWILIO_ACCOUNT_SID: {
    section: 'Twilio',
    kind: textLike('an account SID, which begins with AC', /^AC[\w-]+$/),
    default: null,
    meaning: 'The account to watch.',
  },
  TWILIO_AUTH_TOKEN: {
    section: 'Twilio',
    kind: textLike('the auth token of the account, without spaces', /^\S+$/),
    default: null,
    secret: true,
    meaning: 'Reads the account and checks the signatures of the webhooks that Twilio sends.',
  },
  TWILIO_API_KEY: {
    section: 'Twilio',
    kind: textLike('the SID of an API key, without spaces', /^\S+$/),
    default: null,
    secret: true,
    meaning: 'Reads the account in place of the auth token, together with `TWILIO_API_SECRET`.',
  },
  TWILIO_API_SECRET: {
    section: 'Twilio',
    kind: textLike('the secret of the API key, without spaces', /^\S+$/),
    default: null,
    secret: true,
    meaning: 'The secret of `TWILIO_API_KEY`.',
  },
  TWILIO_BASE_URL: {
    section: 'Twilio',
    kind: httpBase,
    default: null,
    unset: 'Twilio itself',
    meaning: 'Sends every Twilio REST call here, with the same paths: for proxies, simulators and tests.',
  },
  DEMO: {
    section: 'Twilio',
    kind: yesOrNo,
    default: null,
    unset: '`true` without Twilio credentials and `DATABASE_URL`, else `false`',
    meaning: 'Watches a simulated account instead of a real one; refused together with Twilio credentials.',
  },
  DATABASE_URL: {
    section: 'Services',
    kind: serviceUrl('postgres://user:password@host:5432/giftpulse', ['postgres', 'postgresql']),
    default: null,
    unset: 'an embedded PostgreSQL in `DATA_DIR`',
    secret: true,
    meaning: 'The PostgreSQL that keeps everything. With it `API_KEY` and `SECRET_KEY` must be given.',
  },
  MONGODB_URL: {
    section: 'Services',
    kind: serviceUrl('mongodb://user:password@host:27017/giftpulse', ['mongodb', 'mongodb+srv']),
    default: null,
    unset: 'jobs are kept in the database',
    secret: true,
    meaning: 'The MongoDB in which Agenda keeps its jobs.',
  },
  REDIS_URL: {
    section: 'Services',
    kind: serviceUrl('redis://:password@host:6379', ['redis', 'rediss']),
    default: null,
    unset: 'in-process pub/sub',
    secret: true,
    meaning: 'The Redis that carries events between processes.',
  },
  DATA_DIR: {
    section: 'Services',
    kind: verbatim,
    default: './data',
    meaning: 'Everything that the embedded mode stores, and the generated keys.',
  },
  API_HOST: {
    section: 'Access',
    kind: host,
    default: '127.0.0.1',
    meaning: 'The address to listen on; another one than loopback needs `API_KEY`.',
  },
  API_PORT: {
    section: 'Access',
    kind: wholeNumber(0, 65_535),
    default: '8000',
    meaning: 'The port to listen on; 0 takes any free one.',
  },
  API_KEY: {
    section: 'Access',
    kind: textLike('16 or more printable characters without spaces', /^[\x21-\x7e]{16,}$/),
    default: null,
    unset: 'generated into `DATA_DIR/api-key`',
    secret: true,
    meaning: "The administrator's key, 16 characters or more.",
  },
  SECRET_KEY: {
    section: 'Access',
    kind: verbatim,
    default: null,
    unset: 'generated into `DATA_DIR/secret-key`',
    secret: true,
    meaning:
      'Encrypts the secrets that actions store. Losing it loses them. One of less than 16 characters is warned of.',
  },
  SECRET_KEY_OLD: {
    section: 'Access',
    kind: verbatim,
    default: null,
    unset: 'only `SECRET_KEY` opens what is stored',
    secret: true,
    meaning:
      'The `SECRET_KEY` of before: it opens what it encrypted until `giftpulse secrets rotate` has encrypted everything anew.',
  },
  PUBLIC_URL: {
    section: 'Access',
    kind: httpBase,
    default: null,
    unset: '`http://API_HOST:API_PORT`',
    meaning: 'Where the outside reaches this server: the base of the URLs that Twilio signs.',
  },
  CORS_ORIGINS: {
    section: 'Access',
    kind: origins,
    default: null,
    unset: 'the same origin only',
    meaning: 'Origins whose pages may call the API, separated by commas.',
  },
  POLL_INTERVAL_SECONDS: {
    section: 'Polling',
    kind: wholeNumber(1, 86_400),
    default: '300',
    meaning:
      'Seconds between the polls of each source; the first poll is at the start. In the demo 2 where it is not set.',
  },
  POLL_LOOKBACK_MINUTES: {
    section: 'Polling',
    kind: wholeNumber(0, 43_200),
    default: '15',
    meaning:
      'How many minutes each poll reads back again for late records. In the demo 5 where it is not set.',
  },
  BACKFILL_DAYS: {
    section: 'Polling',
    kind: wholeNumber(0, 400),
    default: '1',
    meaning: 'How many days back the very first sweep of a source reads.',
  },
  WEBHOOK_TIMEOUT_SECONDS: {
    section: 'Deliveries',
    kind: secondsUpTo(300),
    default: '30',
    meaning: 'Seconds that one try of an outgoing webhook may take.',
  },
  WEBHOOK_RETRY_ATTEMPTS: {
    section: 'Deliveries',
    kind: wholeNumber(0, 100),
    default: '3',
    meaning: 'Tries of an outgoing webhook after the first.',
  },
  RETRY_ATTEMPTS: {
    section: 'Deliveries',
    kind: wholeNumber(0, 100),
    default: '8',
    meaning: 'Tries after the first for every other type of action.',
  },
  RETRY_BASE_SECONDS: {
    section: 'Deliveries',
    kind: secondsUpTo(3600),
    default: '5',
    meaning: 'Seconds before the first retry; each later pause is twice as long, one hour at most.',
  },
  EMAIL_MAX_PER_MINUTE: {
    section: 'Deliveries',
    kind: wholeNumber(0, 1_000_000),
    default: '20',
    meaning: 'Emails a minute for one recipient before the rest folds into one message; 0 is no limit.',
  },
  STORM_MAX_PER_MINUTE: {
    section: 'Deliveries',
    kind: wholeNumber(0, 1_000_000),
    default: '1000',
    meaning: 'Deliveries a minute for one action before the rest folds into one message; 0 is no limit.',
  },
  WEBHOOK_ALLOW_PRIVATE_NETWORKS: {
    section: 'Deliveries',
    kind: yesOrNo,
    default: 'false',
    meaning: 'Lets webhook actions reach loopback and private addresses.',
  },
  SMTP_HOST: {
    section: 'Email',
    kind: host,
    default: null,
    unset: 'email deliveries fail and say why',
    meaning: 'The mail server.',
  },
  SMTP_PORT: {
    section: 'Email',
    kind: wholeNumber(1, 65_535),
    default: '587',
    meaning: 'Its port: TLS at once on 465, STARTTLS where it is offered on every other.',
  },
  SMTP_USER: { section: 'Email', kind: verbatim, default: null, meaning: 'The user to log in as.' },
  SMTP_PASSWORD: {
    section: 'Email',
    kind: verbatim,
    default: null,
    secret: true,
    meaning: 'The password of that user.',
  },
  SMTP_FROM: {
    section: 'Email',
    kind: textLike('an address such as GiftPulse <alerts@example.com>', /^[^\r\n]*[^\s@]@[^\s@]+$/),
    default: null,
    unset: '`SMTP_USER` where that is an address, else giftpulse@localhost',
    meaning: 'The sender of every email.',
  },
  MASK_NUMBERS: {
    section: 'Privacy',
    kind: yesOrNo,
    default: 'true',
    meaning:
      "Shows phone numbers as `+1415***2671` in everything that actions send and in the program's own log.",
  },
  RETENTION_DAYS_LOGS: {
    section: 'Privacy',
    kind: wholeNumber(1, 36_500),
    default: null,
    unset: 'logs are kept for ever',
    meaning:
      'Days after which a log is dropped with every status it passed through, by its `timestamp`, and a record that could not be stored as one. What lists go on giving of it is not stored again, even if this is later set to more.',
  },
  RETENTION_DAYS_ALERTS: {
    section: 'Privacy',
    kind: wholeNumber(1, 36_500),
    default: null,
    unset: 'alerts are kept for ever',
    meaning: 'Days after which an alert that is over is dropped, with its deliveries and their tries.',
  },
  RETENTION_DAYS_RECEIVED: {
    section: 'Privacy',
    kind: wholeNumber(1, 36_500),
    default: '7',
    meaning:
      'Days for which received webhooks are kept for a replay; those that could not be worked are kept 30 at least.',
  },
  LOG_LEVEL: {
    section: 'Process',
    kind: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    default: 'info',
    meaning: 'The least severity that is written to the output.',
  },
  ROLE: {
    section: 'Process',
    kind: oneOf('api', 'worker', 'all'),
    default: 'all',
    meaning: 'Which part this process runs; other than `all` needs `DATABASE_URL`.',
  },
  HEARTBEAT_URL: {
    section: 'Process',
    kind: httpUrl,
    default: null,
    unset: 'nobody is told',
    secret: true,
    meaning:
      'Called (GET) after every list was read, all that is stored was judged and nothing due is late: for a monitor that rings when it stops.',
  },
  CONFIG_FILE: {
    section: 'Process',
    kind: verbatim,
    default: null,
    unset: '`giftpulse.yaml` where there is one',
    meaning: 'A YAML file with the same settings, keys spelled as here; the environment wins over it.',
  },
} as const satisfies Record<string, Setting>

/** The name of a setting, as it is spelled in the environment. */
export type SettingName = keyof typeof settings

/** The parsed value of each setting; null where it was left out and has no default. */
export type Values = {
  readonly [Name in SettingName]:
    | z.output<(typeof settings)[Name]['kind']>
    | ((typeof settings)[Name]['default'] extends string ? never : null)
}

/** Every name, in the order of the table. */
export const settingNames = Object.keys(settings) as readonly SettingName[]

/** The setting behind a name, without the exact type of its value. */
export const settingOf = (name: SettingName): Setting => settings[name]
