import { array, assert, constantFrom, nat, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  frontend,
  FrontendReader,
  messageOfType,
  ProtocolError,
  type FrontendEvent,
} from '../../../src/store/embedded/protocol.js'

const startup = opening(196608, 'user\0postgres\0\0')
const sslRequest = opening(80877103)
const sync = messageOfType(frontend.sync)
const parse = messageOfType(frontend.parse, '', 'SELECT $1', Buffer.alloc(2))
const query = messageOfType(frontend.query, 'SELECT 1')

function opening(version: number, rest = ''): Buffer {
  const head = Buffer.alloc(8)
  head.writeInt32BE(8 + rest.length, 0)
  head.writeInt32BE(version, 4)
  return Buffer.concat([head, Buffer.from(rest)])
}

function readAll(chunks: Uint8Array[]): FrontendEvent[] {
  const reader = new FrontendReader()
  return chunks.flatMap((chunk) => reader.read(chunk))
}

describe('FrontendReader', () => {
  it('hands out a query cycle only when its Sync has come', () => {
    const reader = new FrontendReader()
    expect(reader.read(startup)).toEqual([{ kind: 'startup' }])
    expect(reader.read(parse)).toEqual([])
    expect(reader.read(sync)).toEqual([{ kind: 'unit', messages: [parse, sync], ends: 'cycle' }])
  })

  it('hands out a simple query at once, and a Flush as an unfinished cycle', () => {
    const flush = messageOfType(frontend.flush)
    expect(readAll([startup, Buffer.concat([query, parse, flush])]).slice(1)).toEqual([
      { kind: 'unit', messages: [query], ends: 'cycle' },
      { kind: 'unit', messages: [parse, flush], ends: 'flush' },
    ])
  })

  it('tells encryption requests, cancel requests and the end', () => {
    expect(readAll([sslRequest, startup, messageOfType(frontend.terminate)])).toEqual([
      { kind: 'encryption-request' },
      { kind: 'startup' },
      { kind: 'terminate' },
    ])
    expect(readAll([opening(80877102, '12345678')])).toEqual([{ kind: 'cancel' }])
  })

  it('forgets COPY messages, which come late when the COPY was refused', () => {
    const late = messageOfType(frontend.copyFail, 'no stream')
    expect(readAll([startup, late, query]).slice(1)).toEqual([
      { kind: 'unit', messages: [query], ends: 'cycle' },
    ])
  })

  it('reads the same wherever the bytes are split', () => {
    const step = constantFrom(query, parse, sync, messageOfType(frontend.query, 'é\u{1F680}'.repeat(50)))
    assert(
      property(array(step, { maxLength: 12 }), array(nat(900), { maxLength: 12 }), (steps, cuts) => {
        const bytes = Buffer.concat([sslRequest, startup, ...steps])
        const ends = [...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length]
        const chunks = ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end))
        expect(readAll(chunks)).toEqual(readAll([bytes]))
      }),
    )
  })

  it('refuses impossible lengths and other protocols', () => {
    expect(() => readAll([Buffer.from('GET / HTTP/1.1\r\n\r\n')])).toThrow(ProtocolError)
    expect(() => readAll([opening(131072)])).toThrow(ProtocolError)
    expect(() => readAll([startup, Buffer.from([frontend.query, 0, 0, 0, 1])])).toThrow(ProtocolError)
  })
})
