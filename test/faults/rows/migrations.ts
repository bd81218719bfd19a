import { migrations } from '../../../src/store/migrations/index.js'
import { aServerDatabase, type ServerDatabase } from '../../fixtures/empty-database.js'
import {
  firstMigrations,
  firstSecrets,
  missingFrom,
  restoreFirstRelease,
} from '../../fixtures/first-release.js'
import type { ProductEnvironment } from '../../fixtures/product.js'
import { startTcpProxy } from '../../fixtures/tcp-proxy.js'
import type { Bed } from '../bed.js'
import { type Fault, proof } from '../fault.js'
import { endWell } from '../ledgers.js'

/** A moment of a migration at which the process is killed. */
interface Point {
  readonly texts: readonly string[]
  readonly when: 'asked' | 'answered'
}

/** What a migration ends with: its row is written, then all of it takes place. */
const NOTED = 'INSERT INTO "migrations"'

/** Where the first one is killed, which is big; each is a transaction of its own. */
const points: readonly Point[] = [
  { texts: ['CREATE TABLE "migrations"'], when: 'answered' },
  { texts: ['CREATE TABLE logs'], when: 'asked' },
  { texts: ['CREATE TABLE deliveries'], when: 'answered' },
  { texts: [NOTED], when: 'asked' },
  { texts: [NOTED, 'COMMIT'], when: 'asked' },
  { texts: [NOTED, 'COMMIT'], when: 'answered' },
  { texts: [NOTED, NOTED], when: 'answered' },
]

/** Each later one is killed with all its changes made and none of them to stay, then with all of them there and nobody told. */
const momentsOfEach: readonly Point[] = [
  { texts: [NOTED], when: 'asked' },
  { texts: [NOTED, 'COMMIT'], when: 'answered' },
]

export const migrationKilled: Fault = {
  row: 30,
  name: 'a migration killed at each step, then two processes that migrate at once',
  needs: ['server'],
  runs: points.length,
  run: async (bed) => {
    const whole = await wholeSchema(bed)
    const broken: string[] = []
    const recoveredMs: number[] = []
    for (let run = 0; run < bed.runs; run++) {
      const point = points[run % points.length] as Point
      bed.progress(`run ${run + 1} of ${bed.runs}: killed at ${point.texts.join(', then ')} (${point.when})`)
      const database = await aServerDatabase(bed.services.serverUrl ?? '')
      try {
        await killDuringMigration(bed, database, point)
        const { readyMs, complaints } = await twoStart(bed, database)
        recoveredMs.push(readyMs)
        broken.push(...complaints)
        if ((await schemaOf(database)) !== whole)
          broken.push(`the tables differ after a kill at ${point.texts.join(', ')}`)
      } finally {
        await database.drop()
      }
    }
    return proof({ broken, recoveredMs, recovery: 'until both are ready' })
  },
}

export const upgradeKilled: Fault = {
  row: 30,
  alias: 'upgrade',
  name: 'the upgrade of a filled first release, killed before and after each migration takes place, then two starts at once',
  needs: ['server'],
  runs: (migrations.length - firstMigrations) * momentsOfEach.length,
  run: async (bed) => {
    const whole = await wholeSchema(bed)
    const broken: string[] = []
    const database = await aServerDatabase(bed.services.serverUrl ?? '')
    try {
      const before = await restoreFirstRelease(database.connection, new URL(bed.http.url).origin)
      const compare = async (when: string): Promise<void> => {
        const missing = missingFrom(await before.rowsNow(database.connection), before.rows)
        // What a start encrypts since then.
        const lost = missing.filter((row) => !row.includes(firstSecrets.pathToken))
        if (lost.length > 0) broken.push(`${when} ${lost.length} rows differ, such as ${lost[0]}`)
      }
      for (let run = 0; run < bed.runs; run++) {
        const point = momentsOfEach[run % momentsOfEach.length] as Point
        const name = migrations[firstMigrations + Math.floor(run / momentsOfEach.length)]?.name
        const when = `after a kill at ${name} (${point.texts.join(', then ')}, ${point.when})`
        bed.progress(`run ${run + 1} of ${bed.runs}: ${when}`)
        await killDuringMigration(bed, database, point, api)
        const [last] = await database.query<{ name: string }>(
          'SELECT name FROM migrations ORDER BY id DESC LIMIT 1',
        )
        if ((last?.name === name) !== (point.when === 'answered'))
          broken.push(`${when} the last one is ${last?.name}`)
        await compare(when)
      }
      const { readyMs, complaints } = await twoStart(bed, database, api)
      broken.push(...complaints)
      if ((await schemaOf(database)) !== whole) broken.push('the tables differ from those of a new database')
      await compare('at the end')
      return proof({
        broken,
        recoveredMs: [readyMs],
        recovery: 'until both are ready',
        notes: [`${before.rows.length} rows compared after each kill`],
      })
    } finally {
      await database.drop()
    }
  },
}

/** Brings tables up to date and leaves what they hold alone. */
const api: ProductEnvironment = { ROLE: 'api' }

/** The bed's own database is migrated undisturbed. */
async function wholeSchema(bed: Bed): Promise<string> {
  const undisturbed = await bed.ready()
  await undisturbed.stop()
  return schemaOf(bed.database)
}

/** Both at once, until they are ready; then they end. */
async function twoStart(
  bed: Bed,
  database: ServerDatabase,
  env: ProductEnvironment = {},
): Promise<{ readonly readyMs: number; readonly complaints: readonly string[] }> {
  const startedAt = performance.now()
  const both = await Promise.all([1, 2].map(() => bed.ready({ DATABASE_URL: database.url, ...env })))
  const readyMs = performance.now() - startedAt
  const complaints: string[] = []
  for (const product of both) complaints.push(...(await endWell(product)))
  return { readyMs, complaints }
}

async function killDuringMigration(
  bed: Bed,
  database: ServerDatabase,
  point: Point,
  env: ProductEnvironment = {},
): Promise<void> {
  const proxy = await startTcpProxy(database.url)
  try {
    const product = bed.start({ DATABASE_URL: proxy.url, ...env })
    proxy.tripwire(point.texts, point.when, () => void product.kill())
    await product.ended
  } finally {
    await proxy.close()
  }
}

/** Everything that the tables are made of, with their triggers and functions, in one text. */
async function schemaOf(database: ServerDatabase): Promise<string> {
  const parts = await database.query(
    `SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') AS part
       FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'agenda%'
     UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'agenda%'
     UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE 'agenda%'
     UNION ALL SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
       WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'agenda%'
     UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc
       WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p') AND proname NOT LIKE '%agenda%'
     UNION ALL SELECT name FROM migrations ORDER BY 1`,
  )
  return JSON.stringify(parts)
}
