import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { type Product, productKey } from '../../fixtures/product.js'
import { aKey, badService, servedDuring } from '../another-client.js'
import { type Fault, proof } from '../fault.js'
import { endWell } from '../ledgers.js'
import { residentMb } from './webhooks.js'

/** How often each is sent, and how often as many good ones are before. */
const TIMES = 20
const GOOD = 5
/** How much more memory all of it may cost than good requests with bodies as large as they may be, in megabytes. */
const GROWTH_MB = 20
/** What another client may wait meanwhile (p99). */
const SERVED_MS = 1_000
const QUIET_MS = 10_000
/** How long an answer is waited for, in milliseconds: longer than a request may take. */
const PATIENCE_MS = 45_000

interface Odd {
  readonly name: string
  readonly request: Buffer
  /** The statuses that are right. */
  readonly expected: readonly number[]
}

/** One request as it goes over the wire. */
function http(
  path: string,
  body: Buffer | string = '',
  headers: Readonly<Record<string, string>> = {},
  method = 'POST',
): Buffer {
  const bytes = Buffer.from(body)
  const given = {
    Host: 'localhost',
    Connection: 'close',
    'X-API-Key': productKey,
    'Content-Type': 'application/json',
    'Content-Length': String(bytes.length),
    ...headers,
  }
  const lines = Object.entries(given).map(([name, value]) => `${name}: ${value}`)
  return Buffer.concat([Buffer.from([`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n')), bytes])
}

/** A request of these lines, and nothing that puts it right. */
const raw = (...lines: string[]): Buffer => Buffer.from([...lines, '', ''].join('\r\n'))

const MEGABYTE = 1_000_000
const tenMegabytes = JSON.stringify({ query: 'x'.repeat(10 * MEGABYTE) })
const manyKeys = `{${Array.from({ length: 100_000 }, (_, n) => `"${n.toString(36)}":0`).join(',')}}`
const asRule = (fields: string) =>
  `{"name":"odd","patternType":"ERROR_CODE","patternValue":"30003",${fields}}`
/** A good one that is as large as it may be. */
const large = http(
  '/graphql',
  JSON.stringify({ query: '{ __typename }', variables: { text: 'x'.repeat(MEGABYTE) } }),
)
const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
const bomb = gzipSync(Buffer.alloc(10 * MEGABYTE))
/** Paths that take a body. */
const bodies = ['/graphql', '/api/rules', '/webhooks/custom/odd'] as const

/** GraphQL has no use for further members of its request, as its specification says: they are left unread. */
const oddRequests: readonly Odd[] = [
  ...bodies.flatMap((path): Odd[] => [
    { name: `10 MB to ${path}`, request: http(path, tenMegabytes), expected: [413] },
    {
      name: `10 MB in chunks to ${path}`,
      request: Buffer.concat([
        raw(
          `POST ${path} HTTP/1.1`,
          'Host: localhost',
          'Connection: close',
          `X-API-Key: ${productKey}`,
          'Content-Type: application/json',
          'Transfer-Encoding: chunked',
        ),
        Buffer.from(`${tenMegabytes.length.toString(16)}\r\n${tenMegabytes}\r\n0\r\n\r\n`),
      ]),
      expected: [413],
    },
    { name: `text that is no JSON to ${path}`, request: http(path, '{"query":'), expected: [400] },
    { name: `20,000 lists in each other to ${path}`, request: http(path, deep), expected: [400] },
    {
      name: `bytes that are no UTF-8 to ${path}`,
      request: http(path, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
      expected: [400],
    },
    {
      name: `10 MB in 10 KB of gzip to ${path}`,
      request: http(path, bomb, { 'Content-Encoding': 'gzip' }),
      expected: [413, 415],
    },
    {
      name: `a content encoding that is none to ${path}`,
      request: http(path, '{}', { 'Content-Encoding': 'compress' }),
      expected: [415],
    },
    {
      name: `utf-7 to ${path}`,
      request: http(path, '{}', { 'Content-Type': 'application/json; charset=utf-7' }),
      expected: [415],
    },
    ...['text/xml', 'multipart/form-data; boundary=a', 'application/x-www-form-urlencoded'].map(
      (type): Odd => ({
        name: `${type} to ${path}`,
        request: http(path, 'a=b', { 'Content-Type': type }),
        expected: [400, 415],
      }),
    ),
    {
      name: `no type to ${path}`,
      request: http(path, '{}', { 'Content-Type': '' }),
      expected: [400, 415],
    },
    ...['-1', 'ten', '1e3', '0x10', '18446744073709551616', '5, 6'].map((length): Odd => ({
      name: `Content-Length: ${length} to ${path}`,
      request: http(path, '{}', { 'Content-Length': length }),
      expected: [400, 413],
    })),
    {
      name: `two lengths to ${path}`,
      request: raw(`POST ${path} HTTP/1.1`, 'Host: localhost', 'Content-Length: 2', 'Content-Length: 3'),
      expected: [400],
    },
    {
      name: `a length and chunks to ${path}`,
      request: http(path, '0\r\n\r\n', { 'Transfer-Encoding': 'chunked' }),
      expected: [400],
    },
    {
      name: `chunks of no size to ${path}`,
      request: raw(
        `POST ${path} HTTP/1.1`,
        'Host: localhost',
        `X-API-Key: ${productKey}`,
        'Transfer-Encoding: chunked',
        '',
        'zz',
      ),
      expected: [400],
    },
    {
      name: `an encoding of transfer that is none to ${path}`,
      request: raw(`POST ${path} HTTP/1.1`, 'Host: localhost', 'Transfer-Encoding: x, chunked, y'),
      expected: [400],
    },
  ]),
  {
    name: '100,000 keys to /api/rules',
    request: http('/api/rules', asRule(manyKeys.slice(1, -1))),
    expected: [413],
  },
  {
    name: '100,000 variables to /graphql',
    request: http('/graphql', `{"query":"{ __typename }","variables":${manyKeys}}`),
    expected: [413],
  },
  ...['__proto__', 'constructor', 'prototype'].flatMap((name): Odd[] => [
    {
      name: `${name} to /api/rules`,
      request: http('/api/rules', asRule(`"${name}":{"enabled":false}`)),
      expected: [400],
    },
    {
      name: `${name} to /graphql`,
      request: http('/graphql', `{"query":"{ __typename }","${name}":{"query":"x"}}`),
      expected: [200],
    },
  ]),
  {
    name: 'a number beyond all numbers to /api/rules',
    request: http('/api/rules', asRule('"cooldownMinutes":1e999')),
    expected: [400],
  },
  {
    name: 'headers of 100 KB',
    request: http('/graphql', '{}', { 'X-Long': 'x'.repeat(100_000) }),
    expected: [431],
  },
  {
    name: 'an address of 100 KB',
    request: http(`/${'x'.repeat(100_000)}`, '', {}, 'GET'),
    expected: [414, 431],
  },
  {
    name: 'an address that cannot be decoded',
    request: http('/api/rules/%ff%', '', {}, 'GET'),
    expected: [400, 404],
  },
  {
    name: 'steps upwards in an address',
    request: http('/..%2f..%2fpackage.json', '', {}, 'GET'),
    expected: [400, 403, 404],
  },
  { name: 'a NUL in an address', request: http('/api/logs/%00', '', {}, 'GET'), expected: [400, 404] },
  {
    name: 'another version of HTTP',
    request: raw('GET /livez HTTP/9.9', 'Host: localhost'),
    expected: [400, 505],
  },
  { name: 'no host', request: raw('GET /livez HTTP/1.1', 'Connection: close'), expected: [400] },
  { name: 'no HTTP at all', request: Buffer.from('\u0016\u0003\u0001\u0002\u0000\r\n\r\n'), expected: [400] },
  {
    name: 'a header without an end',
    request: raw('GET /livez HTTP/1.1', 'Host: localhost', 'X: a\u0000b'),
    expected: [400],
  },
  { name: 'a method that is none', request: http('/graphql', '', {}, 'BREW'), expected: [400] },
  { name: 'TRACE', request: http('/graphql', '', {}, 'TRACE'), expected: [400, 404, 405] },
  {
    name: 'an expectation that nobody meets',
    request: http('/graphql', '{}', { Expect: 'tea' }),
    expected: [417],
  },
]

export const oddHttp: Fault = {
  row: 41,
  name: `${oddRequests.length} kinds of oversized and odd requests, as bytes on the wire, ${TIMES} times each`,
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const broken: string[] = []
    const product = await bed.ready()
    const mine = await aKey(product, 'a client')
    await product.graphql(
      'mutation { createReceiver(input: { name: "odd", maxBytes: 1048576 }) { receiver { id } } }',
    )
    const { service: quiet } = await servedDuring(product, mine, () => pause(QUIET_MS))
    let most = 0
    const sampling = setInterval(() => (most = Math.max(most, residentMb(product.pid))), 200)
    bed.progress('good requests')
    for (let n = 0; n < GOOD * oddRequests.length; n++) {
      const status = await statusOf(product, large)
      if (status !== 200) broken.push(`a good request was answered by ${status}`)
    }
    const usual = most
    const { service, result } = await servedDuring(product, mine, async () => {
      const wrong = new Set<string>()
      for (let n = 0; n < TIMES; n++) {
        bed.progress(`time ${n + 1} of ${TIMES}`)
        for (const complaint of await sendAll(product)) wrong.add(complaint)
      }
      return wrong
    })
    clearInterval(sampling)
    broken.push(...result, ...badService(service, quiet, SERVED_MS))
    if (most - usual > GROWTH_MB) broken.push(`memory grew by ${most - usual} MB`)
    const rules = await bed.database.query('SELECT FROM rules')
    if (rules.length > 0) broken.push(`${rules.length} rules were made of it`)
    broken.push(...(await endWell(product)))
    return proof({
      broken,
      notes: [
        `${TIMES * oddRequests.length} requests, each refused or left unread as it must be`,
        `another client: p99 ${service.p99Ms} ms of ${service.count} answers, ${quiet.p99Ms} ms when all was quiet`,
        `memory grew by ${most - usual} MB beyond what good requests of ${large.length >> 10} KB need`,
      ],
    })
  },
}

/** Each once, one after the other; what was answered otherwise than it must be. */
async function sendAll(product: Product): Promise<string[]> {
  const wrong: string[] = []
  for (const { name, request, expected } of oddRequests) {
    const status = await statusOf(product, request)
    if (!expected.includes(status)) wrong.push(`${name} was answered by ${status || 'nothing'}`)
  }
  return wrong
}

/** The status of what is answered to these bytes; 0 where nothing is. */
function statusOf(product: Product, request: Buffer): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(product.url).port), '127.0.0.1')
    let answer = ''
    const end = () => {
      socket.destroy()
      resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0))
    }
    // Whoever refuses a body does not read it to its end, and breaks the connection: what it said before counts.
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      answer += data.toString('latin1')
      if (answer.includes('\r\n')) end()
    })
    socket.on('close', end)
    socket.setTimeout(PATIENCE_MS, end)
    socket.write(request)
  })
}
