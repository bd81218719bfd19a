import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSecretBox } from '../../src/actions/secret-box.js'
import { StoredSecrets } from '../../src/store/stored-secrets.js'
import { someHandlers } from '../actions/samples.js'
import { commandsOn } from '../commands/commands-on.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'

const OLD = 'the key of before'
const NEW = 'the key of after'

let test: TestDatabase
const handlers = someHandlers()
beforeAll(async () => {
  test = await openTestDatabase()
})
beforeEach(() => test.database.query('TRUNCATE rules, actions, receivers CASCADE'))
afterAll(async () => {
  await handlers.close()
  await test.close()
})

const withKey = (key: string) => commandsOn(test.database, handlers, key)
const rotate = () =>
  new StoredSecrets(test.database, { handlers, secrets: createSecretBox(NEW, [OLD]) }).rotate({
    giveUpUnreadable: false,
  })
/** What refuses a start with the new key alone. */
const expectNewKeyOnly = () =>
  new StoredSecrets(test.database, { handlers, secrets: createSecretBox(NEW) }).refuseWrongKey()

describe('a rotation beside processes that change secrets', () => {
  it('is not undone by a change that began before it: neither of a receiver nor of an action', async () => {
    const old = withKey(OLD)
    const { receiver } = await old.createReceiver({
      name: 'billing',
      secret: 'a secret',
      token: 'a-token-of-it',
    })
    const { rule } = await old.createRule({
      name: 'with a secret',
      patternType: 'error_code',
      patternValue: '1',
      actions: [{ actionType: 'webhook', config: { url: 'https://hooks.example', secret: 'of an action' } }],
    })
    const [action] = await test.database.query<{ id: string }>(`SELECT id FROM actions WHERE rule_id = $1`, [
      rule.id,
    ])
    const both = withKey(NEW)
    await Promise.all([
      rotate(),
      ...Array.from({ length: 5 }, (_, n) => [
        both.updateReceiver(receiver.id, { description: `edit ${n}` }),
        both.updateAction(action!.id, { enabled: n % 2 === 0 }),
        rotate(),
      ]).flat(),
    ])
    await expectNewKeyOnly()
  })

  it('finds out at its end that a process still encrypts with the key of before', async () => {
    await withKey(OLD).createReceiver({ name: 'there', secret: 'a secret' })
    const { database } = test
    let hasAdded = false
    // Once receivers have been gone through, a process that was not told of the new key writes one.
    const watched = Object.create(database, {
      underJudgeLock: {
        value: async (work: Parameters<typeof database.underJudgeLock>[0]) => {
          const result = await database.underJudgeLock(work)
          const rows = await database.query(`SELECT 1 FROM receivers WHERE secret LIKE $1`, [
            `${keyOf(NEW)}%`,
          ])
          if (rows.length > 0 && !hasAdded) {
            hasAdded = true
            await withKey(OLD).createReceiver({ name: 'late', secret: 'a secret' })
          }
          return result
        },
      },
    }) as typeof database
    const secrets = createSecretBox(NEW, [OLD])
    const rotation = await new StoredSecrets(watched, { handlers, secrets }).rotate({
      giveUpUnreadable: false,
    })
    expect(rotation.receivers + rotation.foundLater).toBe(2)
    await expectNewKeyOnly()
    expect(await rotate()).toMatchObject({ receivers: 0, foundLater: 0 })
  })
})

/** What texts begin with that were sealed with it. */
const keyOf = (key: string): string => createSecretBox(key).seal('').split('.').slice(0, 2).join('.')

describe('two changes of one receiver at the same moment', () => {
  it('both stand: an edit of the description does not bring back the secret of before', async () => {
    const commands = withKey(NEW)
    const { receiver } = await commands.createReceiver({ name: 'billing', secret: 'the first' })
    for (let n = 0; n < 10; n++) {
      await Promise.all([
        commands.updateReceiver(receiver.id, { description: `edit ${n}` }),
        commands.updateReceiver(receiver.id, { secret: `secret ${n}` }),
      ])
      const [row] = await test.database.query<{ secret: string; description: string }>(
        `SELECT secret, description FROM receivers WHERE id = $1`,
        [receiver.id],
      )
      expect([createSecretBox(NEW).open(row!.secret), row!.description]).toEqual([`secret ${n}`, `edit ${n}`])
    }
  })
})
