import { browserPath } from '../test/client/browser.js'
import type { Bench, Setting } from './bench.js'
import { counting } from './counting.js'
import { endToEnd } from './end-to-end.js'
import { asRow, tableHead } from './figure.js'
import { firstScreen } from './first-screen.js'
import { knownLogs } from './known-logs.js'
import { livePage } from './live-page.js'
import { matching } from './matching.js'
import { newLogs } from './new-logs.js'
import { pickUp } from './pick-up.js'
import { preview } from './preview.js'
import { webhooks } from './webhooks.js'

/** Every bench; each measures the product and its limit or peer in the same run. */
const benches: readonly Bench[] = [
  newLogs,
  knownLogs,
  matching,
  counting,
  preview,
  pickUp,
  endToEnd,
  webhooks,
  livePage,
  firstScreen,
]

/** Fewer than this and a run says nothing, whatever the scale. */
const SMALLEST = 100

const setting = settingOf(process.env)
const wanted = chosen(process.argv.slice(2))

console.log(tableHead)
for (const bench of wanted) {
  if (bench.needsPostgres && setting.databaseUrl === null) {
    console.log(`| ${bench.name} | skipped: it measures a real Postgres, set TEST_DATABASE_URL | | | |`)
    continue
  }
  if (bench.needsBrowser && browserPath === undefined) {
    console.log(`| ${bench.name} | skipped: it measures a page in Chromium, set CHROMIUM_PATH | | | |`)
    continue
  }
  for (const figure of await bench.run(setting)) console.log(asRow(figure))
}
// A connection that a library keeps open must not keep the run from ending.
process.exit()

function settingOf(env: NodeJS.ProcessEnv): Setting {
  const scale = Number(env['BENCH_SCALE'] ?? 1)
  if (!(scale > 0)) throw new Error('BENCH_SCALE must be a number above 0, such as 0.1')
  return {
    databaseUrl: env['TEST_DATABASE_URL'] ?? null,
    mongodbUrl: env['MONGODB_URL'] ?? null,
    redisUrl: env['TEST_REDIS_URL'] ?? null,
    scaled: (count) => Math.max(Math.min(count, SMALLEST), Math.round(count * scale)),
  }
}

function chosen(names: readonly string[]): readonly Bench[] {
  const unknown = names.filter((name) => !benches.some((bench) => bench.name === name))
  if (unknown.length > 0)
    throw new Error(`no bench ${unknown.join(', ')}; there are ${benches.map(({ name }) => name).join(', ')}`)
  return names.length === 0 ? benches : benches.filter(({ name }) => names.includes(name))
}
