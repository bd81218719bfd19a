import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { aServerDatabase, type ServerDatabase } from '../../fixtures/empty-database.js'
import { aDirectory } from '../../fixtures/product.js'
import type { Bed } from '../bed.js'
import { type Fault, proof } from '../fault.js'
import { compareLedgers, endWell, webhookSends } from '../ledgers.js'
import { ownPostgres } from '../parts/own-postgres.js'
import { seconds } from '../report.js'
import { addMessages, untilSettled, watchFailures } from '../work.js'

const THOUSAND = 1_000
/** What it may take from the begin of a restore until the product is ready, for each million of logs, in milliseconds. */
const MILLION_MS = 600_000
/** What a start may take, however little was restored. */
const START_MS = 30_000
const SECRET = 'Bearer a-secret-of-the-receiver'

export const backupAndRestore: Fault = {
  row: 29,
  name: 'backup, then restore on an empty cluster; each run is a thousand logs',
  needs: ['postgres'],
  runs: 100,
  run: async (bed) => {
    const broken: string[] = []
    const product = await bed.ready()
    await watchFailures(product, {
      actionType: 'WEBHOOK',
      config: { url: bed.http.url, headers: { Authorization: SECRET } },
    })
    await product.graphql(
      'mutation { createReceiver(input: { name: "billing", token: "a-token-of-it" }) { receiver { id } } createApiKey(input: { name: "reader", scopes: [READ] }) { key } }',
    )
    bed.progress(`${bed.runs * THOUSAND} logs are read`)
    addMessages(bed, { failed: 50, delivered: bed.runs * THOUSAND - 50 })
    await untilSettled(bed, 15 * 60_000)
    const folder = aDirectory()
    const file = join(folder, 'giftpulse.backup')
    bed.progress('a backup beside the running product')
    broken.push(...(await giftpulse(bed, bed.database, 'backup', join(folder, 'beside'))))
    broken.push(...(await endWell(product)))

    const before = await checksums(bed.database)
    const backupAt = performance.now()
    broken.push(...(await giftpulse(bed, bed.database, 'backup', file)))
    const backupMs = performance.now() - backupAt
    bed.progress('an empty cluster')
    const cluster = await ownPostgres()
    try {
      const database = await aServerDatabase(cluster.url)
      const restoreAt = performance.now()
      broken.push(...(await giftpulse(bed, database, 'restore', file)))
      const restoreMs = performance.now() - restoreAt
      const after = await checksums(database)
      for (const table of new Set([...before.keys(), ...after.keys()]))
        if (before.get(table) !== after.get(table))
          broken.push(`${table}: ${before.get(table)} became ${after.get(table)}`)
      const startAt = performance.now()
      const heir = await bed.ready({ DATABASE_URL: database.url })
      // Without the comparison between the two, which is no part of it.
      const readyMs = restoreMs + performance.now() - startAt
      bed.progress('the product goes on')
      addMessages(bed, { failed: 20, delivered: 200 })
      const elsewhere = { ...bed, database }
      await untilSettled(elsewhere)
      if (bed.http.received.some(({ headers }) => headers.authorization !== SECRET))
        broken.push('a webhook came without the secret that was stored')
      broken.push(...(await endWell(heir)))
      const most = Math.max(START_MS, (MILLION_MS * bed.runs) / THOUSAND)
      if (readyMs > most) broken.push(`it was ready ${seconds(readyMs)} after the begin of the restore`)
      const counts = await compareLedgers(elsewhere, webhookSends(bed.http.received))
      return proof({
        ...counts,
        doubled: counts.doubled + counts.repeated,
        recoveredMs: [readyMs],
        recovery: 'from the begin of the restore until the product is ready',
        broken,
        notes: [
          `${before.size} tables with ${bed.runs * THOUSAND} logs: backup ${seconds(backupMs)} (${Math.round(statSync(file).size / 2 ** 20)} MB), restore ${seconds(restoreMs)}, ready ${seconds(readyMs)} after its begin, of ${seconds(most)} at most`,
        ],
      })
    } finally {
      await cluster.remove()
    }
  },
}

/** Runs the command line on a database; what is not a clean end is a complaint. */
async function giftpulse(bed: Bed, { url }: ServerDatabase, ...parameters: string[]): Promise<string[]> {
  const program = join(bed.services.main ?? '', '..', 'cli', 'main.js')
  const child = spawn(process.execPath, [program, ...parameters], {
    cwd: aDirectory(),
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: url,
      API_KEY: 'a-key-for-the-tests',
      SECRET_KEY: 'a secret for the tests',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return code === 0 ? [] : [`${parameters[0]} ended with ${code}: ${said}`]
}

/** How many rows each table has and what is in them, but for what a restore notes of itself; jobs only wake work up and are left out. */
async function checksums(database: ServerDatabase): Promise<Map<string, string>> {
  const tables = await database.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'agenda%' ORDER BY 1`,
  )
  const sums = new Map<string, string>()
  for (const { name } of tables) {
    const [row] = await database.query<{ sum: string }>(
      `SELECT count(*) || ' rows, ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), 'none') AS sum
         FROM "${name}" t WHERE NOT (t::text LIKE '%,restore,%')`,
    )
    sums.set(name, row?.sum ?? '')
  }
  return sums
}
