import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KEY, type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import { RawSocket } from '../fixtures/raw-socket.js'
import {
  insertAction,
  insertAlert,
  insertDelivery,
  insertFeed,
  insertLog,
  insertRule,
} from '../fixtures/rows.js'

let graphql: TestGraphql
beforeAll(async () => {
  graphql = await openTestGraphql()
})
afterAll(() => graphql.close())

/** Data of the events of a subscription, as they come. */
async function* events(client: Client, query: string, variables?: object): AsyncGenerator<Loose> {
  for await (const { data, errors } of client.iterate({ query, variables: { ...variables } })) {
    if (errors) throw Object.assign(new Error(errors[0]!.message), { code: errors[0]!.extensions?.code })
    yield data as Loose
  }
}
type Loose = Record<string, { cursor: string; log: { id: string; status: string | null } }>

async function addLog(fields: Parameters<typeof insertLog>[1] = {}): Promise<string> {
  const id = await insertLog(graphql.database, fields)
  graphql.bus.publish(await insertFeed(graphql.database, [{ kind: 'log_added', subjectId: id }]))
  return id
}

async function feedCursor(): Promise<string> {
  const { data } = await graphql.ask('{ logs(first: 1) { feedCursor } }')
  const logs: { feedCursor: string } = data!.logs!
  return logs.feedCursor
}

const ADDED =
  'subscription ($after: String, $filter: LogFilter) { logAdded(after: $after, filter: $filter) { cursor log { id status } } }'

describe('a subscription', () => {
  it('together with a page misses nothing that happens between the two', async () => {
    const known = new Set<string>()
    const client = graphql.client()
    // Each try has logs of its own.
    const filter = { accountSid: [`AC-${randomUUID()}`] }
    // They come in until the page is read, and some after it.
    let total = Infinity
    const written: string[] = []
    const writing = (async () => {
      while (written.length < total) {
        written.push(await addLog({ accountSid: filter.accountSid[0]! }))
        // So slowly from then on that the page, which is of 200 at most, has room for all that is there when it is read.
        if (written.length >= 60) await pause(20)
      }
    })()
    await pause(20)
    const { data } = await graphql
      .ask('query ($filter: LogFilter) { logs(first: 200, filter: $filter) { feedCursor nodes { id } } }', {
        filter,
      })
      .finally(() => (total = Math.max(60, written.length + 20)))
    const page: { feedCursor: string; nodes: { id: string }[] } = data!.logs!
    for (const { id } of page.nodes) known.add(id)
    await pause(50)
    const afterPage: string[] = []
    const reading = (async () => {
      for await (const { logAdded } of events(client, ADDED, { after: page.feedCursor, filter })) {
        afterPage.push(logAdded!.log.id)
        if (new Set([...known, ...afterPage]).size === total) break
      }
    })()
    await writing
    await reading
    expect(new Set([...known, ...afterPage])).toEqual(new Set(written))
    expect(new Set(afterPage).size).toBe(afterPage.length)
  })

  it('cut again and again goes on by its cursor without a gap and without a repeat', async () => {
    let after = await feedCursor()
    const written: string[] = []
    const writing = (async () => {
      for (let n = 0; n < 120; n++) {
        written.push(await addLog())
        await pause(2)
      }
    })()
    const seen: string[] = []
    while (seen.length < 120) {
      const socket = await new RawSocket(graphql.socket()).initialised(KEY)
      socket.subscribe('1', ADDED, { after })
      const stretch = 1 + (seen.length % 17)
      for (let n = 0; n < stretch && seen.length < 120; n++) {
        const { payload } = await socket.next('next')
        const { logAdded } = (payload as { data: Loose }).data
        after = logAdded!.cursor
        seen.push(logAdded!.log.id)
      }
      socket.close()
    }
    await writing
    expect(seen).toEqual(written)
  })

  it('takes the cursor of any other, whatever the filter', async () => {
    const { database } = graphql
    const ruleId = await insertRule(database)
    const actionId = await insertAction(database, ruleId)
    const start = await feedCursor()
    const logId = await addLog()
    const alertId = await insertAlert(database, ruleId, logId)
    const deliveryId = await insertDelivery(database, { alertId, ruleId, actionId, logId })
    graphql.bus.publish(
      await insertFeed(database, [
        { kind: 'log_changed', subjectId: logId },
        { kind: 'alert_triggered', subjectId: alertId },
        { kind: 'delivery_changed', subjectId: deliveryId },
      ]),
    )
    const client = graphql.client()
    const first = await one(
      client,
      'subscription ($after: String) { logAdded(after: $after) { cursor log { id } } }',
      start,
    )
    expect(first.logAdded).toMatchObject({ log: { id: logId } })
    const alert = await one(
      client,
      `subscription ($after: String) { alertTriggered(after: $after, filter: { ruleId: ["${ruleId}"], state: [FIRING] }) {
        cursor alert { id state rule { id } log { id } deliveries { id } } } }`,
      first.logAdded!.cursor,
    )
    expect(alert.alertTriggered).toMatchObject({
      alert: {
        id: alertId,
        state: 'FIRING',
        rule: { id: ruleId },
        log: { id: logId },
        deliveries: [{ id: deliveryId }],
      },
    })
    const delivery = await one(
      client,
      `subscription ($after: String) { deliveryChanged(after: $after, filter: { status: [PENDING] }) {
        cursor delivery { id status action { id } alert { id } } } }`,
      alert.alertTriggered!.cursor,
    )
    expect(delivery.deliveryChanged).toMatchObject({
      delivery: { id: deliveryId, status: 'PENDING', action: { id: actionId }, alert: { id: alertId } },
    })
    const changed = await one(
      client,
      'subscription ($after: String) { logChanged(after: $after) { cursor log { id } } }',
      start,
    )
    expect(changed.logChanged).toMatchObject({ log: { id: logId } })
  })

  it('shows rows and edges as they are when sent, also on a socket that has been open for long', async () => {
    const { database } = graphql
    const ruleId = await insertRule(database, { name: 'before' })
    const client = graphql.client()
    const stream = events(
      client,
      'subscription ($after: String) { alertTriggered(after: $after) { cursor alert { id rule { name } } } }',
      { after: await feedCursor() },
    )
    const trigger = async () => {
      const alertId = await insertAlert(database, ruleId, null)
      graphql.bus.publish(await insertFeed(database, [{ kind: 'alert_triggered', subjectId: alertId }]))
    }
    const first = stream.next()
    await trigger()
    expect((await first).value).toMatchObject({ alertTriggered: { alert: { rule: { name: 'before' } } } })
    await database.query(`UPDATE rules SET name = 'after' WHERE id = $1`, [ruleId])
    await trigger()
    expect((await stream.next()).value).toMatchObject({
      alertTriggered: { alert: { rule: { name: 'after' } } },
    })
  })

  it.each([
    ['garbage', 'garbage'],
    ['an empty text', ''],
    [
      'a page cursor',
      Buffer.from('logs1:1793534400000:0f7b5a3e-7f0e-4a0e-8a55-0d3c2f1b9a10').toString('base64url'),
    ],
    ['a place beyond the end', Buffer.from('f1:999999999').toString('base64url')],
  ])('refuses %s as its cursor', async (_name, after) => {
    await expect(one(graphql.client(), ADDED, after)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
  })

  it('says CURSOR_EXPIRED where what followed is no longer kept', async () => {
    const after = await feedCursor()
    await addLog()
    await graphql.database.query('UPDATE system_state SET feed_floor = (SELECT max(position) FROM feed)')
    await expect(one(graphql.client(), ADDED, after)).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' })
  })
})

/** The first event after a cursor. */
async function one(client: Client, query: string, after: string): Promise<Loose> {
  for await (const event of events(client, query, { after })) return event
  throw new Error('no event')
}
