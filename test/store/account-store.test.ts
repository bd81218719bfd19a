import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AccountStore } from '../../src/store/account-store.js'
import { PostgresPollStore } from '../../src/store/poll-store.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'

const GAP = { gapSeconds: 900 }

let test: TestDatabase
let accounts: AccountStore
beforeAll(async () => {
  test = await openTestDatabase()
  accounts = new AccountStore(test.database)
})
beforeEach(async () => {
  await test.database.query('TRUNCATE accounts, poll_cursors')
  await accounts.admit('AC1', { demo: false })
  await accounts.watchOnly(['AC1'])
  await new PostgresPollStore(test.database, 0).prepare('AC1', ['calls'], 300)
})
afterAll(() => test.close())

/** As if so many seconds had passed in which nobody wrote anything. */
const later = (seconds: number) =>
  test.database.query(
    `UPDATE accounts SET watched_since = watched_since - $1 * interval '1 second', watched_at = watched_at - $1 * interval '1 second'`,
    [seconds],
  )
const watchedFor = async () => (await accounts.sources())[0]?.watchedForSeconds

describe('how long an account has been watched', () => {
  it('is nothing before a worker has', async () => {
    expect(await watchedFor()).toBe(0)
  })

  it('goes on from worker to worker, however often they are started again', async () => {
    await accounts.noteWatching(GAP)
    for (let restarts = 0; restarts < 5; restarts++) {
      await later(600)
      await accounts.watchOnly(['AC1'])
      await accounts.noteWatching(GAP)
    }
    expect(await watchedFor()).toBeGreaterThanOrEqual(3_000)
  })

  it('begins anew after a gap, or once it is watched again', async () => {
    await accounts.noteWatching(GAP)
    await later(901)
    await accounts.noteWatching(GAP)
    expect(await watchedFor()).toBeLessThan(600)

    await later(600)
    await accounts.watchOnly([])
    await accounts.watchOnly(['AC1'])
    await accounts.noteWatching(GAP)
    expect(await watchedFor()).toBeLessThan(600)
  })
})
