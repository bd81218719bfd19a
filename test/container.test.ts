import { existsSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { loadConfig } from '../src/config.js'
import { settingNames } from '../src/config/settings.js'

interface Service {
  readonly image?: string
  readonly build?: string
  readonly user?: string
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly environment?: Readonly<Record<string, string | null>>
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly networks?: readonly string[]
  readonly tmpfs?: readonly string[]
  readonly depends_on?: Readonly<Record<string, unknown>>
  readonly healthcheck?: unknown
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
  readonly networks: Readonly<Record<string, unknown>>
}

const composeText = readFileSync('docker-compose.yml', 'utf8')
const compose = parse(composeText, { merge: true }) as Compose
const services = Object.entries(compose.services)
const appEnvironment = compose.services['app']?.environment ?? {}
const dockerfile = readFileSync('Dockerfile', 'utf8').replaceAll('\\\n', ' ').split('\n')

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }

/** The parameters of every line of the Dockerfile that begins with the instruction. */
const instructions = (name: string): string[] =>
  dockerfile
    .filter((line) => line.trim().startsWith(`${name} `))
    .map((line) => line.trim().slice(name.length + 1))

/** What the image runs, without a shell in between. */
const command = () => JSON.parse(instructions('CMD').at(-1) ?? '') as string[]

describe('docker-compose.yml', () => {
  const isCompose = new Ajv({ allowUnionTypes: true, strict: false }).compile(
    JSON.parse(readFileSync('test/fixtures/compose-schema.json', 'utf8')) as object,
  )

  it('follows the Compose Specification', () => {
    isCompose(compose)
    expect(isCompose.errors).toBeNull()
  })

  it.each([
    ['a misspelt key', { services: { app: { image: 'giftpulse', readonly: true } } }],
    ['a port as a number', { services: { app: { image: 'giftpulse', ports: [8000] } } }],
    ['a duration without a unit', { services: { app: { image: 'giftpulse', stop_grace_period: '30' } } }],
    ['a service without an image', { services: { app: {} } }],
  ])('would not follow it with %s', (_what, document) => {
    expect(isCompose(document)).toBe(false)
  })

  it.each(services)('runs %s without privileges on a root that it cannot write', (_name, service) => {
    expect(service.user).toMatch(/^(?!root$|0(:|$))\S+$/)
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    })
    expect(service.tmpfs).toContain('/tmp')
  })

  it.each(services)('publishes the ports of %s on this machine only', (_name, service) => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/)
  })

  it.each(services)('checks the health of %s', (_name, service) => {
    const isChecked = service.build
      ? instructions('HEALTHCHECK').length === 1
      : service.healthcheck !== undefined
    expect(isChecked).toBe(true)
  })

  it('declares every volume, network and service that it names', () => {
    for (const [, service] of services) {
      for (const volume of service.volumes ?? [])
        expect(compose.volumes).toHaveProperty([volume.split(':')[0] ?? ''])
      const networks = (service.networks ?? []).filter((network) => network !== 'default')
      for (const network of networks) expect(compose.networks).toHaveProperty([network])
      for (const other of Object.keys(service.depends_on ?? {}))
        expect(compose.services).toHaveProperty([other])
    }
  })

  it('hands every setting to the app that could be set from outside', () => {
    const known = settingNames.filter((name) => name !== 'CONFIG_FILE')
    expect(Object.keys(appEnvironment).sort()).toEqual([...known].sort())
  })

  it('refuses to start without the keys and passwords, and holds none itself', () => {
    const required = [...composeText.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name)
    expect(new Set(required)).toEqual(
      new Set(['API_KEY', 'SECRET_KEY', 'POSTGRES_PASSWORD', 'MONGODB_PASSWORD', 'REDIS_PASSWORD']),
    )
    for (const [, service] of services) {
      for (const [name, value] of Object.entries(service.environment ?? {})) {
        if (/(PASSWORD|KEY|SECRET|TOKEN|AUTH)$/.test(name)) expect(value ?? '${').toContain('${')
      }
    }
  })

  it('gives the app a configuration that it accepts', () => {
    const interpolated = Object.entries(appEnvironment).map(([name, value]): [string, string] => [
      name,
      (value ?? '').replace(/\$\{\w+:-(.*?)\}/g, '$1').replace(/\$\{\w+:\?.*?\}/g, '0123456789abcdef'),
    ])
    const config = loadConfig(Object.fromEntries(interpolated), noFile, '/app')
    expect(config).toMatchObject({
      role: 'all',
      demo: false,
      publicUrl: 'http://127.0.0.1:8000',
      warnings: [],
    })
    expect(new URL(config.databaseUrl ?? '').hostname).toBe('postgres')
    expect(new URL(config.mongodbUrl ?? '').hostname).toBe('mongodb')
    expect(new URL(config.redisUrl ?? '').hostname).toBe('redis')
  })
})

describe('the Dockerfile', () => {
  it('copies only what is there and what the build context lets in', () => {
    const allowed = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1))
    const copies = instructions('COPY').filter((parameters) => !parameters.startsWith('--from='))
    const copied = copies.flatMap((parameters) => parameters.split(/\s+/).slice(0, -1))
    expect(copied.length).toBeGreaterThan(0)
    for (const source of copied) expect(existsSync(source), source).toBe(true)
    expect([...copied].sort()).toEqual(expect.arrayContaining([...allowed].sort()))
    for (const source of copied) expect(allowed).toContain(source)
  })

  it('copies from the build stage what that stage makes', () => {
    const made = instructions('COPY')
      .filter((parameters) => parameters.startsWith('--from='))
      .map((parameters) => parameters.split(/\s+/)[1])
    expect(made.sort()).toEqual(['/app/dist', '/app/node_modules'])
    expect(instructions('RUN')).toContainEqual(expect.stringContaining('npm run build'))
  })

  it('runs the program that the build makes, as a user without rights', () => {
    expect(instructions('USER').at(-1)).toBe('node')
    expect(command()).toEqual(['node', 'dist/main.js'])
    expect(scripts['build']).toBe('node scripts/build.js')
  })

  it('runs the same program as npm start, which gives its place to it so that signals reach it', () => {
    expect(scripts['start']).toBe(`exec ${command().join(' ')}`)
  })

  it('keeps data in a volume and asks /livez for its health', () => {
    expect(instructions('VOLUME')).toEqual(['/data'])
    expect(instructions('ENV').join(' ')).toContain('DATA_DIR=/data')
    expect(instructions('HEALTHCHECK').join(' ')).toContain('/livez')
  })
})

function noFile(): never {
  throw Object.assign(new Error('there is no such file'), { code: 'ENOENT' })
}
