import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSecretBox, type SecretBox } from '../../src/actions/secret-box.js'
import { numberPattern } from '../../src/sources/number-pattern.js'
import { ErasedNumbers } from '../../src/store/erased-numbers.js'
import { StoredSecrets } from '../../src/store/stored-secrets.js'
import { someHandlers } from '../actions/samples.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'
import { insertAction, insertRule } from '../fixtures/rows.js'

const handlers = someHandlers()
let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(async () => {
  await handlers.close()
  await test.close()
})

const storedWith = (secrets: SecretBox) => new StoredSecrets(test.database, { handlers, secrets })
const configOf = async (id: string) => {
  const [row] = await test.database.query<{ config: { url: string } }>(
    `SELECT config FROM actions WHERE id = $1`,
    [id],
  )
  return row!.config
}

describe('stored secrets', () => {
  it('that an earlier version stored plain are sealed at the start, once', async () => {
    const url = 'https://hooks.slack.com/services/T0/B0/CANARYx7QzCANARYx7QzCANA'
    const rule = await insertRule(test.database)
    const id = await insertAction(test.database, rule, { actionType: 'webhook', config: { url } })
    const box = createSecretBox('a secret key')
    await storedWith(box).sealPlain()
    const sealed = await configOf(id)
    expect(sealed.url).toMatch(/^https:\/\/hooks\.slack\.com\/services\/T0\/B0\/gpsec1\./)
    await storedWith(box).sealPlain()
    expect(await configOf(id)).toEqual(sealed)
    await storedWith(createSecretBox('another', ['a secret key'])).rotate({ giveUpUnreadable: false })
    const opened = handlers.get('webhook').mapSecrets(await configOf(id), createSecretBox('another').open)
    expect(opened).toEqual({ url })
  })

  it('hold the key of erased numbers: it is rotated with them, and given up with them', async () => {
    await test.database.query(`DELETE FROM actions`)
    const erased = (secrets: SecretBox) => new ErasedNumbers(test.database, secrets, () => undefined)
    const [old, now] = [createSecretBox('the key of before'), createSecretBox('the key of after')]
    await erased(old).erase(numberPattern('+14155552671')!)
    await expect(storedWith(now).refuseWrongKey()).rejects.toThrow(/SECRET_KEY/)
    await storedWith(createSecretBox('the key of after', ['the key of before'])).rotate({
      giveUpUnreadable: false,
    })
    await storedWith(now).refuseWrongKey()
    expect(await erased(now).keepOut(['to +14155552671'], (kept) => Promise.resolve(kept))).toEqual([
      'to (erased)',
    ])

    const lost = createSecretBox('a third key')
    await storedWith(lost).rotate({ giveUpUnreadable: true })
    await storedWith(lost).refuseWrongKey()
    expect(await test.database.query(`SELECT FROM erased_numbers`)).toEqual([])
  })
})
