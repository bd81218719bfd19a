import { createSecretBox } from '../src/actions/secret-box.js'
import { createIngest, type Ingest } from '../src/ingest/ingest.js'
import type { Database } from '../src/store/database.js'
import { ingestWithoutErased } from '../src/store/erased-kept-out.js'
import { ErasedNumbers } from '../src/store/erased-numbers.js'
import { PostgresLogStore } from '../src/store/log-store.js'

/** What the product stores records with, its look for numbers that were erased included. */
export function productIngest(database: Database): Ingest {
  const ingest = createIngest(new PostgresLogStore(database), { pollIntervalSeconds: 300 }, () => new Date())
  const erased = new ErasedNumbers(database, createSecretBox('a key of the bench'), (failure) => {
    throw failure
  })
  return ingestWithoutErased(ingest, erased)
}
