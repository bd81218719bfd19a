import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'

const secret = 'select password from users where pg_secret = 1'
let thrown = new Error(secret)
let graphql: TestGraphql
beforeAll(async () => {
  graphql = await openTestGraphql({
    health: async () => {
      throw thrown
    },
  })
})
afterEach(() => {
  graphql.lines.length = 0
  thrown = new Error(secret)
})
afterAll(() => graphql.close())

const CODES = [
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'RATE_LIMITED',
  'COMPLEXITY_LIMIT',
  'CURSOR_EXPIRED',
  'INTERNAL_SERVER_ERROR',
]

describe('an unforeseen failure', () => {
  it('shows the client nothing but a requestId, under which the log has all of it', async () => {
    const response = await graphql.post(JSON.stringify({ query: '{ health { status } }' }))
    const text = await response.text()
    expect(text).not.toContain('select')
    const { errors } = JSON.parse(text) as { errors: { extensions: { requestId: string } }[] }
    expect(errors).toEqual([
      {
        message: expect.any(String) as string,
        locations: [{ line: 1, column: 3 }],
        path: ['health'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) as string },
      },
    ])
    const line = graphql.lines.find((one) => one.includes(errors[0]!.extensions.requestId))
    expect(line).toContain(secret)
    expect(line).toContain('errors.test.ts')
  })

  it('that is the database being away is told as that, and takes no line of the log for each request', async () => {
    thrown = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' })
    const { errors } = await graphql.ask('{ health { status } }')
    expect(errors).toMatchObject([
      {
        message: 'The database is away; try again soon.',
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ])
    expect(graphql.lines).toEqual([])
  })

  it('of the database never shows SQL', async () => {
    await graphql.database.query('ALTER TABLE logs RENAME COLUMN status TO gone')
    const response = await graphql.post(JSON.stringify({ query: '{ logs { nodes { id } } }' }))
    await graphql.database.query('ALTER TABLE logs RENAME COLUMN gone TO status')
    const text = await response.text()
    expect(text).toContain('INTERNAL_SERVER_ERROR')
    expect(text).not.toMatch(/SELECT|status|does not exist/)
  })
})

describe('bad input', () => {
  it.each([
    ['first: 0', 'first'],
    ['first: -1', 'first'],
    ['first: 201', 'first'],
    ['first: 1000000000', 'first'],
    ['after: "garbage"', 'after'],
    ['after: ""', 'after'],
    [
      `after: "${Buffer.from('logs1:99999999999999999:0f7b5a3e-7f0e-4a0e-8a55-0d3c2f1b9a10').toString('base64url')}"`,
      'after',
    ],
    [
      `after: "${Buffer.from('alerts1:1793534400000:0f7b5a3e-7f0e-4a0e-8a55-0d3c2f1b9a10').toString('base64url')}"`,
      'after',
    ],
    ['filter: { search: "\\u0000" }', 'filter.search'],
    ['filter: { errorCode: ["1", "\\u0000"] }', 'filter.errorCode'],
  ])('is named by its path: logs(%s)', async (args, path) => {
    const { errors } = await graphql.ask(`{ logs(${args}) { nodes { id } } }`)
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', fields: [{ path }] } }])
    expect(graphql.lines).toEqual([])
  })

  it.each([
    [{ input: { name: 'x', patternType: 'NOPE' } }, ['input.patternType']],
    [{ input: { patternType: 'REGEX' } }, ['input.name']],
    [
      { input: { name: 7, patternType: 'REGEX', thresholdCount: 'x' } },
      ['input.name', 'input.thresholdCount'],
    ],
    [{ input: { name: 'x', patternType: 'REGEX', colour: 'red' } }, ['input.colour']],
    [
      { input: { name: 'x', patternType: 'REGEX', actions: [{ actionType: 'FAX', config: 1 }] } },
      ['input.actions.0.actionType'],
    ],
    [{ input: 'x at "input.fake"; y' }, ['input']],
    [{ input: null }, ['input']],
    [{}, ['input']],
  ])('in variables is named by its path: %j', async (variables, paths) => {
    const { status, errors } = await graphql.ask(
      'mutation ($input: CreateRuleInput!) { createRule(input: $input) { warnings } }',
      variables,
    )
    expect(status).toBe(400)
    expect(errors.flatMap(({ extensions }) => extensions.fields!.map(({ path }) => path))).toEqual(paths)
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['BAD_USER_INPUT']))
  })

  it.each(['"yesterday"', '"2026-13-01T00:00:00Z"', '"2026-11-01"', '1793534400', '"2026-11-01T00:00:00"'])(
    'is no date: %s',
    async (value) => {
      const inText = await graphql.ask(`{ logs(filter: { since: ${value} }) { nodes { id } } }`)
      expect(inText).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
      const inVariable = await graphql.ask('query ($f: LogFilter) { logs(filter: $f) { nodes { id } } }', {
        f: { since: JSON.parse(value) as unknown },
      })
      expect(inVariable.errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', fields: [{ path: 'f.since' }] } },
      ])
    },
  )

  it('is not quoted back by the megabyte', async () => {
    const { errors } = await graphql.ask('query ($first: Int) { logs(first: $first) { nodes { id } } }', {
      first: 'x'.repeat(500_000),
    })
    expect(JSON.stringify(errors).length).toBeLessThan(2_000)
  })
})

describe('a malformed request', () => {
  const bodies: [string, string, number][] = [
    ['broken JSON', '{"query": "{ __typename }"', 400],
    ['an array batch', '[{"query":"{ __typename }"},{"query":"{ __typename }"}]', 400],
    ['an empty batch', '[]', 400],
    ['a bare text', '"{ __typename }"', 400],
    ['nothing', '', 400],
    ['an empty object', '{}', 400],
    ['a query that is none', '{"query": 7}', 400],
    ['variables that are text', '{"query":"{ __typename }","variables":"{}"}', 400],
    ['variables that are a list', '{"query":"{ __typename }","variables":[1]}', 400],
    ['an unknown operation', '{"query":"query A { __typename }","operationName":"B"}', 400],
    ['two operations and no name', '{"query":"query A { __typename } query B { __typename }"}', 400],
    ['a persisted query', '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"ab"}}}', 200],
    ['a body over 1 MB', JSON.stringify({ query: `{ __typename } # ${'x'.repeat(1024 * 1024)}` }), 413],
    ['over 20,000 fields', `{"query":"{ __typename }","variables":{${'"a":1,'.repeat(20_000)}"b":1}}`, 413],
    ['__proto__ keys', '{"__proto__":{"query":"{ __typename }"},"constructor":1}', 400],
    ['a subscription', '{"query":"subscription { logAdded { cursor } }"}', 400],
    [
      'deep JSON',
      `{"query":"query ($v: JSON) { __typename }","variables":{"v":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
      400,
    ],
  ]

  it.each(bodies)('is refused as JSON with errors: %s', async (_name, body, status) => {
    const response = await graphql.post(body)
    const answer = (await response.json()) as {
      errors: { extensions: { code: string; stacktrace?: unknown } }[]
    }
    expect(response.headers.get('content-type')).toContain('json')
    for (const { extensions } of answer.errors) {
      expect(CODES).toContain(extensions.code)
      expect(extensions.code).toBe('BAD_USER_INPUT')
      expect(extensions).not.toHaveProperty('stacktrace')
    }
    expect(response.status).toBe(status)
  })

  it.each<[string, Record<string, string>, number]>([
    ['plain text', { 'content-type': 'text/plain' }, 400],
    ['an odd charset', { 'content-type': 'application/json; charset=iso-8859-1' }, 415],
    ['utf-7', { 'content-type': 'application/json; charset=utf-7' }, 415],
    ['an unknown encoding', { 'content-encoding': 'zip' }, 415],
    ['a false gzip', { 'content-encoding': 'gzip' }, 400],
  ])('is refused whatever its headers say: %s', async (_name, headers, status) => {
    const response = await graphql.post('{"query":"{ __typename }"}', headers)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
  })
})
