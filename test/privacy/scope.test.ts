import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiScope } from '../../src/keys/scope.js'
import { KEY, type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import { MemoryKeys } from '../fixtures/memory-keys.js'
import { RawSocket } from '../fixtures/raw-socket.js'
import { insertAlert, insertLog, insertRule } from '../fixtures/rows.js'

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
    errorMessage: `cannot reach ${number}`,
    rawData: { to: number },
  })
  const rule = await insertRule(graphql.database)
  await insertAlert(graphql.database, rule, log)
  await graphql.database.query(`UPDATE alerts SET summary = $1`, [`cannot reach ${number}`])
})
afterAll(() => graphql.close())

const QUERY = `{ logs { nodes { toNumber errorMessage rawData } } alerts { nodes { summary log { toNumber } } } }`
const whole = {
  logs: { nodes: [{ toNumber: number, errorMessage: `cannot reach ${number}`, rawData: { to: number } }] },
  alerts: { nodes: [{ summary: `cannot reach ${number}`, log: { toNumber: number } }] },
}
const masked = JSON.parse(JSON.stringify(whole).replaceAll(number, '+1415***2671')) as typeof whole

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

  it('are the same in REST', async () => {
    const read = async (path: string, key: string) =>
      (await fetch(`${graphql.http.url}${path}`, { headers: { 'x-api-key': key } })).text()
    for (const path of ['/api/logs']) {
      expect(await read(path, reader)).toContain('+1415***2671')
      expect(await read(path, reader)).not.toContain(number)
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
