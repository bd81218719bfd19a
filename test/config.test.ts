import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Config, loadConfig } from '../src/config.js'
import { ConfigError } from '../src/config/config-error.js'
import { configurationPage, envExample } from '../src/config/documents.js'
import { settingNames, settingOf } from '../src/config/settings.js'

const aKey = 'k'.repeat(32)
const database = {
  DATABASE_URL: 'postgres://gift:pw-of-db@db:5432/gift',
  API_KEY: aKey,
  SECRET_KEY: 's'.repeat(32),
}
const account = { TWILIO_ACCOUNT_SID: 'AC123', TWILIO_AUTH_TOKEN: 'the-token' }

/** Loads with the given environment and files; a path without an entry is not there. */
function loadAll(env: Record<string, string> = {}, files: Record<string, string> = {}): Config {
  const read = (path: string): string => {
    const text = files[path.replace('/home/gift/', '')]
    if (text === undefined) throw Object.assign(new Error('not there'), { code: 'ENOENT' })
    return text
  }
  return loadConfig(env, read, '/home/gift')
}

/** The same without where each setting came from. */
function load(...given: Parameters<typeof loadAll>): Omit<Config, 'inForce'> {
  const { inForce: _, ...config } = loadAll(...given)
  return config
}

/** The fault that loading ends with. */
function faultsOf(env: Record<string, string>, files: Record<string, string> = {}): ConfigError {
  try {
    load(env, files)
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error('the configuration was accepted')
}

const namesAtFault = (env: Record<string, string>, files: Record<string, string> = {}): string[] =>
  faultsOf(env, files).faults.map((fault) => fault.name)

describe('without any setting', () => {
  it('has the defaults of the contract', () => {
    expect(load()).toEqual({
      twilio: null,
      demo: true,
      databaseUrl: null,
      mongodbUrl: null,
      redisUrl: null,
      dataDir: '/home/gift/data',
      apiHost: '127.0.0.1',
      apiPort: 8000,
      apiKey: null,
      secretKey: null,
      secretKeyOld: null,
      publicUrl: 'http://127.0.0.1:8000',
      corsOrigins: [],
      smtp: null,
      polling: { intervalSeconds: 2, lookbackMinutes: 5, backfillDays: 1 },
      delivery: {
        webhookTimeoutSeconds: 30,
        webhookRetryAttempts: 3,
        retryAttempts: 8,
        retryBaseSeconds: 5,
        emailMaxPerMinute: 20,
        stormMaxPerMinute: 1000,
        webhookAllowPrivateNetworks: false,
      },
      heartbeatUrl: null,
      maskNumbers: true,
      retention: { logsDays: null, alertsDays: null, receivedDays: 7 },
      logLevel: 'info',
      role: 'all',
      warnings: [],
    })
  })

  it('is polled as the contract says once it is no demo', () => {
    const usual = { intervalSeconds: 300, lookbackMinutes: 15, backfillDays: 1 }
    expect(load(account).polling).toEqual(usual)
    expect(load({ DEMO: 'false' }).polling).toEqual(usual)
    const told = { POLL_INTERVAL_SECONDS: '30', POLL_LOOKBACK_MINUTES: '60' }
    expect(load(told)).toMatchObject({ demo: true, polling: { intervalSeconds: 30, lookbackMinutes: 60 } })
  })

  it('takes an empty or blank text for a setting that was left out', () => {
    const blanks = Object.fromEntries(settingNames.map((name, at) => [name, at % 2 ? '' : '  ']))
    expect(load(blanks)).toEqual(load())
  })
})

describe('values', () => {
  it('are parsed from text', () => {
    const config = load({
      API_PORT: '0',
      DEMO: 'No',
      LOG_LEVEL: 'WARN',
      RETRY_BASE_SECONDS: '0.05',
      CORS_ORIGINS: 'https://a.example.com, http://localhost:3000/',
      PUBLIC_URL: 'https://gift.example.com/base//',
      WEBHOOK_ALLOW_PRIVATE_NETWORKS: 'YES',
      DATA_DIR: '/var/gift',
    })
    expect(config).toMatchObject({
      apiPort: 0,
      demo: false,
      logLevel: 'warn',
      corsOrigins: ['https://a.example.com', 'http://localhost:3000'],
      publicUrl: 'https://gift.example.com/base',
      dataDir: '/var/gift',
    })
    expect(config.delivery).toMatchObject({ retryBaseSeconds: 0.05, webhookAllowPrivateNetworks: true })
  })

  it.each([
    ['API_PORT', '65536'],
    ['API_PORT', '80a'],
    ['API_PORT', '-1'],
    ['API_PORT', '0x50'],
    ['API_HOST', 'http://localhost'],
    ['API_KEY', 'fifteen-letters'],
    ['API_KEY', 'sixteen letters and spaces'],
    ['POLL_INTERVAL_SECONDS', '0'],
    ['POLL_INTERVAL_SECONDS', '1.5'],
    ['RETRY_BASE_SECONDS', '0'],
    ['RETRY_BASE_SECONDS', '1e3'],
    ['RETRY_ATTEMPTS', '101'],
    ['EMAIL_MAX_PER_MINUTE', 'many'],
    ['DEMO', 'maybe'],
    ['LOG_LEVEL', 'loud'],
    ['ROLE', 'boss'],
    ['TWILIO_BASE_URL', 'ftp://twilio.test'],
    ['MONGODB_URL', 'postgres://db/gift'],
    ['REDIS_URL', 'localhost:6379'],
    ['PUBLIC_URL', 'https://gift.example.com/?a=1'],
    ['CORS_ORIGINS', 'https://a.example.com/path'],
    ['CORS_ORIGINS', 'a.example.com'],
  ])('refuses %s = %s', (name, value) => {
    expect(namesAtFault({ [name]: value })).toContain(name)
  })

  it.each([
    ['DATABASE_URL', 'postgresql:///gift?host=/var/run/postgresql'],
    ['DATABASE_URL', 'postgres://u:p%23@[::1]:5432/gift'],
    ['MONGODB_URL', 'mongodb://u:p@one:27017,two:27018/gift?replicaSet=r'],
    ['MONGODB_URL', 'mongodb+srv://u:p@cluster.example.com/gift'],
    ['REDIS_URL', 'rediss://:p@cache:6380/1'],
  ])('accepts %s = %s', (name, value) => {
    const config = load({ ...database, [name]: value })
    expect([config.databaseUrl, config.mongodbUrl, config.redisUrl]).toContain(value)
  })

  it('puts brackets around an IPv6 address in the public URL', () => {
    expect(load({ API_HOST: '[::1]' })).toMatchObject({ apiHost: '::1', publicUrl: 'http://[::1]:8000' })
  })
})

describe('faults', () => {
  it('are all listed at once with value and expectation', () => {
    const { message, code, faults } = faultsOf({ API_PORT: 'abc', ROLE: 'boss', SMTP_HOST: 'a b' })
    expect(code).toBe('CONFIG_INVALID')
    expect(faults).toHaveLength(3)
    expect(message).toContain('3 faults')
    expect(message).toContain('API_PORT = "abc": expected a whole number from 0 to 65535')
    expect(message).toContain('ROLE = "boss": expected one of api, worker, all')
    expect(message).toContain('SMTP_HOST = "a b"')
  })

  it('say where the value was given', () => {
    const { message } = faultsOf(
      { API_PORT: 'abc' },
      { '.env': 'ROLE=boss', 'giftpulse.yaml': 'SMTP_HOST: a b' },
    )
    expect(message).toMatch(/API_PORT = "abc".* \(given by the environment\)$/m)
    expect(message).toMatch(/ROLE = "boss".* \(given in \.env\)$/m)
    expect(message).toMatch(/SMTP_HOST = "a b".* \(given in the configuration file\)$/m)
  })

  it('come with the misspelled names that may explain them', () => {
    const { message } = faultsOf({}, { '.env': 'TWILIO_ACOUNT_SID=AC1\nTWILIO_AUTH_TOKEN=token' })
    expect(message).toContain('TWILIO_ACCOUNT_SID is not set')
    expect(message).toContain('did you mean TWILIO_ACCOUNT_SID?')
  })

  it('never show a secret, wherever it was given', () => {
    const secrets = settingNames.filter((name) => settingOf(name).secret)
    const canary = 'CANARY value'
    const given = Object.fromEntries(
      secrets.flatMap((name) => [
        [name, canary],
        [`${name}_FILE`, 'secret.txt'],
      ]),
    )
    const { message } = faultsOf(
      { ...given, TWILIO_BASE_URL: 'ftp://user:CANARY@host' },
      { 'secret.txt': canary },
    )
    expect(message).toContain('(hidden)')
    expect(message).not.toContain('CANARY')
    expect(
      faultsOf({}, { 'giftpulse.yaml': `API_KEY: ${canary}\nAPI_KEY: ${canary}` }).message,
    ).not.toContain('CANARY')
  })

  it('stay on their own line and short, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        const { message } = faultsOf({ ROLE: `${text}!` })
        expect(message.split('\n')).toHaveLength(2)
      }),
    )
    expect(faultsOf({ ROLE: 'x'.repeat(10_000) }).message.length).toBeLessThan(300)
  })
})

describe('Twilio credentials', () => {
  it('are the account SID and its token', () => {
    const config = load({ ...account, TWILIO_BASE_URL: 'http://127.0.0.1:9000/' })
    expect(config.demo).toBe(false)
    expect(config.twilio).toEqual({
      accountSid: 'AC123',
      username: 'AC123',
      password: 'the-token',
      authToken: 'the-token',
      baseUrl: 'http://127.0.0.1:9000',
    })
  })

  it('are an API key for REST calls, beside the token for signatures', () => {
    const key = { TWILIO_API_KEY: 'SK1', TWILIO_API_SECRET: 'key-secret' }
    expect(load({ ...account, ...key }).twilio).toMatchObject({
      accountSid: 'AC123',
      username: 'SK1',
      password: 'key-secret',
      authToken: 'the-token',
    })
    expect(load({ TWILIO_ACCOUNT_SID: 'AC123', ...key }).twilio?.authToken).toBeNull()
  })

  it.each([
    [{ TWILIO_ACCOUNT_SID: 'AC1' }, ['TWILIO_AUTH_TOKEN']],
    [{ TWILIO_AUTH_TOKEN: 't' }, ['TWILIO_ACCOUNT_SID']],
    [{ TWILIO_ACCOUNT_SID: 'AC1', TWILIO_API_KEY: 'SK1' }, ['TWILIO_API_SECRET']],
    [{ ...account, TWILIO_API_SECRET: 's' }, ['TWILIO_API_KEY']],
    [{ TWILIO_API_KEY: 'SK1' }, ['TWILIO_ACCOUNT_SID', 'TWILIO_API_SECRET']],
    [{ ...account, TWILIO_ACCOUNT_SID: 'SK1' }, ['TWILIO_ACCOUNT_SID']],
    [{ ...account, DEMO: 'true' }, ['DEMO']],
  ])('are refused when they do not fit together: %j', (env, expected) => {
    expect(namesAtFault(env as Record<string, string>).sort()).toEqual([...expected].sort())
  })

  it('leave the demo to those without credentials and without a database', () => {
    expect(load(account).demo).toBe(false)
    expect(load(database).demo).toBe(false)
    expect(load({ ...database, DEMO: '1' }).demo).toBe(true)
    expect(load({ DEMO: 'false' })).toMatchObject({ demo: false, twilio: null })
  })
})

describe('rules between settings', () => {
  it.each(['0.0.0.0', '::', '192.168.1.5', 'gift.example.com', '127.0.0.1.example.com'])(
    'want a key when listening on %s',
    (API_HOST) => {
      expect(namesAtFault({ API_HOST })).toEqual(['API_KEY'])
      expect(load({ API_HOST, API_KEY: aKey }).apiKey).toBe(aKey)
    },
  )

  it.each(['127.0.0.1', '127.8.9.1', 'localhost', '::1'])('want no key when listening on %s', (API_HOST) => {
    expect(load({ API_HOST }).apiKey).toBeNull()
  })

  it('want both keys beside a database', () => {
    expect(namesAtFault({ DATABASE_URL: database.DATABASE_URL })).toEqual(['API_KEY', 'SECRET_KEY'])
  })

  it('do not report a key as missing that was given but is bad', () => {
    expect(namesAtFault({ ...database, API_KEY: 'short' })).toEqual(['API_KEY'])
    const unreadable = {
      DATABASE_URL: database.DATABASE_URL,
      SECRET_KEY: 's'.repeat(32),
      API_KEY_FILE: 'nowhere',
    }
    expect(namesAtFault(unreadable)).toEqual(['API_KEY_FILE'])
  })

  it('want a database for a process that runs only one part', () => {
    expect(namesAtFault({ ROLE: 'worker' })).toEqual(['DATABASE_URL'])
    expect(load({ ...database, ROLE: 'Worker' }).role).toBe('worker')
  })

  it('want the SMTP user and password together', () => {
    expect(namesAtFault({ SMTP_HOST: 'mail', SMTP_USER: 'me' })).toEqual(['SMTP_PASSWORD'])
    expect(namesAtFault({ SMTP_HOST: 'mail', SMTP_PASSWORD: 'pw' })).toEqual(['SMTP_USER'])
  })

  it('send from the SMTP user where that is an address', () => {
    const login = { SMTP_HOST: 'mail', SMTP_USER: 'ops@example.com', SMTP_PASSWORD: ' kept as it is ' }
    expect(load(login).smtp).toEqual({
      host: 'mail',
      port: 587,
      user: 'ops@example.com',
      password: ' kept as it is ',
      from: 'ops@example.com',
    })
    expect(load({ ...login, SMTP_USER: 'ops' }).smtp?.from).toBe('giftpulse@localhost')
    expect(load({ ...login, SMTP_FROM: 'GiftPulse <a@b.example>' }).smtp?.from).toBe(
      'GiftPulse <a@b.example>',
    )
  })

  it('warn of what has no effect and of a weak secret', () => {
    expect(load({ SMTP_FROM: 'a@b.example', SECRET_KEY: 'short' }).warnings).toEqual([
      expect.stringContaining('SMTP_FROM'),
      expect.stringContaining('SECRET_KEY'),
    ])
  })
})

describe('NAME_FILE', () => {
  it('reads a secret from a file, without the line break at its end', () => {
    expect(load({ API_KEY_FILE: 'secrets/key' }, { 'secrets/key': `${aKey}\r\n` }).apiKey).toBe(aKey)
  })

  it.each(settingNames.filter((name) => settingOf(name).secret))('is known for %s', (name) => {
    expect(namesAtFault({ [`${name}_FILE`]: 'nowhere' })).toContain(`${name}_FILE`)
  })

  it('is refused beside the value itself, unreadable or empty', () => {
    expect(namesAtFault({ API_KEY: aKey, API_KEY_FILE: 'k' }, { k: aKey })).toEqual(['API_KEY'])
    expect(faultsOf({ API_KEY_FILE: 'k' }).message).toContain(
      'API_KEY_FILE = "k": expected a readable file (ENOENT)',
    )
    expect(namesAtFault({ API_KEY_FILE: 'k' }, { k: '\n' })).toEqual(['API_KEY_FILE'])
  })

  it('may stand in the configuration file too', () => {
    expect(load({}, { 'giftpulse.yaml': 'API_KEY_FILE: k', k: aKey }).apiKey).toBe(aKey)
  })
})

describe('the configuration file', () => {
  const yaml = (text: string): Record<string, string> => ({ 'giftpulse.yaml': text })

  it('gives settings that the environment and .env win over', () => {
    const files = {
      ...yaml('API_PORT: 1\nROLE: all\nLOG_LEVEL: debug'),
      '.env': 'API_PORT=2\nPOLL_INTERVAL_SECONDS=7',
    }
    expect(load({}, files)).toMatchObject({ apiPort: 2, logLevel: 'debug', polling: { intervalSeconds: 7 } })
    expect(load({ API_PORT: '3' }, files).apiPort).toBe(3)
  })

  it('keeps the text of a value as it was written', () => {
    const config = load(
      {},
      yaml('TWILIO_ACCOUNT_SID: AC1\nTWILIO_AUTH_TOKEN: 0123456789012345678901234567890\nDEMO: no'),
    )
    expect(config.twilio?.password).toBe('0123456789012345678901234567890')
    expect(config.demo).toBe(false)
  })

  it('takes null and nothing for a setting that was left out', () => {
    expect(load({}, yaml('API_PORT:\nROLE: ~\nLOG_LEVEL: null'))).toEqual(load())
    expect(load({}, yaml('# nothing yet\n'))).toEqual(load())
  })

  it('is refused when it is there but cannot be read, as .env is', () => {
    const denied = (): never => {
      throw Object.assign(new Error('denied'), { code: 'EACCES' })
    }
    expect(() => loadConfig({}, denied, '/home/gift')).toThrow(
      /2 faults[^]*\.env[^]*giftpulse\.yaml[^]*EACCES/,
    )
  })

  it('is named by CONFIG_FILE and must then be there', () => {
    expect(load({ CONFIG_FILE: 'etc/my.yaml' }, { 'etc/my.yaml': 'API_PORT: 9' }).apiPort).toBe(9)
    expect(namesAtFault({ CONFIG_FILE: 'etc/my.yaml' })).toEqual(['CONFIG_FILE'])
  })

  it('warns of misspelled names in .env, where names of other programs may stand', () => {
    const { warnings } = load(
      { PATHS: '/bin', SMTP_PORTS: '1' },
      { '.env': 'SMTP_PORTT=2525\nMONGO_URL=x\nPOSTGRES_PASSWORD=x\nCOMPOSE_PROJECT_NAME=x\nAPI_PORT=9' },
    )
    expect(warnings.toSorted()).toEqual([
      '.env: "MONGO_URL" is not a setting and is ignored; did you mean MONGODB_URL?',
      '.env: "SMTP_PORTT" is not a setting and is ignored; did you mean SMTP_PORT?',
    ])
  })

  it('warns of keys that mean nothing and suggests the nearest', () => {
    const { warnings } = load(
      {},
      yaml('POLL_INTERVAL_SECOND: 5\napi-port: 7\nSOMETHING_ELSE: 1\nAPI_PORT_FILE: x'),
    )
    expect(warnings).toHaveLength(4)
    expect(warnings[0]).toContain('did you mean POLL_INTERVAL_SECONDS?')
    expect(warnings[1]).toContain('did you mean API_PORT?')
    expect(warnings[2]).not.toContain('did you mean')
  })

  it.each([
    ['a list', 'CORS_ORIGINS: [a, b]', 'CORS_ORIGINS'],
    ['a map', 'API_PORT: { a: 1 }', 'API_PORT'],
    ['an anchor', 'API_PORT: &p 80', 'API_PORT'],
    ['a tag', 'API_PORT: !!str 80', 'API_PORT'],
    ['a tag for numbers', 'API_PORT: !!int 80', 'CONFIG_FILE'],
    ['a tag of its own', 'API_PORT: !env PORT', 'CONFIG_FILE'],
    ['a key twice', 'API_PORT: 80\nAPI_PORT: 81', 'CONFIG_FILE'],
    ['no map', '- API_PORT', 'CONFIG_FILE'],
    ['broken YAML', 'API_PORT: "80', 'CONFIG_FILE'],
  ])('is refused with %s', (_what, text, name) => {
    expect(namesAtFault({}, yaml(text))).toEqual([name])
  })

  it('expands no aliases', () => {
    const bomb = 'ROLE: &a all\nLOG_LEVEL: *a'
    expect(namesAtFault({}, yaml(bomb))).toEqual(['ROLE', 'LOG_LEVEL'])
  })
})

describe('the documents', () => {
  it('are those that the table of settings makes', () => {
    const again = 'write them again: npm run build && node dist/config/emit-documents.js'
    expect(readFileSync('.env.example', 'utf8'), again).toBe(envExample())
    expect(readFileSync('docs/configuration.md', 'utf8'), again).toBe(configurationPage())
  })

  it('name every setting', () => {
    for (const name of settingNames) {
      expect(envExample()).toContain(`\n# ${name}=`)
      expect(configurationPage()).toContain(`| \`${name}\` `)
    }
  })

  it('make an example that changes nothing, and whose lines are the defaults', () => {
    expect(load({}, { '.env': envExample() })).toEqual(load())
    const uncommented = envExample().replace(/^# ([A-Z_]+=)/gm, '$1')
    // Of a demo two lines say otherwise, and so does their text.
    const noDemo = { DEMO: 'false' }
    expect(load(noDemo, { '.env': uncommented })).toEqual(load(noDemo))
  })
})

describe('the settings in force', () => {
  const found = (name: string, ...given: Parameters<typeof loadAll>) =>
    loadAll(...given).inForce.find((setting) => setting.name === name)

  it('are all there, with where each came from', () => {
    const files = { '.env': 'LOG_LEVEL=debug\nAPI_PORT=1', 'giftpulse.yaml': 'ROLE: all\nLOG_LEVEL: warn' }
    const { inForce } = loadAll({ API_PORT: '9000' }, files)
    expect(inForce.map(({ name }) => name)).toEqual(settingNames)
    const origins = Object.fromEntries(inForce.map(({ name, origin, value }) => [name, [origin, value]]))
    expect(origins).toMatchObject({
      API_PORT: ['environment', '9000'],
      LOG_LEVEL: ['.env', 'debug'],
      ROLE: ['file', 'all'],
      SMTP_PORT: ['default', '587'],
    })
  })

  it('say what those that were left out came to', () => {
    expect(found('DEMO')).toMatchObject({ value: 'true', origin: 'default' })
    expect(found('PUBLIC_URL', { API_PORT: '9000' })).toMatchObject({ value: 'http://127.0.0.1:9000' })
    expect(found('DATABASE_URL')).toMatchObject({
      value: null,
      default: 'an embedded PostgreSQL in DATA_DIR',
    })
  })

  it('hold no secret, given directly or as a file', () => {
    const { inForce } = loadAll({ ...database, ...account, API_KEY: '', API_KEY_FILE: 'k' }, { k: aKey })
    const text = JSON.stringify(inForce)
    for (const secret of ['pw-of-db', aKey, database.SECRET_KEY, 'the-token'])
      expect(text).not.toContain(secret)
    expect(inForce.find(({ name }) => name === 'API_KEY')).toMatchObject({
      value: '********',
      isSecret: true,
      origin: 'environment',
    })
  })
})
