import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Agent, setGlobalDispatcher } from 'undici'
import { onBed } from '../faults/bed.js'
import { holds } from '../faults/fault.js'
import { measuredAt } from '../faults/measured.js'
import { startServices, stopServices, whatIsMissing } from '../faults/surroundings.js'
import { formatPage } from '../fixtures/format-page.js'
import { asReport } from './report.js'
import { soak } from './soak.js'

/** Where the report goes, between its two marks. */
const PAGE = 'docs/soak.md'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    rate: { type: 'string', default: '50' },
    seed: { type: 'string', default: '42' },
    only: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
})
const minutes = wholeNumber('minutes', values.minutes)
const rate = wholeNumber('rate', values.rate)
const seed = wholeNumber('seed', values.seed)
if (!existsSync('/proc/self/fd'))
  throw new Error('what a process holds is read from /proc, which is not here')

// What the clients leave open when they had to wait is theirs, and must not hide what the product leaves open.
setGlobalDispatcher(new Agent({ keepAliveMaxTimeout: 1_000 }))

// Before the run: what is written afterwards changes nothing of what ran.
const measured = measuredAt(PAGE)
const services = await startServices(
  process.env,
  fileURLToPath(new URL('../../src/main.js', import.meta.url)),
)
process.on('SIGINT', () => process.exit(130))
const missing = whatIsMissing(['server'], services)
if (missing !== null) throw new Error(missing)
const begunAt = performance.now()
const progress = (text: string) =>
  void process.stderr.write(`${((performance.now() - begunAt) / 60_000).toFixed(1)} min: ${text}\n`)

const soaked = await onBed(services, { seed, runs: 1, progress }, (bed) =>
  soak(bed, { minutes, rate, only: values.only }),
)
await stopServices(services)
const report = asReport(soaked, ranOn())
console.log(report)
if (values.write) await writePage(report)
// A connection that a library keeps open must not keep the run from ending.
process.exit(holds(soaked.proof) ? 0 : 1)

function ranOn(): string {
  const left = [
    ...(services.postgres === null ? ['a Postgres that may be stopped'] : []),
    ...(services.redis === null ? ['Redis'] : []),
    ...(services.mongodbUrl === null ? ['MongoDB'] : []),
  ]
  const without = left.length === 0 ? '' : `, without ${left.join(' and ')}`
  return `${minutes} minutes at ${rate} logs a second, seed ${seed}, ${availableParallelism()} cores, Node ${process.versions.node}${without}, ${measured}`
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${name} must be a whole number above 0, not ${text}`)
  return Number(text)
}

async function writePage(text: string): Promise<void> {
  const page = readFileSync(PAGE, 'utf8')
  writeFileSync(
    PAGE,
    page.replace(
      /(<!-- report -->\n)[\s\S]*?(<!-- end of report -->)/,
      (_all, begin: string, end: string) => `${begin}\n${text}\n\n${end}`,
    ),
  )
  await formatPage(PAGE)
}
