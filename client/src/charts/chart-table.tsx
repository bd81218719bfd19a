import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { say } from '../strings.js'
import { absoluteTime } from '../time/absolute-time.js'
import { useZone } from '../time/zone.js'
import type { Series } from './time-series.js'

interface ChartTableProps {
  readonly title: string
  readonly times: readonly number[]
  readonly series: readonly Series[]
  readonly format: (value: number) => string
  /** The address of what is behind a bucket, by its place. */
  behind(place: number): string | undefined
}

/** The same figures as the drawing, newest first. */
export function ChartTable({ title, times, series, format, behind }: ChartTableProps) {
  const { zone } = useZone()
  const places = times.map((_, place) => place).toReversed()
  return (
    <div className="chart-table" role="region" aria-label={title} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say.chart.from}</th>
            {series.map(({ key, name }) => (
              <th key={key} scope="col" className="figure">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <tr key={times[place]}>
              <th scope="row">
                <Behind address={behind(place)}>{absoluteTime(times[place] ?? 0, zone, 'minute')}</Behind>
              </th>
              {series.map(({ key, values }) => (
                <td key={key} className="figure">
                  {values[place] == null ? say.none : format(values[place])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Behind({
  address,
  children,
}: {
  readonly address: string | undefined
  readonly children: ReactNode
}) {
  return address === undefined ? children : <Link href={address}>{children}</Link>
}
