import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { randomUUID } from 'node:crypto'
import { AuditActor, type Caller } from '../../src/audit/caller.js'
import { PersonalReads } from '../../src/store/personal-reads.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

const aCaller = (name: string): Caller => ({
  actor: AuditActor.KEY,
  name,
  keyId: randomUUID(),
  requestId: 'a request',
  ip: null,
})
const aProcess = (clock = () => 0) => {
  const failures: unknown[] = []
  const reads = new PersonalReads(test.database, clock, (failure) => void failures.push(failure))
  return { reads, failures }
}
const noted = (...callers: readonly Caller[]) =>
  test.database.query<{ name: string; object: string }>(
    `SELECT actor_name AS name, object_type AS object FROM audit_log
      WHERE action = 'read' AND key_id = ANY($1::uuid[]) ORDER BY 1`,
    [callers.map(({ keyId }) => keyId)],
  )
const patiently = { timeout: 20_000 }

it('whoever is shown numbers whole is noted once an hour, by each key, whatever process it asks', async () => {
  const [one, other] = [aCaller('one'), aCaller('other')]
  const { reads } = aProcess()
  for (let n = 0; n < 100; n++) reads.note(one)
  await vi.waitFor(async () => expect(await noted(one, other)).toHaveLength(1), patiently)
  const second = aProcess()
  second.reads.note(one)
  second.reads.note(other)
  await vi.waitFor(async () => expect(await noted(one, other)).toHaveLength(2), patiently)
  expect(await noted(one, other)).toEqual([
    { name: 'one', object: 'personal_data' },
    { name: 'other', object: 'personal_data' },
  ])
})
