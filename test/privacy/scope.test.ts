import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ApiScope } from '../../src/keys/scope.js'
import { KEY, type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import { MemoryKeys } from '../fixtures/memory-keys.js'
import { RawSocket } from '../fixtures/raw-socket.js'
import { insertAlert, insertFeed, insertLog, insertRule } from '../fixtures/rows.js'

const number = '+14155552671'
const keys = new MemoryKeys()
const reader = keys.add(ApiScope.READ)
const trusted = keys.add(ApiScope.READ, ApiScope.PII)
const alone = keys.add(ApiScope.PII)

let graphql: TestGraphql
beforeAll(async () => {
  graphql = await openTestGraphql({ keys: () => keys })
  const log = await insertLog(graphql.database, {
    toNumber: number,
    twilioSid: 'SMabcdef',
    errorCode: '30003',
    errorMessage: `cannot reach ${number}`,
    rawData: { to: number, to_formatted: '(415) 555-2671', digits: 14_155_552_671 },
    text: `call ${number} about order 66`,
  })
  const rule = await insertRule(graphql.database)
  await insertAlert(graphql.database, rule, log)
  await graphql.database.query(`UPDATE alerts SET summary = $1, cause = $1`, [`cannot reach ${number}`])
})
afterAll(() => graphql.close())

const QUERY = `{ logs { nodes { toNumber errorMessage rawData } } alerts { nodes { summary cause log { toNumber } } } }`
const whole = {
  logs: {
    nodes: [
      {
        toNumber: number,
        errorMessage: `cannot reach ${number}`,
        rawData: { to: number, to_formatted: '(415) 555-2671', digits: 14_155_552_671 },
      },
    ],
  },
  alerts: {
    nodes: [
      {
        summary: `cannot reach ${number}`,
        cause: `cannot reach ${number}`,
        log: { toNumber: number },
      },
    ],
  },
}
const masked = JSON.parse(
  JSON.stringify(whole)
    .replaceAll(number, '+1415***2671')
    .replace('(415) 555-2671', '41***71')
    .replace('14155552671', '"1415***2671"'),
) as typeof whole

describe('phone numbers', () => {
  it('are masked for a key that may only read', async () => {
    expect((await graphql.ask(QUERY, {}, { 'x-api-key': reader })).data).toEqual(masked)
    const socket = await new RawSocket(graphql.socket()).initialised(reader)
    expect(await socket.ask(QUERY)).toEqual({ data: masked })
    socket.close()
  })

  it('are whole for a key with the scope PII, and for the administrator', async () => {
    for (const key of [trusted, KEY])
      expect((await graphql.ask(QUERY, {}, { 'x-api-key': key })).data).toEqual(whole)
  })

  it('are masked or whole in one event for two keys that ask for it in the same words', async () => {
    const words = 'subscription { logAdded { log { toNumber errorMessage } } }'
    const sockets = await Promise.all(
      [reader, trusted].map(async (key) => new RawSocket(graphql.socket()).initialised(key)),
    )
    for (const socket of sockets) socket.subscribe('both', words)
    const subjectId = await insertLog(graphql.database, { toNumber: number, errorMessage: `to ${number}` })
    const told = () => sockets.map((socket) => socket.all('next').at(-1)?.payload)
    // Told again until both hear it: a subscription has begun at some time after it was asked for.
    await vi.waitFor(
      async () => {
        const upTo = await insertFeed(graphql.database, [{ kind: 'log_added', subjectId }])
        graphql.bus.publish(upTo)
        expect(told()).not.toContain(undefined)
      },
      { timeout: 20_000, interval: 200 },
    )
    expect(told()).toEqual(
      ['+1415***2671', number].map((shown) => ({
        data: { logAdded: { log: { toNumber: shown, errorMessage: `to ${shown}` } } },
      })),
    )
    await graphql.database.query(`DELETE FROM logs WHERE id = $1`, [subjectId])
    for (const socket of sockets) socket.close()
  })

  it('are the same in REST', async () => {
    const read = async (path: string, key: string) =>
      (await fetch(`${graphql.http.url}${path}`, { headers: { 'x-api-key': key } })).text()
    for (const path of ['/api/logs']) {
      expect(await read(path, reader)).toContain('+1415***2671')
      expect(await read(path, reader)).not.toMatch(/555-?2671/)
      expect(await read(path, trusted)).toContain(number)
      expect(await read(path, KEY)).toContain(number)
    }
  })

  it('are not shown to a key that may not read at all', async () => {
    const { data, errors } = await graphql.ask(QUERY, {}, { 'x-api-key': alone })
    expect(errors.map(({ extensions }) => extensions.code)).toContain('FORBIDDEN')
    expect(data ?? null).toBeNull()
  })
})

describe('whoever is shown numbers whole', () => {
  it('is noted in the audit log; whoever sees masks is not', async () => {
    for (const key of [reader, trusted, KEY]) await graphql.ask(QUERY, {}, { 'x-api-key': key })
    await vi.waitFor(async () => {
      const rows = await graphql.database.query(
        `SELECT actor, count(*)::int AS count FROM audit_log WHERE action = 'read' GROUP BY actor ORDER BY actor`,
      )
      expect(rows).toEqual([
        { actor: 'administrator', count: 1 },
        { actor: 'key', count: 1 },
      ])
    }, 20_000)
  })
})

describe('what cannot be seen cannot be found out by searching either', () => {
  const found = async (key: string, search: string) => {
    const query = `query ($search: String) { logs(filter: { search: $search }) { nodes { id } totalCount } }`
    const { data, errors } = await graphql.ask(query, { search }, { 'x-api-key': key })
    expect(errors).toEqual([])
    return (data as unknown as { logs: { totalCount: number } }).logs.totalCount
  }

  it('finds no part of a number for a key without PII, in whatever column or text it stands', async () => {
    for (let length = 2; length <= number.length; length += 1)
      for (let start = 0; start + length <= number.length; start += 1)
        expect(await found(reader, number.slice(start, start + length))).toBe(0)
    expect(await found(trusted, '5552')).toBe(1)
  })

  it('still finds everything else', async () => {
    for (const text of ['CANNOT reach', 'order 66', '30003']) expect(await found(reader, text)).toBe(1)
  })

  it('refuses filters that name a number, in queries, statistics, subscriptions and REST', async () => {
    const asked = [
      `{ logs(filter: { toNumber: "${number}" }) { nodes { id } } }`,
      `{ logs(filter: { twilioSid: ["custom:x:4155552671"] }) { nodes { id } } }`,
      `{ logStats(since: "2026-01-01T00:00:00Z", filter: { fromNumber: "${number}" }) { total } }`,
    ]
    for (const query of asked) {
      const { errors } = await graphql.ask(query, {}, { 'x-api-key': reader })
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN'])
      expect((await graphql.ask(query, {}, { 'x-api-key': trusted })).errors).toEqual([])
    }
    const socket = await new RawSocket(graphql.socket()).initialised(reader)
    const refused = await socket.ask(
      `subscription { logAdded(filter: { toNumber: "${number}" }) { cursor } }`,
    )
    expect(JSON.stringify(refused)).toContain('FORBIDDEN')
    socket.close()
    const url = `${graphql.http.url}/api/logs?to_number=${encodeURIComponent(number)}`
    expect((await fetch(url, { headers: { 'x-api-key': reader } })).status).toBe(403)
  })
})
