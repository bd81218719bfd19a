import { type ReactNode, Suspense, useState } from 'react'
import { useLocation } from 'wouter'
import { Late, LatePart } from '../components/late-part.js'
import { Panel } from '../components/panel.js'
import { say } from '../strings.js'
import { absoluteTime } from '../time/absolute-time.js'
import { useZone } from '../time/zone.js'
import { ChartTable } from './chart-table.js'
import { TableSwitch } from './table-switch.js'
import type { Series } from './time-series.js'
import './chart.css'

// On its way while the figures are asked for.
const plot = new LatePart(() => import('./plot.js'))
void plot.loadAhead()

interface ChartProps {
  readonly title: string
  /** A figure or controls beside the title. */
  readonly beside?: ReactNode
  readonly tools?: ReactNode
  /** Where each bucket begins, in milliseconds. */
  readonly times: readonly number[]
  readonly bucketSeconds: number
  readonly series: readonly Series[]
  readonly as: 'bars' | 'line'
  readonly most?: number
  readonly format?: (value: number) => string
  /** The address of what is behind a bucket, from when to when in milliseconds. */
  leadsTo?(from: number, until: number): string
  /** What is wrong with the figures, above them. */
  readonly trouble?: ReactNode
  readonly className?: string
}

/** Figures over time as a drawing, with what is under the pointer in words, and as a table for who prefers one. */
export function Chart(props: ChartProps) {
  const { title, beside, tools, times, bucketSeconds, series, as, most, format = say.figure, leadsTo } = props
  const [isTable, setTable] = useState(false)
  const [pointed, setPointed] = useState<{ readonly place: number; readonly x: number } | null>(null)
  const [, goTo] = useLocation()
  const behind = (place: number): string | undefined => {
    const from = times[place]
    return from === undefined ? undefined : leadsTo?.(from, from + bucketSeconds * 1_000)
  }
  const pick = (place: number): void => {
    const address = behind(place)
    if (address !== undefined) goTo(address)
  }
  return (
    <Panel
      title={title}
      beside={beside}
      className={props.className ?? ''}
      tools={
        <>
          {tools}
          <TableSwitch title={title} isTable={isTable} set={setTable} />
        </>
      }
    >
      {props.trouble}
      {isTable ? (
        <ChartTable title={title} times={times} series={series} format={format} behind={behind} />
      ) : (
        <div className="chart" data-pickable={leadsTo !== undefined || undefined}>
          <Suspense fallback={<div className="plot" />}>
            <Late
              part={plot}
              with={{
                label: say.chart.label(title),
                times,
                bucketSeconds,
                series,
                as,
                format,
                pointed: (place, x) => setPointed(place === null ? null : { place, x }),
                picked: pick,
                ...(most !== undefined && { most }),
              }}
            />
          </Suspense>
          {pointed && <Tip times={times} series={series} format={format} {...pointed} />}
          <Legend series={series} />
        </div>
      )}
    </Panel>
  )
}

function Legend({ series }: Pick<ChartProps, 'series'>) {
  if (series.length < 2) return null
  return (
    <ul className="legend">
      {series.map(({ key, name, colour }) => (
        <li key={key}>
          <Swatch colour={colour} />
          {name}
        </li>
      ))}
    </ul>
  )
}

interface TipProps extends Required<Pick<ChartProps, 'times' | 'series' | 'format'>> {
  readonly place: number
  readonly x: number
}

function Tip({ times, series, format, place, x }: TipProps) {
  const { zone } = useZone()
  const at = times[place]
  if (at === undefined) return null
  const shown = series.filter(({ values }) => values[place])
  return (
    <div className="tip" style={{ left: x }} data-side={place > times.length / 2 ? 'left' : 'right'}>
      <p>{absoluteTime(at, zone, 'minute')}</p>
      <ul>
        {shown.map(({ key, name, colour, values }) => (
          <li key={key}>
            <Swatch colour={colour} />
            <span>{name}</span>
            <b>{format(values[place] ?? 0)}</b>
          </li>
        ))}
        {shown.length === 0 && <li className="muted">{say.chart.nothing}</li>}
      </ul>
    </div>
  )
}

function Swatch({ colour }: Pick<Series, 'colour'>) {
  return <span className="swatch" style={{ background: `var(${colour})` }} />
}
