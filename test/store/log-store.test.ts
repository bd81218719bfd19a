import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aSighting, openCore } from '../fixtures/core.js'
import { openTestDatabase, type TestDatabase } from '../fixtures/database.js'

let test: TestDatabase

beforeAll(async () => {
  test = await openTestDatabase()
  // As in a database that sorts the way people do, where a comes before B.
  await test.database.query(`ALTER TABLE logs ALTER COLUMN twilio_sid TYPE text COLLATE "und-x-icu"`)
})
afterAll(() => test.close())

describe('logs that are stored together', () => {
  it('are judged by time, then by the bytes of their SIDs, in a database of any collation', async () => {
    const { ingest } = openCore(test.database)
    const later = new Date('2026-11-01T12:00:01Z')
    const sightings = [
      aSighting({ twilioSid: 'SMa' }),
      aSighting({ twilioSid: 'SM0', timestamp: later }),
      aSighting({ twilioSid: 'SMB' }),
      aSighting({ twilioSid: 'SMc' }),
    ]
    await ingest(sightings, [], { backfillBefore: null })
    const judged = await test.database.query<{ sid: string }>(
      `SELECT l.twilio_sid AS sid FROM log_transitions t JOIN logs l ON l.id = t.log_id ORDER BY t.id`,
    )
    expect(judged.map(({ sid }) => sid)).toEqual(['SMB', 'SMa', 'SMc', 'SM0'])
  })
})
