import { holds, type Fault, type Proof } from './fault.js'

/** What the table says of one row. */
export interface Line {
  readonly fault: Fault
  readonly runs: number
  /** The commit of what was proven, and the day. */
  readonly measured: string
  readonly outcome:
    Proof | { readonly skipped: string } | { readonly unproven: string } | { readonly failed: string }
}

const HEAD = `| row | fault | runs | lost | doubled | missed | repeated | recovery p50 / most | holds | notes | measured |
| --: | --- | --: | --: | --: | --: | --: | --- | --- | --- | --- |`

/** The table in Markdown, a line for each row. */
export function asTable(lines: readonly Line[]): string {
  return [HEAD, ...lines.map(asLine)].join('\n')
}

/** Stands for what nobody counted. */
const NOT_COUNTED = '–'

function asLine({ fault, runs, outcome, measured }: Line): string {
  const cells =
    'skipped' in outcome
      ? ['', '', '', '', '', '', 'skipped', outcome.skipped]
      : 'unproven' in outcome
        ? ['', '', '', '', '', '', 'unproven', outcome.unproven]
        : 'failed' in outcome
          ? [runs, '', '', '', '', '', '**no**', outcome.failed]
          : [
              runs,
              outcome.lost ?? NOT_COUNTED,
              outcome.doubled ?? NOT_COUNTED,
              outcome.missed ?? NOT_COUNTED,
              outcome.repeated ?? NOT_COUNTED,
              recovery(outcome),
              holds(outcome) ? 'yes' : '**no**',
              [...outcome.broken, ...outcome.notes].join('; '),
            ]
  const line = [fault.row, fault.name, ...cells, 'unproven' in outcome ? '' : measured]
  return `| ${line.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
}

/** Whether nothing speaks against the row: what is skipped or unproven proves nothing either way. */
export function isFine({ outcome }: Line): boolean {
  return 'skipped' in outcome || 'unproven' in outcome || (!('failed' in outcome) && holds(outcome))
}

function recovery({ recoveredMs, recovery: what }: Proof): string {
  if (recoveredMs.length === 0) return ''
  const times = `${seconds(quantile(recoveredMs, 0.5))} / ${seconds(quantile(recoveredMs, 1))}`
  return what === undefined ? times : `${times}, ${what}`
}

export const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`

/** The smallest value that so large a part of all values does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0
}
