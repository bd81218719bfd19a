import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MASK } from '../../src/actions/config-secrets.js'
import { KEY } from '../fixtures/graphql-server.js'
import { openWebhookServer, type WebhookServer } from '../fixtures/webhook-server.js'

const FIELDS = `id name description enabled url hasSecret hasToken mapping { id timestamp status errorCode message } maxBytes
  lastReceivedAt receivedCount managedBy`

let server: WebhookServer
beforeAll(async () => {
  server = await openWebhookServer()
})
afterAll(() => server.close())

interface Saved {
  readonly receiver: Record<string, unknown> & { id: string }
  readonly secret: string | null
  readonly warnings: string[]
}

async function create(input: object): Promise<Saved> {
  const { data, errors } = await tryCreate(input)
  expect(errors).toEqual([])
  return (data as unknown as { createReceiver: Saved }).createReceiver
}
const tryCreate = (input: object) =>
  server.ask(
    `mutation ($input: CreateReceiverInput!) { createReceiver(input: $input) { receiver { ${FIELDS} } secret warnings } }`,
    { input },
  )
async function update(id: string, input: object): Promise<Saved> {
  const { data, errors } = await tryUpdate(id, input)
  expect(errors).toEqual([])
  return (data as unknown as { updateReceiver: Saved }).updateReceiver
}
const tryUpdate = (id: string, input: object) =>
  server.ask(
    `mutation ($id: ID!, $input: UpdateReceiverInput!) {
      updateReceiver(id: $id, input: $input) { receiver { ${FIELDS} } secret warnings } }`,
    { id, input },
  )

async function stored(id: string): Promise<{ secret: string | null; token: string | null }> {
  const rows = await server.rows<{ secret: string | null; token: string | null }>(
    `SELECT secret, token FROM receivers WHERE id = $1`,
    id,
  )
  return rows[0]!
}

const post = (name: string, body: object, headers: Record<string, string> = { 'x-api-key': KEY }) =>
  server.send(`/webhooks/custom/${name}`, JSON.stringify(body), {
    'content-type': 'application/json',
    ...headers,
  })

describe('createReceiver', () => {
  it('makes one with its defaults, and says who can send to it', async () => {
    const { receiver, secret, warnings } = await create({ name: 'first' })
    expect(receiver).toMatchObject({
      name: 'first',
      enabled: true,
      url: 'http://giftpulse.example/webhooks/custom/first',
      hasSecret: false,
      hasToken: false,
      mapping: { id: null, timestamp: null, status: null, errorCode: null, message: null },
      maxBytes: 65_536,
      lastReceivedAt: null,
      receivedCount: 0,
      managedBy: null,
    })
    expect(secret).toBeNull()
    expect(warnings).toEqual([expect.stringContaining('only a key of this API')])
  })

  it('shows a generated secret once, which signs what is let in, and stores it sealed', async () => {
    const { receiver, secret } = await create({ name: 'generated', generateSecret: true })
    expect(secret).toMatch(/^whsec_/)
    const body = JSON.stringify({ id: 'x' })
    const at = new Date()
    const headers = {
      'content-type': 'application/json',
      'webhook-id': 'm',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret!).sign('m', at, body),
    }
    expect((await server.send('/webhooks/custom/generated', body, headers)).status).toBe(202)
    expect((await stored(receiver.id)).secret).not.toContain(secret!.slice(6, 20))
    expect((await update(receiver.id, { description: 'x' })).secret).toBeNull()
  })

  it('refuses a name that is taken', async () => {
    await create({ name: 'taken' })
    const { errors } = await tryCreate({ name: 'taken' })
    expect(errors[0]?.extensions.code).toBe('CONFLICT')
  })

  it('names every bad field at once', async () => {
    const mapping = { id: '', timestamp: 'a\0', status: 'a..b', errorCode: '\ud800', message: '/a~b' }
    const { errors } = await tryCreate({
      name: 'No!',
      secret: 'short',
      token: 'with space',
      maxBytes: 1,
      mapping,
    })
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' })
    expect(errors[0]?.extensions.fields?.map(({ path }) => path).toSorted()).toEqual(
      ['name', 'secret', 'token', 'maxBytes', ...Object.keys(mapping).map((field) => `mapping.${field}`)]
        .map((path) => `input.${path}`)
        .toSorted(),
    )
  })

  it.each([
    ['a secret beside the wish for a new one', { secret: 'whsec_aGVsbG8gd29ybGQ=', generateSecret: true }],
    ['base64 that is none', { secret: 'whsec_~~~~' }],
    ['the mask of a secret that is not there', { secret: MASK }],
  ])('refuses %s', async (_, input) => {
    const { errors } = await tryCreate({ name: 'refused', ...input })
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })
})

describe('updateReceiver', () => {
  it('keeps what is left out, clears what is null, and keeps a secret behind its mask', async () => {
    const { receiver } = await create({
      name: 'changing',
      description: 'old',
      secret: 'a plain secret',
      token: 'a-plain-token',
      mapping: { id: 'key' },
    })
    const before = await stored(receiver.id)
    const changed = await update(receiver.id, { description: null, secret: MASK, maxBytes: 1_024 })
    expect(changed.receiver).toMatchObject({
      description: null,
      maxBytes: 1_024,
      mapping: { id: 'key' },
      hasToken: true,
    })
    expect(await stored(receiver.id)).toEqual(before)
    const cleared = await update(receiver.id, { secret: null, token: null, mapping: null, enabled: false })
    expect(cleared.receiver).toMatchObject({
      hasSecret: false,
      hasToken: false,
      mapping: { id: null },
      enabled: false,
    })
    expect(cleared.warnings).toHaveLength(2)
    const { errors } = await tryUpdate(receiver.id, { token: MASK })
    expect(errors[0]?.extensions.fields).toMatchObject([{ path: 'input.token' }])
  })

  it('makes a new secret; the old one opens nothing', async () => {
    const first = await create({ name: 'rotated', generateSecret: true })
    const next = await update(first.receiver.id, { generateSecret: true })
    expect(next.secret).not.toBe(first.secret)
  })

  it('refuses what files manage, and knows when there is none', async () => {
    const { receiver } = await create({ name: 'managed' })
    await server.rows(`UPDATE receivers SET managed_by = 'giftpulse.yaml' WHERE id = $1`, receiver.id)
    const refused = await tryUpdate(receiver.id, { enabled: false })
    expect(refused.errors[0]?.extensions.code).toBe('CONFLICT')
    const unknown = await tryUpdate('00000000-0000-0000-0000-000000000000', {})
    expect(unknown.errors[0]?.extensions.code).toBe('NOT_FOUND')
  })
})

describe('what was received', () => {
  const RECEIVED = `query ($id: ID, $after: String) {
    received(receiverId: $id, first: 1, after: $after) { totalCount pageInfo { hasNextPage endCursor }
      nodes { id channel state error body receiverId log { twilioSid status errorMessage } } } }`

  interface Page {
    received: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string }; nodes: Node[] }
  }
  interface Node {
    id: string
    state: string
    log: Record<string, string> | null
  }
  const read = async (variables: object) => (await server.ask(RECEIVED, variables)).data as unknown as Page

  it('is read by pages with its log, and counted', async () => {
    const { receiver } = await create({ name: 'listed' })
    for (const id of ['one', 'two', 'two']) await post('listed', { id, message: `it is ${id}` })
    await server.settle()
    const first = await read({ id: receiver.id })
    expect(first.received).toMatchObject({
      totalCount: 2,
      pageInfo: { hasNextPage: true },
      nodes: [
        { channel: 'custom:listed', state: 'DONE', error: null, body: '{"id":"two","message":"it is two"}' },
      ],
    })
    const second = await read({ id: receiver.id, after: first.received.pageInfo.endCursor })
    expect(second.received.nodes).toMatchObject([
      { log: { twilioSid: 'custom:listed:one', errorMessage: 'it is one' } },
    ])
    const { data } = await server.ask(
      `query ($id: ID!) { receiver(id: $id) { receivedCount lastReceivedAt } receivers { name } }`,
      {
        id: receiver.id,
      },
    )
    expect(data).toMatchObject({
      receiver: { receivedCount: 2, lastReceivedAt: expect.any(String) as string },
    })
  })

  it('can be replayed by the mapping as it is then', async () => {
    const { receiver } = await create({ name: 'replayed' })
    await post('replayed', { id: 'r', text: 'mapped later' })
    await server.settle()
    await update(receiver.id, { mapping: { message: 'text' } })
    const [node] = (await read({ id: receiver.id })).received.nodes
    const { data } = await server.ask(
      `mutation ($id: ID!) { replayReceived(id: $id) { received { state } } }`,
      { id: node!.id },
    )
    expect(data).toEqual({ replayReceived: { received: { state: 'PENDING' } } })
    await server.settle()
    const [again] = (await read({ id: receiver.id })).received.nodes
    expect(again).toMatchObject({ state: 'DONE', log: { errorMessage: 'mapped later' } })
  })

  it('is never replayed where it was ignored as it arrived', async () => {
    const { receiver } = await create({ name: 'looped' })
    await post('looped', { id: 'l' }, { 'x-api-key': KEY, 'x-giftpulse-hop': '1' })
    const [node] = (await read({ id: receiver.id })).received.nodes
    const { errors } = await server.ask(
      `mutation ($id: ID!) { replayReceived(id: $id) { received { state } } }`,
      { id: node!.id },
    )
    expect(errors).toMatchObject([
      { message: expect.stringMatching(/no rule feeds itself/), extensions: { code: 'CONFLICT' } },
    ])
    await server.settle()
    expect(await server.rows(`SELECT FROM logs WHERE twilio_sid = 'custom:looped:l'`)).toEqual([])
  })

  it('is set aside when it is replayed after its receiver was deleted; its log stays', async () => {
    const { receiver } = await create({ name: 'deleted' })
    await post('deleted', { id: 'd' })
    await server.settle()
    const [node] = (await read({ id: receiver.id })).received.nodes
    await server.ask(`mutation ($id: ID!) { deleteReceiver(id: $id) { id } }`, { id: receiver.id })
    await server.ask(`mutation ($id: ID!) { replayReceived(id: $id) { received { state } } }`, {
      id: node!.id,
    })
    await server.settle()
    const rows = await server.rows<{ state: string; error: string }>(
      `SELECT state, error FROM inbox WHERE id = $1`,
      node!.id,
    )
    expect(rows).toEqual([{ state: 'failed', error: 'its receiver was deleted' }])
    expect(await server.rows(`SELECT FROM logs WHERE twilio_sid = 'custom:deleted:d'`)).toHaveLength(1)
    expect((await post('deleted', { id: 'd' })).status).toBe(404)
  })
})
