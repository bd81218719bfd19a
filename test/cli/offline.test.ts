import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Command } from 'commander'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { parse } from 'yaml'
import { createProgram } from '../../src/cli/program.js'
import { configurationSchema } from '../../src/cli/configuration-schema.js'
import { snippetsIn } from '../docs/markdown.js'
import { runCli } from '../fixtures/cli.js'
import { aServerDatabase, testServer } from '../fixtures/empty-database.js'
import { aDirectory, endProducts } from '../fixtures/product.js'

// Each starts the program, some of them again and again.
vi.setConfig({ testTimeout: 120_000 })

let cwd: string
beforeAll(() => {
  cwd = aDirectory()
})
afterAll(endProducts)

const giftpulse = (parameters: string[], env: Record<string, string> = {}) => runCli(parameters, { cwd, env })

describe('giftpulse without a product', () => {
  it('helps', async () => {
    const { code, out, err } = await giftpulse(['--help'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const command of [
      'start',
      'demo',
      'doctor',
      'migrate',
      'diff',
      'apply',
      'export',
      'rules',
      'logs',
      'poll',
      'keys',
    ])
      expect(out).toMatch(new RegExp(`^  ${command} `, 'm'))
  })

  it('says its version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(await giftpulse(['version'])).toEqual({ code: 0, out: `${version}\n`, err: '' })
    expect(JSON.parse((await giftpulse(['version', '--json'])).out)).toEqual({
      version,
      node: process.versions.node,
    })
  })

  it('prints JSON by every command whose output is not a log or a script by itself', () => {
    const leaves = (command: Command, words: string[] = []): [string, Command][] =>
      command.commands.length === 0
        ? [[words.join(' '), command]]
        : command.commands.flatMap((inner) => leaves(inner, [...words, inner.name()]))
    const without = leaves(createProgram()).filter(
      ([, command]) => !command.options.some(({ long }) => long === '--json'),
    )
    expect(without.map(([words]) => words).sort()).toEqual(['completion', 'demo', 'start'])
  })

  it('ends with 2 where the command line makes no sense', async () => {
    const [bogus, bare, lost] = await Promise.all(
      [['bogus'], ['keys'], ['migrate']].map((one) => giftpulse(one)),
    )
    expect(bogus).toEqual({ code: 2, out: '', err: expect.stringMatching(/unknown command 'bogus'/) })
    expect(bare).toEqual({ code: 2, out: '', err: expect.stringMatching(/Usage: giftpulse keys/) })
    expect(lost).toEqual({ code: 2, out: '', err: expect.stringMatching(/DATABASE_URL is not set/) })
  })

  it.each([
    [['logs', 'tail', '--limit', '0'], /Expected a whole number/],
    [['logs', 'tail', '--last', '201'], /Expected 200 at most/],
    [['logs', 'tail', '--type', 'foo'], /Allowed choices are call, message, /],
    [['rules', 'test', 'x', '--since', 'yesterday'], /Expected a duration such as 90m/],
    [['keys', 'create', 'x', '--scope', 'root'], /Allowed choices are read, operate, admin/],
    [['start', '--set', 'NOPE=1'], /--set NOPE is not a setting/],
    [['poll', '--url', 'nowhere', '--api-key-file', 'x'], /"nowhere" is not the address of a product/],
    [['diff', 'no-such-file'], /There is no file or folder no-such-file/],
  ])('refuses %j', async (parameters, said) => {
    const quiet = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const refused = createProgram().parseAsync(parameters, { from: 'user' })
    await expect(refused).rejects.toThrow(said)
    quiet.mockRestore()
  })

  it('ends with 4 where nothing answers, and with 5 where there is no key', async () => {
    const env = { GIFTPULSE_URL: 'http://127.0.0.1:9' }
    const unreachable = await giftpulse(['poll', '--once'], { ...env, API_KEY: 'a-key-that-is-long' })
    expect(unreachable).toMatchObject({ code: 4, err: expect.stringMatching(/giftpulse start/) })
    expect(await giftpulse(['poll', '--once'], env)).toMatchObject({
      code: 5,
      err: expect.stringMatching(/API_KEY is not set/),
    })
  })

  it('completes commands in a shell', async () => {
    const { out } = await giftpulse(['completion', 'bash'])
    writeFileSync(join(cwd, 'complete.sh'), out)
    expect(out).toContain('"logs") next="tail --help" ;;')
    expect(out).toMatch(
      /"keys create"\) next="--url --api-key-file --scope --pii --expires --json --help" ;;/,
    )
  })

  it('prints the schema that accepts the examples and refuses what apply would', async () => {
    const schema = JSON.parse((await giftpulse(['schema'])).out) as object
    expect(schema).toEqual(configurationSchema())
    const validate = new Ajv2020({ strict: false, logger: false }).compile(schema)
    const examples = snippetsIn('yaml').filter(({ place }) => !place.includes('deployment'))
    expect(examples.length).toBeGreaterThan(1)
    for (const { text, place } of examples)
      expect({ place, ok: validate(parse(text) ?? {}), errors: validate.errors }).toMatchObject({
        place,
        ok: true,
      })
    const rule = { name: 'a', pattern_type: 'status', pattern_value: 'failed' }
    expect(validate({ rules: [rule] })).toBe(true)
    const unquoted = { name: 30001, description: true }
    expect(validate({ rules: [{ ...rule, ...unquoted, pattern_value: 30001 }] })).toBe(true)
    expect(validate({ receivers: [unquoted] })).toBe(true)
    for (const bad of [
      { silences: [] },
      { rules: [{ ...rule, logType: 'call' }] },
      { rules: [{ name: 'a' }] },
      { rules: [{ ...rule, actions: [{ type: 'email' }] }] },
      { rules: [{ ...rule, actions: [{ type: 'log', config: { level: 'loud' } }] }] },
    ])
      expect(validate(bad)).toBe(false)
  })
})

describe('giftpulse doctor', () => {
  const checksOf = async (env: Record<string, string>) => {
    const { code, out } = await giftpulse(['doctor', '--json'], env)
    const { ok, checks } = JSON.parse(out) as {
      ok: boolean
      checks: { name: string; status: string; fix: string }[]
    }
    return {
      code,
      ok,
      checks,
      statusOf: (name: string) => checks.find((check) => check.name === name)?.status,
    }
  }

  it('is content with nothing but Node', async () => {
    const { code, ok, checks } = await checksOf({})
    expect({ code, ok }).toEqual({ code: 0, ok: true })
    expect(checks.map(({ name }) => name)).toEqual([
      'Node',
      'Configuration',
      'Settings',
      'Data directory',
      'Twilio',
      'PostgreSQL',
      'MongoDB',
      'Redis',
      'SMTP',
      'Public URL',
    ])
  })

  it('says every fault of the configuration, and no secret', async () => {
    const { code, out } = await giftpulse(['doctor'], { API_PORT: 'x', API_KEY: 'short-one', ROLE: 'boss' })
    expect(code).toBe(1)
    expect(out).toMatch(/API_PORT = "x"[\s\S]*ROLE = "boss"/)
    expect(out).not.toContain('short-one')
  })

  it('names the cause and the fix of everything that is away', async () => {
    const { code, ok, checks, statusOf } = await checksOf({
      TWILIO_ACCOUNT_SID: 'AC1',
      TWILIO_AUTH_TOKEN: 'token',
      TWILIO_BASE_URL: 'http://127.0.0.1:9',
      DATABASE_URL: 'postgres://u:hidden@127.0.0.1:9/x',
      MONGODB_URL: 'mongodb://127.0.0.1:9',
      REDIS_URL: 'redis://127.0.0.1:9',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: '9',
      API_KEY: 'a-key-that-is-long',
      SECRET_KEY: 'a-secret',
      PUBLIC_URL: 'http://giftpulse.invalid',
    })
    expect({ code, ok }).toEqual({ code: 1, ok: false })
    for (const name of ['Twilio', 'PostgreSQL', 'MongoDB', 'Redis', 'SMTP', 'Public URL'])
      expect([name, statusOf(name)]).toEqual([name, 'failed'])
    expect(
      checks.every(({ status, fix }) => (status === 'failed') === (fix !== null) || status === 'warning'),
    ).toBe(true)
    expect(JSON.stringify(checks)).not.toContain('hidden')
  })

  it('reads one message of the account', async () => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.setHeader('content-type', 'application/json').end('{"messages":[],"next_page_uri":null}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const { statusOf } = await checksOf({
      TWILIO_ACCOUNT_SID: 'AC1',
      TWILIO_AUTH_TOKEN: 'token',
      TWILIO_BASE_URL: `http://127.0.0.1:${port}`,
    })
    server.close()
    expect(statusOf('Twilio')).toBe('ok')
    expect(asked).toEqual(['/2010-04-01/Accounts/AC1/Messages.json?PageSize=1'])
  })
})

describe('giftpulse logs tail', () => {
  it('says once why it is given no connection, and tries again until it is', async () => {
    const server = createServer((_request, response) => {
      response
        .setHeader('content-type', 'application/json')
        .end('{"data":{"health":{"demo":false},"logs":{"feedCursor":"c0"}}}')
    })
    const sockets = new WebSocketServer({ server, handleProtocols: ([first]) => first ?? false })
    let opened = 0
    const answer = (socket: WebSocket, message: { type: string; id?: string }): void => {
      const data = { logAdded: { cursor: 'c1', log: { twilioSid: 'SM1' } } }
      if (opened <= 2) socket.close(1013, 'At most 200 sockets at once with one key')
      else if (message.type === 'connection_init') socket.send('{"type":"connection_ack"}')
      else if (message.type === 'subscribe')
        socket.send(JSON.stringify({ type: 'next', id: message.id, payload: { data } }))
    }
    sockets.on('connection', (socket) => {
      opened += 1
      socket.on('message', (data: Buffer) => answer(socket, JSON.parse(data.toString()) as { type: string }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    try {
      expect(
        await giftpulse(['logs', 'tail', '--json', '--limit', '1'], {
          GIFTPULSE_URL: `http://127.0.0.1:${port}`,
          API_KEY: 'a-key-that-is-long',
        }),
      ).toEqual({
        code: 0,
        out: '{"cursor":"c1","log":{"twilioSid":"SM1"}}\n',
        err:
          'GiftPulse takes no connection now and is asked again: At most 200 sockets at once with one key\n' +
          'To go on from here: --after c1\n',
      })
      expect(opened).toBe(3)
    } finally {
      sockets.close()
      server.close()
    }
  })
})

describe.skipIf(!testServer)('giftpulse migrate (skipped without TEST_DATABASE_URL)', () => {
  it('brings the tables up to date, once', async () => {
    const database = await aServerDatabase(testServer ?? '')
    try {
      const env = { DATABASE_URL: database.url, API_KEY: 'a-key-that-is-long', SECRET_KEY: 'a-secret' }
      const first = await giftpulse(['migrate', '--json'], env)
      expect(first.code).toBe(0)
      expect((JSON.parse(first.out) as { ran: string[] }).ran).toContain('FirstTables1763880000001')
      expect(await giftpulse(['migrate'], env)).toEqual({
        code: 0,
        out: 'Nothing to do: the tables are up to date.\n',
        err: '',
      })
    } finally {
      await database.drop()
    }
  })
})
