import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AlertReason } from '../../src/alerts/alert.js'
import { type TestGraphql, openTestGraphql } from '../fixtures/graphql-server.js'
import {
  insertAction,
  insertAlert,
  insertDelivery,
  insertLog,
  insertRule,
  joinAlert,
} from '../fixtures/rows.js'

let graphql: TestGraphql
beforeAll(async () => {
  graphql = await openTestGraphql({
    maskConfig: ({ config }) => ({ ...config, ...(config.secret ? { secret: '****' } : {}) }),
  })
})
afterAll(() => graphql.close())

describe('a page of logs', () => {
  it('comes newest first with its cursors, and the next one goes on behind it', async () => {
    const ids: string[] = []
    for (let n = 0; n < 5; n++)
      ids.unshift(await insertLog(graphql.database, { accountSid: 'AC-walk', timestamp: second(n) }))
    const query = `query ($after: String) {
      logs(filter: { accountSid: ["AC-walk"] }, first: 2, after: $after) {
        nodes { id } edges { cursor node { id } } totalCount
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }`
    const walked: string[] = []
    let after: string | null = null
    for (const [hasNextPage, hasPreviousPage] of [
      [true, false],
      [true, true],
      [false, true],
    ]) {
      const { data } = await graphql.ask(query, { after })
      const logs: { nodes: { id: string }[]; edges: { cursor: string; node: { id: string } }[] } & Loose =
        data!.logs!
      expect(logs.totalCount).toBe(5)
      expect(logs.pageInfo).toEqual({
        hasNextPage,
        hasPreviousPage,
        startCursor: logs.edges[0]!.cursor,
        endCursor: logs.edges.at(-1)!.cursor,
      })
      expect(logs.edges.map(({ node }) => node)).toEqual(logs.nodes)
      walked.push(...logs.nodes.map(({ id }) => id))
      after = logs.edges.at(-1)!.cursor
    }
    expect(walked).toEqual(ids)
  })

  it('has no cursors where it is empty', async () => {
    const { data } = await graphql.ask(`{ logs(filter: { search: "nowhere at all" }) {
      nodes { id } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`)
    expect(data).toEqual({
      logs: {
        nodes: [],
        totalCount: 0,
        pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      },
    })
  })

  it('shows a log with everything that the contract names', async () => {
    const id = await insertLog(graphql.database, {
      twilioSid: 'SM-whole',
      logType: 'error',
      timestamp: new Date('2026-11-01T12:00:00.123Z'),
      status: null,
      errorCode: '11200',
      rawData: { sid: 'SM-whole', nested: [1, null, 'x'] },
      processed: false,
    })
    const { data, errors } = await graphql.ask(
      `query ($id: ID!) { log(id: $id) { id twilioSid accountSid logType timestamp status errorCode errorMessage
        fromNumber toNumber rawData processed createdAt updatedAt transitions { status errorCode at } alerts { id } } }`,
      { id },
    )
    expect(errors).toEqual([])
    expect(data!.log).toMatchObject({
      id,
      twilioSid: 'SM-whole',
      logType: 'ERROR',
      timestamp: '2026-11-01T12:00:00.123Z',
      status: null,
      errorCode: '11200',
      rawData: { sid: 'SM-whole', nested: [1, null, 'x'] },
      processed: false,
      transitions: [{ status: 'delivered' }],
      alerts: [],
    })
  })

  it('cuts to the second: since belongs to it, until does not', async () => {
    for (let n = 0; n < 4; n++)
      await insertLog(graphql.database, { accountSid: 'AC-cut', timestamp: second(n) })
    const { data } = await graphql.ask(
      `query ($filter: LogFilter) { logs(filter: $filter) { nodes { timestamp } } }`,
      { filter: { accountSid: ['AC-cut'], since: second(1), until: second(3) } },
    )
    expect(data!.logs).toEqual({
      nodes: [{ timestamp: second(2).toISOString() }, { timestamp: second(1).toISOString() }],
    })
  })
})

describe('what was deleted', () => {
  it('is hidden by id and in lists, and shown through its alerts and deliveries', async () => {
    const { database } = graphql
    const deletedAt = new Date('2026-11-05T00:00:00Z')
    const kept = await insertRule(database, { name: 'kept', createdAt: new Date('2026-01-02') })
    const older = await insertRule(database, {
      name: 'older',
      enabled: false,
      createdAt: new Date('2026-01-01'),
    })
    const deleted = await insertRule(database, { name: 'deleted', deletedAt })
    const keptAction = await insertAction(database, kept, { config: { url: 'x', secret: 'hush' } })
    const deletedAction = await insertAction(database, deleted, { deletedAt })
    const alertId = await insertAlert(database, deleted, null)
    const owed = { alertId, ruleId: deleted, actionId: deletedAction }
    const deliveryId = await insertDelivery(database, owed, { attempts: 2 })
    const { data, errors } = await graphql.ask(
      `query ($rule: ID!, $action: ID!, $alert: ID!, $delivery: ID!, $kept: ID!) {
        rule(id: $rule) { id } action(id: $action) { id }
        rules { name deletedAt } disabled: rules(enabled: false) { name } actions { id }
        ofRule: actions(ruleId: $kept) { id config rule { name } }
        alert(id: $alert) { rule { name deletedAt actions { id } } log { id } deliveries { id } }
        delivery(id: $delivery) { action { id deletedAt } alert { id } attemptCount attempts { durationMs success } }
      }`,
      { rule: deleted, action: deletedAction, alert: alertId, delivery: deliveryId, kept },
    )
    expect(errors).toEqual([])
    expect(data).toEqual({
      rule: null,
      action: null,
      rules: [
        { name: 'older', deletedAt: null },
        { name: 'kept', deletedAt: null },
      ],
      disabled: [{ name: 'older' }],
      actions: [{ id: keptAction }],
      ofRule: [{ id: keptAction, config: { url: 'x', secret: '****' }, rule: { name: 'kept' } }],
      alert: {
        rule: { name: 'deleted', deletedAt: deletedAt.toISOString(), actions: [] },
        log: null,
        deliveries: [{ id: deliveryId }],
      },
      delivery: {
        action: { id: deletedAction, deletedAt: deletedAt.toISOString() },
        alert: { id: alertId },
        attemptCount: 2,
        attempts: [
          { durationMs: 0, success: false },
          { durationMs: 1, success: false },
        ],
      },
    })
    expect(older).not.toBe(kept)
  })

  it('hides an attempt until it has ended', async () => {
    const { database } = graphql
    const ruleId = await insertRule(database)
    const alertId = await insertAlert(database, ruleId, null)
    const id = await insertDelivery(database, {
      alertId,
      ruleId,
      actionId: await insertAction(database, ruleId),
    })
    await database.query('INSERT INTO delivery_attempts (delivery_id, lease_token) VALUES ($1, $2)', [
      id,
      randomUUID(),
    ])
    const query = 'query ($id: ID!) { delivery(id: $id) { attempts { success } } }'
    expect((await graphql.ask(query, { id })).data!.delivery).toEqual({ attempts: [] })
    await database.query('UPDATE delivery_attempts SET ended_at = now() WHERE delivery_id = $1', [id])
    expect((await graphql.ask(query, { id })).data!.delivery).toEqual({ attempts: [{ success: false }] })
  })
})

describe('an alert', () => {
  it('stands until its time is over, by the clock of the database', async () => {
    const { database } = graphql
    const ruleId = await insertRule(database)
    const past = await insertAlert(database, ruleId, null, { resolvesAt: new Date(Date.now() - 1_000) })
    const future = await insertAlert(database, ruleId, null)
    const { data } = await graphql.ask(
      `query ($rule: [ID!]) {
        firing: alerts(filter: { ruleId: $rule, state: [FIRING] }) { nodes { id state } totalCount }
        resolved: alerts(filter: { ruleId: $rule, state: [RESOLVED] }) { nodes { id state } }
      }`,
      { rule: [ruleId] },
    )
    expect(data).toEqual({
      firing: { nodes: [{ id: future, state: 'FIRING' }], totalCount: 1 },
      resolved: { nodes: [{ id: past, state: 'RESOLVED' }] },
    })
  })

  it('says why it opened and what happened then, unless it opened before that was kept', async () => {
    const { database } = graphql
    const ruleId = await insertRule(database)
    await insertAlert(database, ruleId, null)
    for (const reason of Object.values(AlertReason))
      await insertAlert(database, ruleId, null, { reason, cause: `a message after it ${reason}` })
    const { data } = await graphql.ask(
      `query ($rule: [ID!]) { alerts(filter: { ruleId: $rule }) { nodes { reason cause } } }`,
      { rule: [ruleId] },
    )
    const { nodes } = data!.alerts as unknown as { nodes: object[] }
    expect(nodes).toHaveLength(4)
    expect(nodes).toEqual(
      expect.arrayContaining([
        { reason: null, cause: null },
        { reason: 'STARTED_TO_MATCH', cause: 'a message after it started-to-match' },
        { reason: 'COUNT_REACHED', cause: 'a message after it count-reached' },
        { reason: 'COOLDOWN_OVER', cause: 'a message after it cooldown-over' },
      ]),
    )
  })
})

describe('the logs of an alert', () => {
  it('come by pages, newest first, each of them naming the alert', async () => {
    const { database } = graphql
    const logs: string[] = []
    for (const n of [2, 0, 1, 4, 3]) logs[n] = await insertLog(database, { timestamp: second(n) })
    const [opening = '', ...joined] = logs
    const id = await insertAlert(database, await insertRule(database), opening)
    await joinAlert(database, id, joined)
    await insertAlert(database, await insertRule(database), opening)
    const query = `query ($id: ID!, $after: String) { alert(id: $id) { logs(first: 2, after: $after) {
      totalCount nodes { id alerts { id } } edges { cursor } pageInfo { hasNextPage endCursor } } } }`
    const walked: string[] = []
    let after: unknown = null
    for (const hasNextPage of [true, true, false]) {
      const { data } = await graphql.ask(query, { id, after })
      const page = (data!.alert as unknown as { logs: LogsOfAlert }).logs
      expect(page).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage } })
      expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)!.cursor)
      for (const node of page.nodes) expect(node.alerts).toContainEqual({ id })
      walked.push(...page.nodes.map((node) => node.id))
      after = page.pageInfo.endCursor
    }
    expect(walked).toEqual(logs.toReversed())
  })

  it('are none where it has none, and go on after no cursor of another list', async () => {
    const { database } = graphql
    const id = await insertAlert(database, await insertRule(database), null)
    const query = `query ($id: ID!, $after: String) { alert(id: $id) { logs(after: $after) { totalCount nodes { id } } } }`
    expect((await graphql.ask(query, { id })).data!.alert).toEqual({ logs: { totalCount: 0, nodes: [] } })
    const { data } = await graphql.ask(`{ logs(first: 1) { pageInfo { endCursor } } }`)
    const after = (data!.logs as unknown as { pageInfo: { endCursor: string } }).pageInfo.endCursor
    const { errors } = await graphql.ask(query, { id, after })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', fields: [{ path: 'after' }] } }])
  })
})

describe('alerts, rule by rule', () => {
  it('are counted with when the oldest opened and which is the newest, of all that the filter finds', async () => {
    const { database } = graphql
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 4, 12, minute))
    const [calm, busy] = [await insertRule(database), await insertRule(database)]
    for (const minute of [3, 1, 7]) await insertAlert(database, busy, null, { triggeredAt: at(minute) })
    const newest = await insertAlert(database, busy, null, { triggeredAt: at(9) })
    const only = await insertAlert(database, calm, null, { triggeredAt: at(5) })
    await insertAlert(database, calm, null, { triggeredAt: at(0), resolvesAt: at(6) })
    const { data } = await graphql.ask(
      `query ($rules: [ID!]) {
        alerts(first: 1, filter: { ruleId: $rules, state: [FIRING] }) {
          byRule { count oldestAt rule { id } newest { id } }
        }
        none: alerts(filter: { ruleId: $rules, until: "2020-01-01T00:00:00Z" }) { byRule { count } }
      }`,
      { rules: [calm, busy] },
    )
    expect(data).toEqual({
      alerts: {
        byRule: [
          { count: 4, oldestAt: at(1).toISOString(), rule: { id: busy }, newest: { id: newest } },
          { count: 1, oldestAt: at(5).toISOString(), rule: { id: calm }, newest: { id: only } },
        ],
      },
      none: { byRule: [] },
    })
  })
})

describe('an id', () => {
  it('that is none names nothing', async () => {
    const { data, errors } = await graphql.ask(`{
      a: log(id: "7") { id } b: rule(id: "'; DROP") { id } c: action(id: "") { id }
      d: alert(id: "x") { id } e: delivery(id: "${randomUUID()}") { id } f: actions(ruleId: "nope") { id }
      g: alerts(filter: { ruleId: ["nope"] }) { nodes { id } }
    }`)
    expect(errors).toEqual([])
    expect(data).toEqual({ a: null, b: null, c: null, d: null, e: null, f: [], g: { nodes: [] } })
  })

  it('means the same in upper case', async () => {
    const id = await insertLog(graphql.database)
    const { data } = await graphql.ask('query ($id: ID!) { log(id: $id) { id } }', { id: id.toUpperCase() })
    expect(data!.log).toEqual({ id })
  })
})

describe('a failed delivery', () => {
  it('is retriable, and found as that, where neither its rule nor its action is disabled or deleted', async () => {
    const { database } = graphql
    const deletedAt = new Date('2026-11-05T00:00:00Z')
    const [live, disabled, deleted] = [
      await insertRule(database),
      await insertRule(database, { enabled: false }),
      await insertRule(database, { deletedAt }),
    ]
    const owe = async (ruleId: string, action: { deletedAt?: Date }, status: 'failed' | 'suppressed') => {
      const actionId = await insertAction(database, ruleId, action)
      const alertId = await insertAlert(database, ruleId, null)
      return { actionId, id: await insertDelivery(database, { alertId, ruleId, actionId }, { status }) }
    }
    const { id } = await owe(live, {}, 'failed')
    const { actionId } = await owe(live, {}, 'failed')
    await database.query(`UPDATE actions SET enabled = false WHERE id = $1`, [actionId])
    await owe(live, { deletedAt }, 'failed')
    await owe(live, {}, 'suppressed')
    await owe(disabled, {}, 'failed')
    await owe(deleted, {}, 'failed')
    const { data, errors } = await graphql.ask(
      `query ($yes: DeliveryFilter, $no: DeliveryFilter) {
        yes: deliveries(filter: $yes) { totalCount nodes { id retriable } }
        no: deliveries(filter: $no) { totalCount nodes { retriable } }
      }`,
      {
        yes: { ruleId: [live, disabled, deleted], retriable: true },
        no: { ruleId: [live, disabled, deleted], retriable: false },
      },
    )
    expect(errors).toEqual([])
    expect(data).toEqual({
      yes: { totalCount: 1, nodes: [{ id, retriable: true }] },
      no: { totalCount: 5, nodes: Array.from({ length: 5 }, () => ({ retriable: false })) },
    })
  })
})

describe('the number of statements', () => {
  it('does not grow with the rows', async () => {
    const { database } = graphql
    const query = `{ alerts(filter: { logId: "LOG" }, first: 200) { totalCount feedCursor
      byRule { rule { name } newest { log { id } } } nodes {
      rule { name actions { id rule { name } } } log { transitions { status } alerts { id } }
      logs(first: 2) { totalCount feedCursor nodes { id alerts { id } } }
      deliveries { action { id rule { id } } alert { id } attempts { success } } } } }`
    const logId = await insertLog(database)
    const costOf = async (): Promise<number> => {
      const before = graphql.statements()
      const { errors } = await graphql.ask(query.replace('LOG', logId))
      expect(errors).toEqual([])
      return graphql.statements() - before
    }
    const addOne = async (): Promise<void> => {
      const ruleId = await insertRule(database)
      const actionId = await insertAction(database, ruleId)
      const alertId = await insertAlert(database, ruleId, logId)
      await insertDelivery(database, { alertId, ruleId, actionId }, { attempts: 1 })
    }
    await addOne()
    const forOne = await costOf()
    for (let n = 0; n < 30; n++) await addOne()
    expect(await costOf()).toBe(forOne)
  })

  it('spares the count and the feed where they are not asked for', async () => {
    const costOf = async (fields: string): Promise<number> => {
      const before = graphql.statements()
      await graphql.ask(`{ logs { ${fields} } }`)
      return graphql.statements() - before
    }
    expect(await costOf('nodes { id }')).toBe(1)
    expect(await costOf('nodes { id } totalCount')).toBe(2)
    expect(await costOf('nodes { id } ... on LogConnection { c: totalCount feedCursor }')).toBe(3)
  })
})

interface LogsOfAlert {
  readonly nodes: readonly { readonly id: string; readonly alerts: readonly object[] }[]
  readonly edges: readonly { readonly cursor: string }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

type Loose = { readonly totalCount: number; readonly pageInfo: object }

const second = (n: number): Date => new Date(Date.UTC(2026, 10, 3, 12, 0, n))
