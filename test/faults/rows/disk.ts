import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { aServerDatabase } from '../../fixtures/empty-database.js'
import { type Fault, proof } from '../fault.js'
import { compareLedgers, endWell, webhookSends } from '../ledgers.js'
import { ownPostgres } from '../parts/own-postgres.js'
import { until } from '../until.js'
import { addMessages, BACK_MS, toWebhook, untilSettled, watchFailures } from '../work.js'

/** What initdb and the tables need, with room for a while. */
const SIZE = '192m'
const FULL_MS = 60_000

export const diskFull: Fault = {
  row: 31,
  name: 'the disk of Postgres full for 60 s in the middle of work',
  needs: ['postgres', 'tmpfs'],
  runs: 2,
  run: async (bed) => {
    const place = mkdtempSync(join(tmpdir(), 'giftpulse-disk-'))
    spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', place])
    const ballast = join(place, 'ballast')
    const broken: string[] = []
    const recoveredMs: number[] = []
    try {
      chmodSync(place, 0o777)
      const postgres = await ownPostgres(place)
      try {
        const database = await aServerDatabase(postgres.url)
        const onDisk = { ...bed, database }
        const product = await bed.ready({ DATABASE_URL: database.url })
        await watchFailures(product, toWebhook(bed))
        for (let run = 0; run < bed.runs; run++) {
          bed.progress(`run ${run + 1} of ${bed.runs}: the disk is full`)
          const { bavail, bsize } = statfsSync(place)
          writeFileSync(ballast, Buffer.alloc(Math.max(0, (bavail - 16) * bsize)))
          const fullAt = performance.now()
          while (performance.now() - fullAt < FULL_MS) {
            addMessages(bed, { failed: 5, delivered: 200 })
            if ((await product.status('/livez')) !== 200) broken.push('/livez was not 200')
            await pause(1_000)
          }
          rmSync(ballast)
          bed.progress('there is room again')
          // A Postgres that ran out of room for its journal has stopped; whoever runs it starts it again.
          await postgres.stop('fast')
          await postgres.start()
          await until('the product is ready', async () => (await product.status('/readyz')) === 200, BACK_MS)
          recoveredMs.push(await untilSettled(onDisk))
        }
        broken.push(...(await endWell(product)))
        return proof({
          ...(await compareLedgers(onDisk, webhookSends(bed.http.received))),
          recoveredMs,
          broken,
        })
      } finally {
        await postgres.stop('immediate')
      }
    } finally {
      spawnSync('umount', ['-l', place])
      rmdirSync(place)
    }
  },
}
