import * as fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createSecretBox } from '../../src/actions/secret-box.js'
import type { Commands } from '../../src/commands/commands.js'
import { createPreviewCommand } from '../../src/commands/preview-command.js'
import { createPreview } from '../../src/preview/preview.js'
import type { Database } from '../../src/store/database.js'
import { StoredHistory } from '../../src/store/history.js'
import { someHandlers } from '../actions/samples.js'
import { commandsOn } from '../commands/commands-on.js'
import { type Answer, KEY, openTestGraphql, type TestGraphql } from '../fixtures/graphql-server.js'
import { injections, someInjections } from '../fixtures/injections.js'
import { RawSocket } from '../fixtures/raw-socket.js'
import { refusedStatements } from '../fixtures/refused-statements.js'
import {
  insertAction,
  insertAlert,
  insertDelivery,
  insertFeed,
  insertLog,
  insertRule,
} from '../fixtures/rows.js'
import { argumentPlaces } from './argument-places.js'

vi.setConfig({ testTimeout: 60_000 })

const handlers = someHandlers()
const unbounded = { points: 1_000_000, duration: 1 }
let graphql: TestGraphql
let refused: string[]
/** Made once: a key is drawn out of its words for as long as that takes on purpose. */
let commands: Partial<Commands> | undefined
const allCommands = (database: Database): Partial<Commands> => ({
  ...commandsOn(database, handlers, 'a secret key'),
  ...createPreviewCommand({
    preview: createPreview(new StoredHistory(database), () => performance.now()),
    handlers,
    secrets: createSecretBox('a secret key'),
    clock: () => new Date(),
  }),
  pollNow: async () => ({ stored: 0, changed: 0 }),
})

beforeAll(async () => {
  graphql = await openTestGraphql({
    limits: { requests: unbounded },
    commandsFor: (database) => (commands ??= allCommands(database)),
  })
  refused = refusedStatements(graphql.database)
  for (const text of storable) await insertLog(graphql.database, { errorMessage: `it says ${text} here` })
})
afterEach(() => {
  expect(refused.splice(0)).toEqual([])
  expect(graphql.lines.splice(0)).toEqual([])
})
afterAll(async () => {
  await graphql.close()
  await handlers.close()
})

/** Those that a text in Postgres may hold. */
const storable = injections.filter((text) => !text.includes('\0') && !/\p{Surrogate}/u.test(text))
const places = argumentPlaces()
const placesOf = (kind: string) => places.filter((place) => place.kind === kind)
/** Where a text of any kind is let in; everywhere else the type itself refuses it. */
const isLoose = ({ type }: { type: string }) =>
  ['String', 'String!', 'ID', 'ID!', 'JSON', 'JSON!'].includes(type)
/** The subscriptions that were sent something. */
const told = (socket: RawSocket) => socket.all('next').map(({ id }) => id)
const codesOf = ({ errors }: Pick<Answer, 'errors'>) => errors.map(({ extensions }) => extensions.code)

/** Something of every kind that a subscription tells of. */
async function happen(): Promise<void> {
  const { database } = graphql
  const logId = await insertLog(database, {})
  const ruleId = await insertRule(database)
  const alertId = await insertAlert(database, ruleId, logId)
  const actionId = await insertAction(database, ruleId)
  const deliveryId = await insertDelivery(database, { alertId, ruleId, actionId, logId })
  const entries = [
    { kind: 'log_added', subjectId: logId },
    { kind: 'log_changed', subjectId: logId },
    { kind: 'alert_triggered', subjectId: alertId },
    { kind: 'delivery_changed', subjectId: deliveryId },
  ] as const
  graphql.bus.publish(await insertFeed(database, entries))
}

it('what Postgres refuses is noticed here', async () => {
  await expect(graphql.database.query(`SELECT ''';`)).rejects.toThrow()
  expect(refused.splice(0)).toEqual([`42601: SELECT ''';`])
})

describe('no text breaks out of', () => {
  it.each(placesOf('query'))('$name', async (place) => {
    for (const text of isLoose(place) ? injections : someInjections)
      for (const value of place.type.startsWith('JSON') ? [text, { [text]: text }, [text]] : [text]) {
        const answer = await graphql.ask(place.query, place.variables(value))
        if (isLoose(place))
          expect(['BAD_USER_INPUT', 'NOT_FOUND', undefined], text).toContain(codesOf(answer)[0])
        else expect(codesOf(answer)[0], text).toBe('BAD_USER_INPUT')
      }
  })

  it.each(placesOf('mutation'))('$name', async (place) => {
    for (const text of someInjections)
      for (const value of place.type.startsWith('JSON') ? [text, { [text]: text }, [text]] : [text]) {
        const answer = await graphql.ask(place.query, place.variables(value))
        expect(['BAD_USER_INPUT', 'NOT_FOUND', 'CONFLICT', undefined], text).toContain(codesOf(answer)[0])
      }
  })

  it.each(placesOf('subscription'))('$name', async (place) => {
    const socket = await new RawSocket(graphql.socket()).initialised(KEY)
    const texts = isLoose(place) ? injections : someInjections
    for (const [n, text] of texts.entries()) socket.subscribe(`${n}`, place.query, place.variables(text))
    const [field = ''] = place.name.split('(')
    socket.subscribe('all', `subscription { ${field} { cursor } }`)
    // Told again until it is heard: a subscription has begun at some time after it was asked for.
    await vi.waitFor(
      async () => {
        await happen()
        expect(told(socket)).toContain('all')
      },
      { timeout: 30_000, interval: 100 },
    )
    // Answered after every filter was asked about what happened.
    expect(await socket.ask('{ logs(first: 1) { totalCount } }')).toMatchObject({ data: {} })
    for (const { payload } of socket.all('error'))
      expect(codesOf({ errors: payload as Answer['errors'] })).toEqual(['BAD_USER_INPUT'])
    for (const { id, payload } of socket.all('next'))
      expect(id === 'all' ? [undefined] : ['BAD_USER_INPUT', undefined]).toContain(
        codesOf({ errors: [], ...(payload as Partial<Answer>) })[0],
      )
    socket.close()
  })
})

describe('a search', () => {
  it.each(storable)('finds %j as it stands', async (text) => {
    const { data } = await graphql.ask(
      'query ($text: String) { logs(filter: { search: $text }, first: 200) { nodes { errorMessage } } }',
      { text },
    )
    const { nodes } = data!['logs'] as unknown as { nodes: { errorMessage: string | null }[] }
    const wanted = storable.filter((one) => `it says ${one} here`.toLowerCase().includes(text.toLowerCase()))
    expect(
      nodes
        .map(({ errorMessage }) => errorMessage)
        .filter((found) => found?.startsWith('it says'))
        .sort(),
    ).toEqual(wanted.map((one) => `it says ${one} here`).sort())
  })
})

it('whatever a filter is made of, the database understands it', async () => {
  const text = fc
    .array(fc.oneof(fc.constantFrom(...injections), fc.string({ unit: 'binary' })), { maxLength: 4 })
    .map((parts) => parts.join(''))
  const texts = fc.array(text, { maxLength: 3 })
  const filters = fc.record(
    {
      status: texts,
      errorCode: texts,
      twilioSid: texts,
      accountSid: texts,
      fromNumber: text,
      toNumber: text,
      search: text,
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(filters, async (filter) => {
      const answer = await graphql.ask(
        'query ($filter: LogFilter) { logs(filter: $filter) { totalCount nodes { id } } }',
        { filter },
      )
      expect(['BAD_USER_INPUT', undefined]).toContain(codesOf(answer)[0])
      expect(refused).toEqual([])
    }),
    { numRuns: 200 },
  )
})
