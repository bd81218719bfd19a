import type { LookupFunction } from 'node:net'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { createOutboundHttp, guardedConnector, type OutboundHttp } from '../../src/actions/outbound-http.js'
import { startHttpSink } from './http-sink.js'
import { never } from './samples.js'

const literals = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0177.0.0.1/',
  'http://127.0.0.1./',
  'http://0/',
  'http://0.0.0.0/',
  'http://10.0.0.1/',
  'http://172.16.3.4/',
  'http://192.168.1.1/',
  'http://100.64.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://198.18.0.1/',
  'http://192.0.2.1/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001::1]/',
  'http://[fe80::1]/',
  'http://[fc00::1]/',
  'http://[ff02::1]/',
  'http://１２７.0.0.1/',
]

const notUrls = [
  'file:///etc/passwd',
  'gopher://example.com/',
  'ftp://example.com/',
  'javascript:alert(1)',
  'example.com',
  'http:example.com',
  'http:\\\\example.com',
  'http://exa\nmple.com/',
  'http://',
  'http://example.com:25/',
  'https://example.com:6667/',
]

const open: OutboundHttp[] = []
function anOutbound(settings: Parameters<typeof createOutboundHttp>[0]): OutboundHttp {
  const http = createOutboundHttp(settings)
  open.push(http)
  return http
}

function post(http: OutboundHttp, url: string, over: { timeoutMs?: number; signal?: AbortSignal } = {}) {
  return http.send({ url, method: 'POST', headers: {}, body: '{}', timeoutMs: 5000, signal: never, ...over })
}

/** A resolver that gives these addresses for every name, whichever way it is asked. */
function resolvingTo(...addresses: string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  return (_hostname, options, callback) =>
    options.all ? callback(null, found) : callback(null, found[0]?.address ?? '', found[0]?.family)
}

describe('the one way out', () => {
  let sink: Awaited<ReturnType<typeof startHttpSink>>
  beforeAll(async () => {
    sink = await startHttpSink()
  })
  beforeEach(() => sink.reset())
  afterEach(async () => {
    await Promise.all(open.splice(0).map((http) => http.close()))
  })
  afterAll(() => sink.stop())

  it.each([...literals, ...notUrls])('refuses %s when saved and when called', async (url) => {
    const http = anOutbound({ allowPrivateNetworks: false })
    expect(http.checkUrlLiteral(url)).toEqual(expect.any(String))
    await expect(post(http, url)).rejects.toMatchObject({ code: 'address-refused', permanent: true })
  })

  it.each([
    'https://example.com/hook',
    'http://8.8.8.8:8080/',
    'http://[2606:4700::1111]/',
    'http://localhost/',
  ])('lets %s be saved', (url) =>
    expect(anOutbound({ allowPrivateNetworks: false }).checkUrlLiteral(url)).toBeNull(),
  )

  it('warns that localhost will be refused', () => {
    expect(anOutbound({ allowPrivateNetworks: false }).warnOfUrl('http://localhost.:81/')).toMatch(
      /localhost/,
    )
    expect(anOutbound({ allowPrivateNetworks: false }).warnOfUrl('https://example.com/')).toBeNull()
    expect(anOutbound({ allowPrivateNetworks: true }).warnOfUrl('http://localhost/')).toBeNull()
  })

  it.each([['127.0.0.1'], ['::1'], ['::ffff:127.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['169.254.169.254']])(
    'refuses a name that resolves to %s %s, without telling the address',
    async (...addresses) => {
      const http = anOutbound({ allowPrivateNetworks: false, lookup: resolvingTo(...addresses) })
      const error = await post(http, `http://innocent.example:${sink.port}/`).catch(
        (thrown: unknown) => thrown,
      )
      expect(error).toMatchObject({ code: 'address-refused', permanent: true })
      expect(String(error)).not.toContain(addresses[0])
      expect(sink.received).toHaveLength(0)
    },
  )

  it.each(literals)('refuses %s by its connection alone, whatever was judged before', async (url) => {
    const { hostname } = new URL(url)
    const connectTo = guardedConnector({ allowPrivateNetworks: false })
    const refusal = await new Promise<Error | null>((resolve) =>
      connectTo({ hostname, protocol: 'http:', port: String(sink.port) }, (...[failure]) => resolve(failure)),
    )
    expect(refusal?.name).toBe('RefusedAddress')
  })

  it('refuses a name that is public when it is asked for first and private from then on', async () => {
    let asked = 0
    const rebinding: LookupFunction = (...question) =>
      resolvingTo(asked++ === 0 ? '2606:4700::1111' : '127.0.0.1')(...question)
    // Each connects anew: a connection that is kept open asks nobody.
    const connecting = () => anOutbound({ allowPrivateNetworks: false, lookup: rebinding })
    const to = `http://rebinding.example:${sink.port}/`
    // The answer that is judged is the one that is connected to: the first try goes nowhere near the sink.
    await expect(post(connecting(), to, { timeoutMs: 200 })).rejects.toMatchObject({ permanent: false })
    expect(asked).toBe(1)
    await expect(post(connecting(), to)).rejects.toMatchObject({
      code: 'address-refused',
      permanent: true,
    })
    expect(asked).toBe(2)
    expect(sink.received).toHaveLength(0)
  })

  it('refuses the real localhost when it connects', async () => {
    const http = anOutbound({ allowPrivateNetworks: false })
    await expect(post(http, `http://localhost:${sink.port}/`)).rejects.toMatchObject({
      code: 'address-refused',
    })
    expect(sink.received).toHaveLength(0)
  })

  it('opens loopback and private ranges on request, and nothing else', async () => {
    const http = anOutbound({ allowPrivateNetworks: true, lookup: resolvingTo('127.0.0.1') })
    expect((await post(http, sink.url)).status).toBe(200)
    expect((await post(http, `http://inside.example:${sink.port}/`)).status).toBe(200)
    expect(http.checkUrlLiteral('http://192.168.1.1/')).toBeNull()
    expect(http.checkUrlLiteral('http://169.254.169.254/')).toMatch(/never/)
  })

  it('does not follow a redirect', async () => {
    sink.answerWith((response) => response.writeHead(302, { location: '/elsewhere' }).end())
    const answer = await post(anOutbound({ allowPrivateNetworks: true }), sink.url)
    expect(answer.status).toBe(302)
    expect(sink.received.map(({ path }) => path)).toEqual(['/hook'])
  })

  it('reads 64 KB of an endless body and hangs up', async () => {
    let hungUp = false
    sink.answerWith((response) => {
      response.on('close', () => (hungUp = true))
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      }
      response.on('drain', more)
      more()
    })
    const answer = await post(anOutbound({ allowPrivateNetworks: true }), sink.url)
    expect(answer.body.length).toBe(65_536)
    await expect.poll(() => hungUp).toBe(true)
  })

  it('takes the status as the answer where the body breaks off', async () => {
    sink.answerWith((response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.destroy())
    })
    const answer = await post(anOutbound({ allowPrivateNetworks: true }), sink.url)
    expect([answer.status, answer.body.toString()]).toEqual([200, 'half'])
  })

  it('does not wait for a body that drips', async () => {
    sink.answerWith((response) => {
      response.write('x')
      const drip = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(drip))
    })
    const answer = await post(anOutbound({ allowPrivateNetworks: true, bodyTimeoutMs: 100 }), sink.url)
    expect(answer.status).toBe(200)
    expect(answer.body.toString()).toMatch(/^x+$/)
  })

  it('gives up on a server that never answers, and says so', async () => {
    sink.answerWith(() => undefined)
    const http = anOutbound({ allowPrivateNetworks: true })
    await expect(post(http, sink.url, { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'timeout',
      permanent: false,
    })
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    sink.answerWith(() => stop.abort())
    const http = anOutbound({ allowPrivateNetworks: true })
    await expect(post(http, sink.url, { signal: stop.signal })).rejects.toMatchObject({ code: 'aborted' })
  })

  it('reports a closed port and a cut connection as worth another try, without the address', async () => {
    const http = anOutbound({ allowPrivateNetworks: true, lookup: resolvingTo('127.0.0.1') })
    const refused = await post(http, 'http://inside.example:1024/').catch((thrown: unknown) => thrown)
    expect(refused).toMatchObject({ code: 'network', permanent: false })
    expect(String(refused)).not.toContain('127.0.0.1')
    sink.answerWith((response) => response.destroy())
    await expect(post(http, sink.url)).rejects.toMatchObject({ code: 'network', permanent: false })
  })
})
