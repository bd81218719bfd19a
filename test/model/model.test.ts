import * as fc from 'fast-check'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Database } from '../../src/store/database.js'
import { anEmptyDatabase, type EmptyDatabase } from '../fixtures/empty-database.js'
import { type SimulatedTwilio, simulatedTwilio } from '../fixtures/simulated-twilio.js'
import { faultsOf } from './check.js'
import { play } from './play.js'
import { scenario } from './steps.js'

/** `MODEL_RUNS=500` plays longer; the seed and path that a failure prints play it again, and then in its shortest form. */
const { MODEL_RUNS, MODEL_SEED, MODEL_PATH } = process.env
const RUNS = Number(MODEL_RUNS ?? 12)

/** A run takes half a second on a quiet machine. */
const PATIENCE_MS = Math.max(180_000, RUNS * 30_000)

let empty: EmptyDatabase
let observer: Database
let twilio: SimulatedTwilio
beforeAll(async () => {
  empty = await anEmptyDatabase()
  observer = await Database.open(empty.connection, pino({ level: 'silent' }))
  twilio = await simulatedTwilio()
}, 120_000)
afterAll(async () => {
  await observer.close()
  await empty.drop()
  await twilio.stop()
})

// What is lost once is lost: a second try, by another seed, would hide it.
describe('whatever happens, in whatever order', { retry: 0 }, () => {
  it(
    'what is stored is what the account has, what fires is what the contract says, and each delivery comes to its end',
    async () => {
      await fc.assert(
        fc.asyncProperty(scenario, async (given) => {
          const played = await play({ connection: empty.connection, observer, twilio }, given)
          expect(await faultsOf(played)).toEqual([])
        }),
        {
          numRuns: RUNS,
          endOnFailure: MODEL_PATH === undefined,
          ...(MODEL_SEED === undefined ? {} : { seed: Number(MODEL_SEED) }),
          ...(MODEL_PATH === undefined ? {} : { path: MODEL_PATH }),
        },
      )
    },
    PATIENCE_MS,
  )
})
