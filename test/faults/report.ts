import { holds, type Fault, type Proof } from './fault.js'

/** What the table says of one row. */
export interface Line {
  readonly fault: Fault
  readonly runs: number
  readonly outcome:
    Proof | { readonly skipped: string } | { readonly unproven: string } | { readonly failed: string }
}

const HEAD = `| row | fault | runs | lost | doubled | missed | repeated | recovery p50 / p99 | holds | notes |
| --: | --- | --: | --: | --: | --: | --: | --- | --- | --- |`

/** The table in Markdown, a line for each row. */
export function asTable(lines: readonly Line[]): string {
  return [HEAD, ...lines.map(asLine)].join('\n')
}

function asLine({ fault, runs, outcome }: Line): string {
  const cells =
    'skipped' in outcome
      ? ['', '', '', '', '', '', 'skipped', outcome.skipped]
      : 'unproven' in outcome
        ? ['', '', '', '', '', '', 'unproven', outcome.unproven]
        : 'failed' in outcome
          ? [runs, '', '', '', '', '', '**no**', outcome.failed]
          : [
              runs,
              outcome.lost,
              outcome.doubled,
              outcome.missed,
              outcome.repeated,
              recovery(outcome.recoveredMs),
              holds(outcome) ? 'yes' : '**no**',
              [...outcome.broken, ...outcome.notes].join('; '),
            ]
  return `| ${[fault.row, fault.name, ...cells].map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
}

/** Whether nothing speaks against the row: what is skipped or unproven proves nothing either way. */
export function isFine({ outcome }: Line): boolean {
  return 'skipped' in outcome || 'unproven' in outcome || (!('failed' in outcome) && holds(outcome))
}

function recovery(times: readonly number[]): string {
  if (times.length === 0) return ''
  return `${seconds(quantile(times, 0.5))} / ${seconds(quantile(times, 0.99))}`
}

export const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`

/** The smallest value that so large a part of all values does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0
}
