import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { cliProgram, runCli, startCli } from '../fixtures/cli.js'
import { aProductDatabase } from '../fixtures/empty-database.js'
import { aDirectory, endProducts, type Product, productKey, startProduct } from '../fixtures/product.js'

// Several processes one after another.
vi.setConfig({ testTimeout: 90_000 })

let product: Product
let database: Awaited<ReturnType<typeof aProductDatabase>>
let cwd: string

beforeAll(async () => {
  cwd = aDirectory()
  database = await aProductDatabase()
  const { env: settings } = database
  product = await startProduct({
    main: cliProgram,
    parameters: ['demo', '--port', '0'],
    env: settings,
  }).ready()
})
afterAll(async () => {
  await endProducts()
  await database.drop()
})

const env = (apiKey = productKey) => ({ GIFTPULSE_URL: product.url, API_KEY: apiKey })
const giftpulse = (...parameters: string[]) => runCli(parameters, { cwd, env: env() })

interface Line {
  readonly cursor: string
  readonly log: { readonly twilioSid: string; readonly logType: string; readonly timestamp: string }
}
const linesOf = (out: string): Line[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)

describe('giftpulse demo', () => {
  it('is the product, on the simulated account', async () => {
    expect(await product.graphql('{ health { demo } }')).toEqual({ health: { demo: true } })
  })

  it('refuses where there are credentials', async () => {
    const options = { cwd, env: { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'token', API_PORT: '0' } }
    const refused = await runCli(['demo'], options)
    expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/DEMO/) })
  })
})

describe('giftpulse poll', () => {
  it('polls now', async () => {
    const { code, out } = await giftpulse('poll', '--once', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({ stored: expect.any(Number), changed: expect.any(Number) })
  })
})

describe('giftpulse logs tail', () => {
  it('prints a line of JSON for each log, and goes on from its cursor without a gap or a repeat', async () => {
    const bookmark = join(cwd, 'bookmark')
    const first = await giftpulse('logs', 'tail', '--json', '--limit', '3', '--bookmark', bookmark)
    expect(first).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^DEMO: .*\nTo go on from here: --after \S+\n$/),
    })
    const cursor = linesOf(first.out).at(-1)?.cursor
    expect(readFileSync(bookmark, 'utf8')).toBe(`${cursor}\n`)
    const [again, other] = await Promise.all([
      giftpulse('logs', 'tail', '--json', '--limit', '3', '--bookmark', bookmark),
      giftpulse('logs', 'tail', '--json', '--limit', '2', '--after', linesOf(first.out)[0]?.cursor ?? ''),
    ])
    const sids = (out: string) => linesOf(out).map(({ log }) => log.twilioSid)
    expect(sids(other.out)).toEqual(sids(first.out).slice(1))
    const all = [...sids(first.out), ...sids(again.out)]
    expect(new Set(all).size).toBe(all.length)
  })

  it('begins at its bookmark though it ended before the first log', async () => {
    const bookmark = join(cwd, 'early')
    const child = startCli(['logs', 'tail', '--status', 'no-such', '--bookmark', bookmark], {
      cwd,
      env: env(),
    })
    let out = ''
    child.stdout?.on('data', (text: Buffer) => (out += text.toString()))
    await vi.waitFor(() => expect(readFileSync(bookmark, 'utf8')).toMatch(/^\S+\n$/), { timeout: 30_000 })
    child.kill('SIGTERM')
    await once(child, 'close')
    expect(out).toBe('')
  })

  it.each([
    ['without --changes, it says that later changes are not shown', ['--last', '1'], /with --changes/],
    ['with --changes, it shows them', ['--changes'], /^DEMO: .*\nTo go on/],
  ])('of a status: %s', async (_, parameters, said) => {
    const asked = ['logs', 'tail', '--type', 'message', '--status', 'delivered', '--limit', '1', '--json']
    const { code, out, err } = await giftpulse(...asked, ...parameters)
    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(said) })
    expect(linesOf(out)).toMatchObject([{ log: { logType: 'MESSAGE', status: 'delivered' } }])
  })

  it('takes the newest where fewer are asked for than it begins with', async () => {
    const { out } = await giftpulse('logs', 'tail', '--json', '--last', '50', '--limit', '2')
    const { out: later } = await giftpulse('logs', 'tail', '--json', '--last', '1', '--limit', '1')
    const at = (text: string) => linesOf(text).map(({ log }) => log.timestamp)
    expect(at(out)).toHaveLength(2)
    expect(at(later)[0]! >= at(out)[1]!).toBe(true)
  })

  it('ends with 4 where nothing answers, also with a cursor', async () => {
    const options = { cwd, env: { ...env(), GIFTPULSE_URL: 'http://127.0.0.1:9' } }
    expect(await runCli(['logs', 'tail', '--after', 'any'], options)).toMatchObject({ code: 4, out: '' })
  })

  it('shows only what is asked for, with the newest first known', async () => {
    const { code, out } = await giftpulse(
      'logs',
      'tail',
      '--json',
      '--type',
      'call',
      '--last',
      '2',
      '--limit',
      '2',
    )
    expect(code).toBe(0)
    expect(linesOf(out).map(({ log }) => log.logType)).toEqual(['CALL', 'CALL'])
  })

  it('ends when it is told to, and says how to go on', async () => {
    const child = startCli(['logs', 'tail'], { cwd, env: env() })
    let err = ''
    child.stderr?.on('data', (text: Buffer) => (err += text.toString()))
    const [line] = (await once(createInterface(child.stdout!), 'line')) as [string]
    child.kill('SIGTERM')
    const [code] = (await once(child, 'close')) as [number]
    expect(line).toMatch(/^\d{4}-\S+Z {2}[A-Z]+ /)
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(/^DEMO: .*\nTo go on from here: --after \S+\n$/),
    })
  })

  it('ends with 5 where the key is wrong', async () => {
    const options = { cwd, env: env('a-key-of-somebody-else') }
    const refused = await runCli(['logs', 'tail'], options)
    expect(refused).toMatchObject({ code: 5, out: '', err: expect.stringMatching(/Set API_KEY/) })
  })
})

describe('giftpulse keys', () => {
  it('makes a key that does what its scope says, shows it once, and makes it worthless', async () => {
    const made = await giftpulse('keys', 'create', 'reader', '--expires', '30d', '--json')
    const { key, apiKey } = JSON.parse(made.out) as { key: string; apiKey: { id: string; scopes: string[] } }
    expect(apiKey).toMatchObject({ name: 'reader', scopes: ['READ'], expiresAt: expect.any(String) })
    const withKey = (...parameters: string[]) => runCli(parameters, { cwd, env: env(key) })
    const [listed, poll] = await Promise.all([giftpulse('keys', 'list'), withKey('poll', '--once')])
    expect(listed.out).toContain(`${apiKey.id}  reader`)
    expect(listed.out).not.toContain(key)
    expect(poll).toMatchObject({ code: 5, out: '' })
    expect(await giftpulse('keys', 'revoke', apiKey.id)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/revoked/),
    })
    expect(await withKey('export')).toMatchObject({ code: 5 })
  })
})

describe('giftpulse rules test', () => {
  it('shows what the rules of a file would have found', async () => {
    writeFileSync(
      join(cwd, 'rules.yaml'),
      'rules:\n  - { name: all, pattern_type: regex, pattern_value: ".*", actions: [{ type: log }] }\n  - { name: odd, pattern_type: status, pattern_value: "" }\n',
    )
    const [json, text, bad] = await Promise.all([
      giftpulse('rules', 'test', 'rules.yaml', '--rule', 'all', '--since', '1h', '--json'),
      giftpulse('rules', 'test', 'rules.yaml', '--rule', 'all', '--since', '1h'),
      giftpulse('rules', 'test', 'rules.yaml', '--rule', 'odd'),
    ])
    expect(json).toMatchObject({ code: 0, err: '' })
    const { rules } = JSON.parse(json.out) as { rules: object[] }
    expect(rules).toMatchObject([{ name: 'all', preview: { logCount: expect.any(Number) } }])
    expect(text.out).toMatch(/^all\n {2}matches [·▁-█]+ {2}\d+ of \d+ logs\n {2}alerts {2}/)
    expect(bad).toMatchObject({ code: 2, err: expect.stringMatching(/rules\.yaml:3:5: patternValue/) })
  })
})
