import { aServerDatabase, type ServerDatabase } from '../../fixtures/empty-database.js'
import { startTcpProxy } from '../../fixtures/tcp-proxy.js'
import type { Bed } from '../bed.js'
import { type Fault, proof } from '../fault.js'
import { complaintsAbout } from '../ledgers.js'

/** Where a migration is killed: one of them is big, each is a transaction of its own. */
const points = [
  { texts: ['CREATE TABLE "migrations"'], when: 'answered' },
  { texts: ['CREATE TABLE logs'], when: 'asked' },
  { texts: ['CREATE TABLE deliveries'], when: 'answered' },
  { texts: ['INSERT INTO "migrations"'], when: 'asked' },
  { texts: ['INSERT INTO "migrations"', 'COMMIT'], when: 'asked' },
  { texts: ['INSERT INTO "migrations"', 'COMMIT'], when: 'answered' },
  { texts: ['INSERT INTO "migrations"', 'INSERT INTO "migrations"'], when: 'answered' },
] as const

export const migrationKilled: Fault = {
  row: 30,
  name: 'a migration killed at each step, then two processes that migrate at once',
  needs: ['server'],
  runs: points.length,
  run: async (bed) => {
    // The bed's own database is migrated undisturbed.
    const undisturbed = await bed.ready()
    await undisturbed.stop()
    const whole = await schemaOf(bed.database)
    const broken: string[] = []
    const recoveredMs: number[] = []
    for (let run = 0; run < bed.runs; run++) {
      const point = points[run % points.length] ?? points[0]
      bed.progress(`run ${run + 1} of ${bed.runs}: killed at ${point.texts.join(', then ')} (${point.when})`)
      const database = await aServerDatabase(bed.services.serverUrl ?? '')
      try {
        await killDuringMigration(bed, database, point)
        const restartedAt = performance.now()
        const both = await Promise.all([1, 2].map(() => bed.ready({ DATABASE_URL: database.url })))
        recoveredMs.push(performance.now() - restartedAt)
        for (const product of both) {
          await product.stop()
          broken.push(...complaintsAbout(product))
        }
        if ((await schemaOf(database)) !== whole)
          broken.push(`the tables differ after a kill at ${point.texts.join(', ')}`)
      } finally {
        await database.drop()
      }
    }
    return proof({ broken, recoveredMs })
  },
}

async function killDuringMigration(
  bed: Bed,
  database: ServerDatabase,
  point: (typeof points)[number],
): Promise<void> {
  const proxy = await startTcpProxy(database.url)
  try {
    const product = bed.start({ DATABASE_URL: proxy.url })
    proxy.tripwire(point.texts, point.when, () => void product.kill())
    await product.ended
  } finally {
    await proxy.close()
  }
}

/** Everything that the tables are made of, in one text. */
async function schemaOf(database: ServerDatabase): Promise<string> {
  const parts = await database.query(
    `SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') AS part
       FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'agenda%'
     UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'agenda%'
     UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE 'agenda%'
     UNION ALL SELECT name FROM migrations ORDER BY 1`,
  )
  return JSON.stringify(parts)
}
