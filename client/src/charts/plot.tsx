import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { absoluteTime } from '../time/absolute-time.js'
import { useZone, type Zone } from '../time/zone.js'
import { type Colour, type Series, stacked } from './time-series.js'

export interface PlotProps {
  readonly label: string
  /** Where each bucket begins, in milliseconds. */
  readonly times: readonly number[]
  readonly bucketSeconds: number
  readonly series: readonly Series[]
  readonly as: 'bars' | 'line'
  /** The top of the scale; the highest figure where left out. */
  readonly most?: number
  readonly format: (value: number) => string
  /** The bucket under the pointer; null when it leaves. */
  pointed(place: number | null, x: number): void
  picked?(place: number): void
}

const HEIGHT_PX = 200
/** Beside the values. */
const AXIS_PX = 46
const HALF_TICK_PX = 18
const NARROW_PX = 480
const DAY_S = 86_400

/** The drawing of a chart. What it shows is also in its table, so it is one picture for screen readers. Loaded by itself. */
export default function Plot(props: PlotProps) {
  const { label, times, series } = props
  const place = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  const { zone } = useZone()
  const scheme = useScheme()
  const shape = JSON.stringify([
    series.map(({ key, colour }) => [key, colour]),
    props.as,
    props.most,
    zone,
    scheme,
  ])
  const plot = useRef<uPlot>(null)
  useEffect(() => {
    latest.current = props
  })

  useEffect(() => {
    const parent = place.current
    if (!parent) return undefined
    const drawn = new uPlot(options(latest, zone, parent), dataOf(latest.current), parent)
    plot.current = drawn
    // It tells the size once at the beginning too; drawing takes long.
    const observer = new ResizeObserver(() => {
      if (parent.clientWidth !== drawn.width) drawn.setSize({ width: parent.clientWidth, height: HEIGHT_PX })
    })
    observer.observe(parent)
    return () => {
      observer.disconnect()
      drawn.destroy()
      plot.current = null
    }
  }, [shape, zone])

  useEffect(() => {
    plot.current?.setData(dataOf(latest.current))
  }, [times, series])

  return <div ref={place} className="plot" role="img" aria-label={label} />
}

function dataOf({ times, series, as }: PlotProps): uPlot.AlignedData {
  const xs = times.map((time) => time / 1_000)
  if (as === 'line') return [xs, ...series.map(({ values }) => [...values])]
  // The highest sums first: each lower one is drawn over them and leaves its own part to see.
  return [
    xs,
    ...stacked(series)
      .map((values) => [...values])
      .reverse(),
  ]
}

function options(latest: { readonly current: PlotProps }, zone: Zone, parent: HTMLElement): uPlot.Options {
  const { series, as, most, bucketSeconds } = latest.current
  const colourOf = resolver(parent)
  const drawn = as === 'line' ? series : series.toReversed()
  const axis = {
    stroke: colourOf('--muted'),
    grid: { stroke: colourOf('--line'), width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
  }
  return {
    width: parent.clientWidth,
    height: HEIGHT_PX,
    padding: [10, 4, 0, 0],
    legend: { show: false },
    tzDate: (seconds) =>
      zone === 'utc' ? uPlot.tzDate(new Date(seconds * 1_000), 'Etc/UTC') : new Date(seconds * 1_000),
    cursor: { y: false, points: { show: as === 'line' }, drag: { x: false, y: false } },
    scales: {
      x: { range: (_, from, to) => [from - bucketSeconds / 2, to + bucketSeconds / 2] },
      y: { range: (_, __, highest) => [0, most ?? Math.max(highest * 1.08, 4)] },
    },
    series: [
      {},
      ...drawn.map(({ colour }) => ({
        stroke: colourOf(colour),
        points: as === 'line' ? { size: 5, filter: alone } : { show: false },
        ...(as === 'bars'
          ? { fill: colourOf(colour), width: 0, paths: uPlot.paths.bars!({ size: [0.78, 40], gap: 0 }) }
          : { width: 2, fill: transparent(colourOf(colour)), spanGaps: false }),
      })),
    ],
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 26,
        // In the width of a phone an hour would have one tick.
        space: ({ width }) => (width < NARROW_PX ? 48 : 72),
        values: (plot, ticks) =>
          ticks.map((tick) => (isInside(plot, tick) ? tickText(tick, zone, spanOf(plot)) : '')),
      },
      {
        ...axis,
        size: AXIS_PX,
        space: 40,
        values: (_, ticks) => ticks.map((tick) => latest.current.format(tick)),
      },
    ],
    hooks: {
      setCursor: [({ cursor }) => latest.current.pointed(cursor.idx ?? null, (cursor.left ?? 0) + AXIS_PX)],
      ready: [
        ({ over, cursor }) => {
          let tapped: number | null = null
          over.addEventListener('click', (event) => {
            const { idx } = cursor
            if (idx == null) return
            // A finger cannot point without tapping: its first tap is to read the figures.
            const isFirstTap = (event as PointerEvent).pointerType === 'touch' && tapped !== idx
            tapped = idx
            if (!isFirstTap) latest.current.picked?.(idx)
          })
          over.addEventListener('mouseleave', () => latest.current.pointed(null, 0))
        },
      ],
    },
  }
}

/** The figures without a neighbour, between which no line is drawn. */
function alone({ data }: uPlot, series: number): number[] {
  const values = data[series] ?? []
  return [...values.keys()].filter(
    (place) => values[place] != null && values[place - 1] == null && values[place + 1] == null,
  )
}

function spanOf({ scales }: uPlot): number {
  return (scales['x']?.max ?? 0) - (scales['x']?.min ?? 0)
}

/** Whether the text of a tick has room: at the very edges it would be cut off. */
function isInside({ scales, width }: uPlot, tick: number): boolean {
  const { min = 0, max = 1 } = scales['x'] ?? {}
  const share = (tick - (min ?? 0)) / ((max ?? 1) - (min ?? 0) || 1)
  const room = HALF_TICK_PX / Math.max(width - AXIS_PX, 1)
  return share >= room && share <= 1 - room
}

function tickText(seconds: number, zone: Zone, span: number): string {
  return absoluteTime(seconds * 1_000, zone, span > 2 * DAY_S ? 'day' : 'hour')
}

function transparent(colour: string): string {
  return colour.replace(/^rgb\((.*)\)$/, 'rgb($1 / 12%)').replaceAll(',', '')
}

/** A canvas knows no variables and no `light-dark()`: what they come to here is read off an element. */
function resolver(parent: HTMLElement): (colour: Colour | '--muted' | '--line') => string {
  return (colour) => {
    const probe = document.createElement('span')
    probe.style.color = `var(${colour})`
    parent.append(probe)
    const { color } = getComputedStyle(probe)
    probe.remove()
    return color
  }
}

/** Changes whenever the colours do. */
function useScheme(): string {
  const [scheme, setScheme] = useState(readScheme)
  useEffect(() => {
    const look = (): void => setScheme(readScheme())
    const list = matchMedia('(prefers-color-scheme: dark)')
    const observer = new MutationObserver(look)
    list.addEventListener('change', look)
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      list.removeEventListener('change', look)
      observer.disconnect()
    }
  }, [])
  return scheme
}

function readScheme(): string {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  return document.documentElement.dataset['theme'] ?? system
}
