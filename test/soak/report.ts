import { holds } from '../faults/fault.js'
import { quantile, seconds } from '../faults/report.js'
import { growth, inFigures, leastTold, measures, MOST_AN_HOUR, type Sample, settled } from './samples.js'
import { inWords } from './sockets.js'
import type { Made, Soaked } from './soak.js'

/** Lines of the table over time. */
const LINES = 15

/** What a soak came to, in Markdown. */
export function asReport(soaked: Soaked, ranOn: string): string {
  const { proof, made, samples, logs, alerts, callbacks } = soaked
  const rows = [
    ['logs', logs],
    ['status callbacks taken', callbacks],
    ['alerts, each with a delivery', alerts],
    ['lost', proof.lost],
    ['doubled', proof.doubled],
    ['missed', proof.missed],
    ['sent again under the same id', proof.repeated],
    ...measures.map((measure) => [
      `growth of ${named[measure]} in an hour (${MOST_AN_HOUR[measure]} at most), ± its standard error`,
      inFigures(growth(settled(samples), measure)),
    ]),
    ...measures.map((measure) => [
      `the least growth of ${named[measure]} in an hour that this run would have told from chance`,
      leastTold(growth(settled(samples), measure), measure).toFixed(0),
    ]),
    ['holds', holds(proof) ? 'yes' : `**no**: ${proof.broken.join('; ')}`],
  ]
  return [
    `${ranOn}.`,
    table(['', ''], rows),
    `What went wrong on purpose, ${made.length} times, and how long it took from the end of it until what the account held then was stored:`,
    table(['trouble', 'times', 'recovery p50 / most'], byName(made)),
    'What the process that lived from the beginning to the end held:',
    table(
      ['minute', 'memory held', 'taken from the system', 'descriptors', 'where they lead', 'handles'],
      evenly(samples).map(({ minute, heldMb, residentMb, descriptors, sockets, handles }) => [
        minute.toFixed(1),
        `${heldMb} MB \`${'▇'.repeat(Math.round((heldMb ?? 0) / 10))}\``,
        `${residentMb} MB`,
        descriptors,
        inWords(sockets),
        handles ?? '',
      ]),
    ),
  ].join('\n\n')
}

const named = {
  heldMb: 'memory held (MB)',
  descriptors: 'descriptors',
  handles: 'handles',
} as const satisfies Record<(typeof measures)[number], string>

function byName(made: readonly Made[]): (string | number)[][] {
  const names = [...new Set(made.map(({ name }) => name))].toSorted()
  return names.map((name) => {
    const times = made.filter((one) => one.name === name).map(({ recoveredMs }) => recoveredMs)
    return [name, times.length, `${seconds(quantile(times, 0.5))} / ${seconds(Math.max(...times))}`]
  })
}

/** Some of those with all figures. */
function evenly(samples: readonly Sample[]): readonly Sample[] {
  const whole = samples.filter(({ heldMb }) => heldMb !== null)
  const step = Math.max(1, Math.floor(whole.length / LINES))
  return whole.filter((_, index) => index % step === 0)
}

function table(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const line = (cells: readonly unknown[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
