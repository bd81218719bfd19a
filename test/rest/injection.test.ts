import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { routes } from '../../src/rest/routes.js'
import { toSnake } from '../../src/rest/spelling.js'
import { someHandlers } from '../actions/samples.js'
import { commandsOn } from '../commands/commands-on.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'
import { injections } from '../fixtures/injections.js'
import { refusedStatements } from '../fixtures/refused-statements.js'
import { openRestServer, type RestServer } from '../fixtures/rest-server.js'
import { insertAction, insertAlert, insertDelivery, insertLog, insertRule } from '../fixtures/rows.js'

vi.setConfig({ testTimeout: 240_000 })

const handlers = someHandlers()
let test: TestDatabase
let rest: RestServer
let refused: string[]
beforeAll(async () => {
  test = await openTestDatabase()
  const { database } = test
  refused = refusedStatements(database)
  rest = await openRestServer({
    statements: database,
    commands: commandsOn(database, handlers, 'a key'),
    handlers,
  })
  const ruleId = await insertRule(database)
  const alertId = await insertAlert(database, ruleId, await insertLog(database))
  await insertDelivery(database, { alertId, ruleId, actionId: await insertAction(database, ruleId) })
})
afterEach(() => {
  expect(refused.splice(0)).toEqual([])
  expect(rest.lines.splice(0)).toEqual([])
})
afterAll(async () => {
  await rest.close()
  await handlers.close()
  await test.close()
})

/** As a part of an address; a lone surrogate has no spelling there. */
const texts = injections.filter((text) => !/\p{Surrogate}/u.test(text)).map(encodeURIComponent)

const parameters = routes.flatMap(({ method, path, query }) =>
  Object.keys(query).map((name) => ({ method, path, name: toSnake(name) })),
)
const withParameters = routes.filter(({ query }) => Object.keys(query).length > 0)
const ids = routes.filter(({ path }) => path.includes(':id')).map(({ method, path }) => ({ method, path }))

describe('no text breaks out of', () => {
  it.each(parameters)('the parameter $name of $method $path', async ({ method, path, name }) => {
    for (const text of texts) {
      const { status } = await rest.call(method, `${path.replace(':id', 'x')}?${name}=${text}`)
      expect([200, 400, 404], text).toContain(status)
    }
  })

  it.each(withParameters)('the name of a parameter of $method $path', async ({ method, path }) => {
    for (const text of texts)
      expect((await rest.call(method, `${path.replace(':id', 'x')}?${text}=1`)).status, text).toBe(400)
  })

  it.each(ids)('the id of $method $path', async ({ method, path }) => {
    const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} }
    for (const text of texts) {
      const { status } = await rest.call(method, path.replace(':id', text), body)
      expect([400, 404], text).toContain(status)
    }
  })
})
