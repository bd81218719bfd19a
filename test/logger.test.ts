import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLogger } from '../src/logger.js'
import { paced } from '../src/logger/paced.js'
import { rateLimited } from '../src/logger/rate-limited.js'

/** A logger and the lines that it wrote. */
async function recorded(level: 'info' | 'trace' = 'info') {
  const lines: string[] = []
  const logger = await createLogger({
    level,
    fields: { role: 'all' },
    sink: { write: (line) => lines.push(line) },
  })
  const written = (): Record<string, unknown>[] =>
    lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  return { logger, lines, written }
}

/** Shaped as the errors of the HTTP client inside the Twilio SDK: the request hangs on it, and its toJSON shows it. */
class RequestFailure extends Error {
  override readonly name = 'AxiosError'
  readonly code = 'ECONNRESET'
  readonly config = { headers: { Authorization: 'Basic QUMxOkNBTkFSWQ==' }, auth: { password: 'CANARY' } }

  toJSON(): object {
    return { message: this.message, config: this.config }
  }
}

describe('the logger', () => {
  it('writes one JSON object a line with level, time, fields and message', async () => {
    const { logger, lines, written } = await recorded()
    logger.info({ ruleId: 'r1' }, 'rule saved')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/\n$/)
    expect(written()[0]).toMatchObject({ level: 'info', role: 'all', ruleId: 'r1', msg: 'rule saved' })
    expect(Number.isNaN(Date.parse(String(written()[0]?.['time'])))).toBe(false)
  })

  it('leaves out what is below its level', async () => {
    const { logger, lines } = await recorded()
    logger.debug('detail')
    expect(lines).toEqual([])
  })

  it('writes of an error its type, message, code and stack', async () => {
    const { logger, written } = await recorded()
    logger.error({ err: new RequestFailure('socket hang up') }, 'poll failed')
    expect(written()[0]?.['err']).toEqual({
      type: 'AxiosError',
      message: 'socket hang up',
      code: 'ECONNRESET',
      stack: expect.stringContaining('logger.test.ts') as string,
    })
  })

  it('names what caused an error and what an aggregate holds', async () => {
    const { logger, written } = await recorded()
    const refused = new AggregateError([
      new Error('connect ECONNREFUSED ::1'),
      new Error('connect ECONNREFUSED 127.0.0.1'),
    ])
    logger.error({ err: new Error('no database', { cause: refused }) }, 'start')
    expect(written()[0]?.['err']).toMatchObject({
      cause: {
        errors: [{ message: 'connect ECONNREFUSED ::1' }, { message: 'connect ECONNREFUSED 127.0.0.1' }],
      },
    })
  })

  it.each([
    ['an error alone', [new RequestFailure('failed')]],
    ['an error as a field', [{ reason: new RequestFailure('failed') }, 'x']],
    ['an error in a list', [{ jobs: [{ error: new RequestFailure('failed') }] }, 'x']],
    ['a cause', [{ err: new Error('outer', { cause: new RequestFailure('failed') }) }, 'x']],
    ['headers', [{ request: { headers: { authorization: 'CANARY', 'X-Api-Key': 'CANARY' } } }, 'x']],
    [
      'keys by name',
      [{ apiKey: 'CANARY', config: { smtp: { password: 'CANARY' }, databaseUrl: 'CANARY' } }, 'x'],
    ],
    ['a URL in a message', ['cannot reach postgres://gift:CANARY@db/gift']],
    ['a URL in an error', [new Error('cannot reach https://CANARY:CANARY@host/')]],
    ['a password with an @', ['redis://:CANARY@CANARY@cache']],
    ['a header in a message', ['sent Authorization: Basic QUMxOkNBTkFSWQ==']],
    ['the address with the key', ['open http://127.0.0.1:8000/#key=CANARY']],
  ])('never writes a secret: %s', async (_what, parameters) => {
    const { logger, lines } = await recorded()
    const [first, message] = parameters as [object, string | undefined]
    logger.error(first, message)
    logger.child({ first, token: 'CANARY' }).error('of a child')
    expect(lines).toHaveLength(2)
    expect(lines.join('')).not.toMatch(/CANARY|QUMxOkNBTkFSWQ/)
    for (const line of lines) JSON.parse(line)
  })

  it('leaves harmless text alone', async () => {
    const { logger, written } = await recorded()
    logger.info(
      { to: 'ops@example.com', url: 'https://hooks.example.com/a@b' },
      'Basic authentication, mail to a@b.example',
    )
    expect(written()[0]).toMatchObject({
      to: 'ops@example.com',
      url: 'https://hooks.example.com/a@b',
      msg: 'Basic authentication, mail to a@b.example',
    })
  })

  it('writes dates and URLs as texts', async () => {
    const { logger, written } = await recorded()
    logger.info({ at: new Date(0), url: new URL('https://user:CANARY@host/path') }, 'x')
    expect(written()[0]).toMatchObject({ at: '1970-01-01T00:00:00.000Z', url: 'https://***@host/path' })
  })

  it('survives a circle of objects', async () => {
    const { logger, lines } = await recorded()
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    logger.info({ circle }, 'round')
    expect(lines).toHaveLength(1)
  })
})

describe('rateLimited', () => {
  it('writes one line a period for each message and then says how many were left out', async () => {
    const { logger, written } = await recorded()
    let now = 0
    const limited = rateLimited(logger, 1000, () => now)
    for (let turn = 0; turn < 5; turn += 1) limited.error({ turn }, 'database away')
    limited.warn({}, 'redis away')
    now = 999
    limited.error({}, 'database away')
    now = 1000
    limited.error({ turn: 9 }, 'database away')
    now = 2000
    limited.error({}, 'database away')
    expect(written().map(({ level, msg, turn, leftOut }) => [level, msg, turn, leftOut])).toEqual([
      ['error', 'database away', 0, undefined],
      ['warn', 'redis away', undefined, undefined],
      ['error', 'database away', 9, 5],
      ['error', 'database away', undefined, undefined],
    ])
  })
})

describe('paced', () => {
  beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') }))
  afterEach(() => void vi.useRealTimers())

  it('writes one line a period whatever it says, each message in turn, with when it came and how often besides', async () => {
    const { logger, written } = await recorded()
    const lines = paced(logger, 1_000)
    for (let second = 0; second < 5; second += 1) {
      lines.error({}, 'database away')
      lines.error({}, 'feed cannot be read')
      lines.warn({}, 'jobs go on by timers')
      vi.advanceTimersByTime(1_000)
    }
    const seconds = written().map(({ time }) => (Date.parse(String(time)) / 1_000) % 60)
    expect(seconds).toEqual([0, 1, 2, 3, 4, 5])
    expect(written().map(({ level, msg, at, leftOut }) => [level, msg, at, leftOut])).toEqual([
      ['error', 'database away', undefined, undefined],
      ['error', 'feed cannot be read', '2026-01-01T00:00:00.000Z', undefined],
      ['warn', 'jobs go on by timers', '2026-01-01T00:00:00.000Z', 1],
      ['error', 'database away', '2026-01-01T00:00:01.000Z', 1],
      ['error', 'feed cannot be read', '2026-01-01T00:00:01.000Z', 2],
      ['warn', 'jobs go on by timers', '2026-01-01T00:00:02.000Z', 2],
    ])
  })

  it('writes at once what comes after a period without trouble', async () => {
    const { logger, written } = await recorded()
    const lines = paced(logger, 1_000)
    lines.error({}, 'database away')
    vi.advanceTimersByTime(1_000)
    lines.error({}, 'database away')
    expect(written()).toHaveLength(2)
    expect(written()[1]).not.toHaveProperty('at')
  })

  it('holds back nothing that is no trouble, and at the end nothing at all', async () => {
    const { logger, written } = await recorded()
    const lines = paced(logger, 1_000)
    lines.error({}, 'database away')
    lines.error({}, 'feed cannot be read')
    lines.info({}, 'read again')
    expect(written().map(({ msg }) => msg)).toEqual(['database away', 'read again'])
    lines.flush()
    expect(written().at(-1)).toMatchObject({ msg: 'feed cannot be read' })
  })
})
