import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import { insertAction, insertAlert, insertDelivery, insertLog, insertRule } from '../fixtures/rows.js'

let graphql: TestGraphql
beforeAll(async () => {
  graphql = await openTestGraphql()
  const { database } = graphql
  await insertLog(database, { timestamp: at(0), toNumber: '+14155550100', status: 'delivered' })
  await insertLog(database, {
    timestamp: at(1),
    toNumber: '+14165550100',
    status: 'failed',
    errorCode: '30003',
  })
  await insertLog(database, { timestamp: at(1), toNumber: 'whatsapp:+5511955501000', status: 'failed' })
  await insertLog(database, { timestamp: at(9), logType: 'call', toNumber: 'client:jane', status: 'busy' })
  await insertLog(database, { timestamp: at(9, 59), logType: 'error', status: null, errorCode: '11200' })
  await insertLog(database, { timestamp: at(10), toNumber: '+14155550100' })
  const ruleId = await insertRule(database)
  const actionId = await insertAction(database, ruleId)
  for (const status of ['delivered', 'delivered', 'failed'] as const) {
    const alertId = await insertAlert(database, ruleId, null)
    await insertDelivery(database, { alertId, ruleId, actionId }, { status, triggeredAt: at(3) })
  }
})
afterAll(() => graphql.close())

const at = (minute: number, second = 0) => new Date(Date.UTC(2026, 10, 1, 12, minute, second))
const span = { since: at(0).toISOString(), until: at(10).toISOString() }
const LOG_STATS = `query ($since: DateTime!, $until: DateTime, $buckets: Int, $by: LogDimension, $filter: LogFilter) {
  logStats(since: $since, until: $until, buckets: $buckets, by: $by, filter: $filter) {
    since until bucketSeconds total groups { key count } buckets { from total counts { key count } } } }`

async function logStats(variables: object) {
  const { data, errors } = await graphql.ask(LOG_STATS, { ...span, buckets: 5, ...variables })
  expect(errors).toEqual([])
  return data!.logStats as unknown as {
    total: number
    bucketSeconds: number
    groups: { key: string; count: number }[]
    buckets: { from: string; total: number }[]
  }
}
const groups = async (variables: object) =>
  Object.fromEntries((await logStats(variables)).groups.map(({ key, count }) => [key, count]))

describe('logStats', () => {
  it('counts a span and its parts, empty ones included', async () => {
    expect(await logStats({})).toMatchObject({
      ...span,
      bucketSeconds: 120,
      total: 5,
      groups: [
        { key: 'MESSAGE', count: 3 },
        { key: 'CALL', count: 1 },
        { key: 'ERROR', count: 1 },
      ],
      buckets: [
        { from: at(0).toISOString(), total: 3, counts: [{ key: 'MESSAGE', count: 3 }] },
        { from: at(2).toISOString(), total: 0, counts: [] },
        { total: 0 },
        { total: 0 },
        { from: at(8).toISOString(), total: 2 },
      ],
    })
  })

  it('tells logs apart by status, error code and region', async () => {
    expect(await groups({ by: 'STATUS' })).toEqual({ failed: 2, busy: 1, delivered: 1, '': 1 })
    expect(await groups({ by: 'ERROR_CODE' })).toEqual({ '30003': 1, '11200': 1, '': 3 })
    expect(await groups({ by: 'COUNTRY' })).toEqual({ US: 1, CA: 1, BR: 1, '': 2 })
  })

  it('counts only what the filter leaves', async () => {
    expect(await groups({ by: 'STATUS', filter: { status: ['FAILED'], errorCode: ['30003'] } })).toEqual({
      failed: 1,
    })
    expect((await logStats({ filter: { since: at(9).toISOString() } })).total).toBe(2)
  })

  it('has as many buckets as asked for, of whole seconds, and fewer where there are not so many', async () => {
    expect((await logStats({ buckets: 60 })).buckets).toHaveLength(60)
    const short = await logStats({ until: at(0, 7).toISOString(), buckets: 60 })
    expect(short).toMatchObject({ bucketSeconds: 1, total: 1 })
    expect(short.buckets).toHaveLength(7)
    expect(await logStats({ buckets: 7 })).toMatchObject({ bucketSeconds: 86, total: 5 })
  })

  it('tells the 20 largest groups and puts the rest together', async () => {
    const day = new Date('2026-11-05T00:00:00Z')
    for (let code = 0; code < 23; code++)
      for (let times = 0; times < (code < 3 ? 1 : 2); times++)
        await insertLog(graphql.database, {
          timestamp: day,
          errorCode: String(30_000 + code),
          twilioSid: randomUUID(),
        })
    const found = await logStats({
      since: day.toISOString(),
      until: '2026-11-06T00:00:00Z',
      by: 'ERROR_CODE',
    })
    expect(found.groups).toHaveLength(21)
    expect(found.groups.at(-1)).toEqual({ key: 'other', count: 3 })
    expect(found.buckets[0]).toMatchObject({ total: 43 })
  })

  it.each([
    ['since', { since: span.until }],
    ['buckets', { buckets: 0 }],
    ['buckets', { buckets: 501 }],
    ['filter.search', { filter: { search: '\0' } }],
  ])('refuses a bad %s by name', async (path, variables) => {
    const { errors } = await graphql.ask(LOG_STATS, { ...span, ...variables })
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] })
  })
})

describe('deliveryStats', () => {
  it('counts deliveries by status', async () => {
    const { data } = await graphql.ask(
      `query ($since: DateTime!, $until: DateTime) { deliveryStats(since: $since, until: $until, buckets: 2) {
        total bucketSeconds groups { key count } buckets { total counts { key count } } } }`,
      span,
    )
    const counts = [
      { key: 'DELIVERED', count: 2 },
      { key: 'FAILED', count: 1 },
    ]
    expect(data!.deliveryStats).toEqual({
      total: 3,
      bucketSeconds: 300,
      groups: counts,
      buckets: [
        { total: 3, counts },
        { total: 0, counts: [] },
      ],
    })
  })
})
