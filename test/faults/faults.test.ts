import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Services } from './bed.js'
import { holds, proof } from './fault.js'
import { faults } from './faults.js'
import { deliveryPoints, foldPoints, ingestPoints } from './kill-points.js'
import { postgresPrograms } from './parts/own-postgres.js'
import { prove } from './prove.js'
import { asTable } from './report.js'
import { startServices, stopServices } from './surroundings.js'

// A row has more than one patience of its own, each of which says better what was waited for in vain.
vi.setConfig({ testTimeout: 600_000 })

/** Short enough for every change; `npm run test:faults` proves them all. */
const selection = [
  { row: 1, runs: 1 },
  { row: 2, runs: 1 },
  { row: 12, runs: 1 },
  { row: 26, runs: 1 },
] as const

/** Another one every day: each draws one moment of a kill for row 1 and one for row 2. `FAULTS_SEED` plays one again. */
const SEED = Number(process.env.FAULTS_SEED ?? Math.floor(Date.now() / 86_400_000))
const choice = { seed: SEED, measured: 'now', patienceMs: 5_000, progress: () => undefined }

const hasServer = postgresPrograms() !== null || Boolean(process.env.TEST_DATABASE_URL)

describe.skipIf(!hasServer)(
  `the product holds with FAULTS_SEED=${SEED} (skipped without initdb and TEST_DATABASE_URL)`,
  // What is lost once is lost: a second try would hide it.
  { retry: 0 },
  () => {
    let services: Services
    beforeAll(async () => {
      services = await startServices(process.env)
    })
    afterAll(() => stopServices(services))

    it.each(
      selection.flatMap(({ row, runs }) =>
        faults.filter((fault) => fault.row === row).map((fault) => ({ fault, runs, name: fault.name })),
      ),
    )('against $name', async ({ fault, runs }) => {
      const { outcome } = await prove(fault, services, { ...choice, runs })
      expect(outcome).toMatchObject({ broken: [] })
      expect('lost' in outcome && holds(outcome), JSON.stringify(outcome)).toBe(true)
    })
  },
)

describe('the moments of a kill', () => {
  it('are statements that the product has', async () => {
    const files = await readdir('src/store', { recursive: true })
    const sources = await Promise.all(
      files.filter((file) => file.endsWith('.ts')).map((file) => readFile(join('src/store', file), 'utf8')),
    )
    const asked = [...ingestPoints, ...deliveryPoints, ...foldPoints].flatMap(({ texts = [] }) => texts)
    const gone = asked.filter((text) => text !== 'COMMIT' && !sources.some((source) => source.includes(text)))
    expect(asked.length).toBeGreaterThan(20)
    expect(gone).toEqual([])
  })
})

describe('the table', () => {
  it('never says that a skipped or failed row holds', async () => {
    const nothing: Services = { serverUrl: null, postgres: null, redis: null, mongodbUrl: null }
    const lines = []
    for (const fault of faults) lines.push(await prove(fault, nothing, { ...choice, runs: null }))
    const rows = asTable(lines).split('\n').slice(2)
    expect(rows).toHaveLength(faults.length)
    for (const row of rows) expect(row).toMatch(/\| (skipped|unproven) \| [^|]+\| (now)? *\|$/)
  })

  it('shows what nobody counted as no zero', () => {
    const [fault] = faults
    const outcome = proof({ missed: 0, recoveredMs: [1_000, 3_000, 2_000], recovery: 'until it is ready' })
    expect(asTable([{ fault: fault!, runs: 3, measured: 'abc, today', outcome }])).toContain(
      '| 3 | – | – | 0 | – | 2.0 s / 3.0 s, until it is ready | yes |  | abc, today |',
    )
    expect(holds(proof({ lost: 1 }))).toBe(false)
  })
})
