import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MASK } from '../../src/actions/config-secrets.js'
import { InputError } from '../../src/errors.js'
import { startHttpSink } from '../actions/http-sink.js'
import { someHandlers } from '../actions/samples.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'
import { commandsOn } from './commands-on.js'

let test: TestDatabase
let sink: Awaited<ReturnType<typeof startHttpSink>>
const handlers = someHandlers()

beforeAll(async () => {
  test = await openTestDatabase()
  sink = await startHttpSink()
})
afterAll(async () => {
  await handlers.close()
  await sink.stop()
  await test.close()
})

const commandsWith = (secretKey: string) => commandsOn(test.database, handlers, secretKey)

const aRule = { name: 'failures', patternType: 'error_code', patternValue: '30003' }

/** Path and message of each. */
async function faultsOf(refused: Promise<unknown>): Promise<string[][]> {
  const thrown: unknown = await refused.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (thrown instanceof InputError) return thrown.fields.map(({ path, message }) => [path, message])
  throw new Error('this was not refused as bad input', { cause: thrown })
}

describe('the secrets of an action, stored with another SECRET_KEY', () => {
  let now: ReturnType<typeof commandsWith>
  let id: string

  beforeEach(async () => {
    now = commandsWith('the key now')
    sink.reset()
    const { rule } = await now.createRule(aRule)
    const config = { url: sink.url, headers: { 'X-Key': 'old' }, secret: 'old' }
    const { action } = await commandsWith('the key before').createAction({
      ruleId: rule.id,
      actionType: 'webhook',
      config,
    })
    id = action.id
  })

  it('fail a test of it, which says why and sends nothing', async () => {
    expect(await now.testAction(id, null)).toEqual({
      success: false,
      result: {
        error: 'The stored secret was encrypted with another SECRET_KEY. Write it again.',
        code: 'secret-unreadable',
        statusCode: null,
        response: null,
        request: null,
      },
    })
    expect(sink.received).toEqual([])
  })

  it('can be written again, and then sent', async () => {
    const config = { url: sink.url, headers: { 'X-Key': 'new' } }
    await now.updateAction(id, { config })
    expect(await now.testAction(id, null)).toMatchObject({
      success: true,
      result: {
        statusCode: 200,
        request: { method: 'POST', headers: { 'x-key': MASK }, body: expect.stringContaining('alert.test') },
      },
    })
    expect(sink.received.map(({ headers }) => headers['x-key'])).toEqual(['new'])
  })

  it('cannot be kept: each is named that must be written again', async () => {
    const config = { url: sink.url, headers: { 'X-Key': MASK }, secret: 'new' }
    const message = 'is the mask of a secret that cannot be read with this SECRET_KEY: write it again'
    expect(await faultsOf(now.updateAction(id, { config }))).toEqual([['config.headers.X-Key', message]])
  })
})

describe('a mask in a new action', () => {
  it('is refused at its place, of an action by itself and of those that come with a rule', async () => {
    const { createAction, createRule } = commandsWith('a key')
    const { rule } = await createRule(aRule)
    const action = { actionType: 'webhook', config: { url: sink.url, secret: MASK } }
    const message = 'is the mask of a secret, but no secret is stored here'
    expect(await faultsOf(createAction({ ...action, ruleId: rule.id }))).toEqual([['config.secret', message]])
    expect(
      await faultsOf(createRule({ ...aRule, actions: [{ actionType: 'log', config: {} }, action] })),
    ).toEqual([['actions.1.config.secret', message]])
  })
})
