import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { formatPage } from '../fixtures/format-page.js'
import type { Fault } from './fault.js'
import { faults } from './faults.js'
import { measuredAt } from './measured.js'
import { prove } from './prove.js'
import { asTable, isFine, type Line } from './report.js'
import { startServices, stopServices } from './surroundings.js'

/** Where the table goes, between its two marks. */
const PAGE = 'docs/reliability.md'

const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    seed: { type: 'string', default: '42' },
    runs: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const seed = wholeNumber('seed', values.seed)
const runs = values.runs === undefined ? null : wholeNumber('runs', values.runs)
const chosen = values.rows === undefined ? faults : rowsOf(values.rows)
// The table is of whole runs only: what was cut short would stand there as if it were one.
const short = chosen.filter((fault) => runs !== null && runs < fault.runs)
if (values.write && short.length > 0)
  throw new Error(
    `--write wants whole runs: ${short.map((fault) => `row ${fault.row} ("${fault.name}") has ${fault.runs}`).join(', ')}`,
  )

const measured = measuredAt(PAGE)
/** What nobody proves stands in the table as well. */
const unproven = faults.flatMap((fault): Line[] =>
  fault.unproven === undefined ? [] : [{ fault, runs: 0, measured, outcome: { unproven: fault.unproven } }],
)
const services = await startServices(
  process.env,
  fileURLToPath(new URL('../../src/main.js', import.meta.url)),
)
process.on('SIGINT', () => process.exit(130))
const lines: Line[] = []
for (const fault of chosen) {
  const begunAt = performance.now()
  const say = (text: string) => {
    const elapsed = Math.round((performance.now() - begunAt) / 1_000)
    process.stderr.write(`row ${fault.row}, ${elapsed} s: ${text}\n`)
  }
  say(fault.name)
  const line = await prove(fault, services, { seed, runs, measured, progress: say })
  say(verdict(line))
  lines.push(line)
  // At once, so that a run that is cut short keeps what it has proven.
  if (values.write) await writePage(asTable([line, ...unproven]))
}
await stopServices(services)

console.log(asTable(lines))
// A connection that a library keeps open must not keep the run from ending.
process.exit(lines.every(isFine) ? 0 : 1)

function verdict(line: Line): string {
  const { outcome } = line
  if ('skipped' in outcome) return `skipped: ${outcome.skipped}`
  if ('unproven' in outcome) return `unproven: ${outcome.unproven}`
  if (isFine(line)) return 'holds'
  return `DOES NOT HOLD: ${'failed' in outcome ? outcome.failed : JSON.stringify(outcome)}`
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${name} must be a whole number above 0, not ${text}`)
  return Number(text)
}

function rowsOf(list: string): readonly Fault[] {
  return list.split(',').flatMap((text) => {
    const found = faults.filter(({ row, alias }) => [String(row), alias].includes(text.trim()))
    if (found.length === 0)
      throw new Error(`no row ${text}; there are ${[...new Set(faults.map(({ row }) => row))].join(', ')}`)
    return found
  })
}

/** Rows that were not part of this run keep the line of theirs that is there; what is no row any more loses it. */
async function writePage(fresh: string): Promise<void> {
  const page = readFileSync(PAGE, 'utf8')
  const names = new Set(faults.map(({ name }) => name))
  const mark = /(<!-- table -->\n)[\s\S]*?(<!-- end of table -->)/
  const cellsOf = (line: string) => line.split('|').map((cell) => cell.trim())
  const isRow = (line: string) => /^\d+$/.test(cellsOf(line)[1] ?? '')
  const known = new Map(
    [...(mark.exec(page)?.[0] ?? '').split('\n'), ...fresh.split('\n')]
      .filter((line) => isRow(line) && names.has(cellsOf(line)[2] ?? ''))
      .map((line) => [cellsOf(line)[2] ?? '', line]),
  )
  const head = fresh.split('\n').slice(0, 2)
  const rows = [...known.values()].toSorted(
    (one, other) => Number(cellsOf(one)[1]) - Number(cellsOf(other)[1]),
  )
  writeFileSync(
    PAGE,
    page.replace(
      mark,
      (_all, begin: string, end: string) => `${begin}\n${[...head, ...rows].join('\n')}\n\n${end}`,
    ),
  )
  await formatPage(PAGE)
}
