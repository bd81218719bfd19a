import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { aServerDatabase, type ServerDatabase } from '../../fixtures/empty-database.js'
import type { Bed } from '../bed.js'
import { type Fault, type Proof, proof } from '../fault.js'
import { compareLedgers, endWell, webhookSends } from '../ledgers.js'
import { type OwnPostgres, ownPostgres } from '../parts/own-postgres.js'
import { seconds } from '../report.js'
import { until } from '../until.js'
import { addMessages, BACK_MS, recordedSids, toWebhook, untilSettled, watchFailures } from '../work.js'

/** What initdb and the tables need, with room for a while. */
const SIZE = '192m'
const FULL_MS = 60_000
/** SQLSTATE of a disk without room. */
const DISK_FULL = '53100'
/** What the product writes where Postgres says so itself. */
const NAMES_DISK = /"code":"53100"|No space left on device/
/** From when there is room again all work is done within this time, that in which Postgres starts included. */
const RECOVERED_MS = 60_000

/** With which code a table of two megabytes is refused, such as that of a disk without room; empty where there was room for it. */
async function refusalOfWrite(database: ServerDatabase): Promise<string> {
  try {
    await database.query(`CREATE TABLE filler AS SELECT repeat('x', 200) FROM generate_series(1, 10000)`)
    await database.query('DROP TABLE filler')
    return ''
  } catch (failure) {
    return String((failure as { code?: unknown }).code)
  }
}

async function storedLogs(database: ServerDatabase): Promise<number> {
  const [stored] = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM logs')
  return stored?.count ?? 0
}

export const diskFull: Fault = {
  row: 31,
  name: 'the disk of Postgres full for 60 s in the middle of work',
  needs: ['postgres', 'tmpfs'],
  runs: 2,
  run: (bed) =>
    fillDisk(bed, {
      // A Postgres that ran out of room for its journal has stopped; whoever runs it starts it again.
      whenThereIsRoom: async (postgres) => {
        await postgres.stop('fast')
        await postgres.start()
      },
    }),
}

export const diskOfTablesFull: Fault = {
  row: 31,
  name: 'the disk of the tables of Postgres full for 60 s, that of its journal not: nobody starts it again',
  needs: ['postgres', 'tmpfs'],
  runs: 1,
  run: async (bed) => {
    const journal = mkdtempSync(join(tmpdir(), 'giftpulse-journal-'))
    try {
      return await fillDisk(bed, { journal, whenThereIsRoom: () => undefined })
    } finally {
      rmSync(journal, { recursive: true, force: true })
    }
  },
}

interface Disk {
  /** Where the journal is, unless it is on the disk that is filled. */
  readonly journal?: string
  whenThereIsRoom(postgres: OwnPostgres): unknown
}

async function fillDisk(bed: Bed, { journal, whenThereIsRoom }: Disk): Promise<Proof> {
  const place = mkdtempSync(join(tmpdir(), 'giftpulse-disk-'))
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', place])
  const ballast = join(place, 'ballast')
  const broken: string[] = []
  const recoveredMs: number[] = []
  const notes: string[] = []
  try {
    chmodSync(place, 0o777)
    const postgres = await ownPostgres(place, journal)
    try {
      const database = await aServerDatabase(postgres.url)
      const onDisk = { ...bed, database }
      const product = await bed.ready({ DATABASE_URL: database.url })
      await watchFailures(product, toWebhook(bed))
      for (let run = 0; run < bed.runs; run++) {
        bed.progress(`run ${run + 1} of ${bed.runs}: the disk is full`)
        const { bavail, bsize } = statfsSync(place)
        writeFileSync(ballast, Buffer.alloc(Math.max(0, (bavail - 16) * bsize)))
        const refusals: string[] = []
        const writtenBefore = product.lines.length
        let unready = 0
        const fullAt = performance.now()
        while (performance.now() - fullAt < FULL_MS) {
          addMessages(bed, { failed: 5, delivered: 200 })
          if ((await product.status('/livez')) !== 200) broken.push('/livez was not 200')
          if ((await product.status('/readyz')) !== 200) unready += 1
          refusals.push(await refusalOfWrite(database))
          await pause(1_000)
        }
        const left = statfsSync(place)
        rmSync(ballast)
        const full = refusals.filter((code) => code === DISK_FULL).length
        if (full === 0 || refusals.includes(''))
          broken.push(`the disk was not full: what was to be written met ${refusals.join(', ')}`)
        notes.push(
          `${full} of ${refusals.length} writes beside the product were refused by ${DISK_FULL}, ${(left.bavail * left.bsize) / 1_024} KB free at the end`,
        )
        const told = product.lines.slice(writtenBefore).filter((line) => NAMES_DISK.test(line)).length
        if (told === 0 && 2 * unready < refusals.length)
          broken.push('neither its log nor most looks at /readyz told of the disk')
        notes.push(
          `${told} lines of its log named the disk, /readyz was not 200 in ${unready} of ${refusals.length} looks`,
        )
        bed.progress('there is room again')
        const roomAt = performance.now()
        await whenThereIsRoom(postgres)
        let before: number | null = null
        const stored = await until(
          'the product is ready and stores again',
          async () => {
            const now = await storedLogs(database)
            before ??= now
            const isStoring = now > before || now === recordedSids(bed).length
            return isStoring && (await product.status('/readyz')) === 200
          },
          BACK_MS,
        )
        notes.push(`it stored again ${seconds(stored)} after Postgres was there with room`)
        await untilSettled(onDisk)
        const recovered = performance.now() - roomAt
        recoveredMs.push(recovered)
        if (recovered > RECOVERED_MS) broken.push(`recovery took ${seconds(recovered)}`)
      }
      broken.push(...(await endWell(product)))
      return proof({
        ...(await compareLedgers(onDisk, webhookSends(bed.http.received))),
        recoveredMs,
        broken,
        notes,
      })
    } finally {
      await postgres.stop('immediate')
    }
  } finally {
    spawnSync('umount', ['-l', place])
    rmdirSync(place)
  }
}
