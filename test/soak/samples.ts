import { readdirSync } from 'node:fs'
import type { Product } from '../fixtures/product.js'
import { residentMb } from '../faults/rows/webhooks.js'
import type { Held } from '../faults/parts/held.js'
import { type Peers, type Sockets, socketsOf } from './sockets.js'

/** What a process held at one moment. */
export interface Sample {
  readonly minute: number
  /** What it has of the machine's memory, in megabytes. */
  readonly residentMb: number
  /** What it holds of that once its garbage is collected; null where that was not asked. */
  readonly heldMb: number | null
  /** Open files and sockets, as the system counts them. */
  readonly descriptors: number
  /** Those descriptors by where they lead. */
  readonly sockets: Sockets
  /** Timers, sockets and the like, as Node counts them; null while it did not answer. */
  readonly handles: number | null
}

/** The part of a run at its beginning that says nothing yet: code is compiled, pools fill. */
const WARM_UP = 1 / 3

/** How much each may grow in an hour, beyond what the scatter of the samples explains. */
export const MOST_AN_HOUR = { heldMb: 1, descriptors: 1, handles: 1 } as const

/** Parts of the time of which each has its lowest sample: pools and queues come and go, and what leaks is in the lowest too. */
const PARTS = 6

/** A slope that lies so many standard errors above what it may be is hardly one by chance: of a hundred runs without a leak, one says so. */
const ERRORS = 4

type Measure = keyof typeof MOST_AN_HOUR

export const measures = Object.keys(MOST_AN_HOUR) as Measure[]

/** @param held asked for what is held, which stops the process for a moment; null where it is not asked this time */
export async function sampleOf(
  product: Product,
  peers: Peers,
  minute: number,
  held: Held | null,
): Promise<Sample> {
  return {
    minute,
    residentMb: residentMb(product.pid),
    heldMb: held === null ? null : await held.ofProcess(product.pid),
    descriptors: readdirSync(`/proc/${product.pid}/fd`).length,
    sockets: socketsOf(product.pid, Number(new URL(product.url).port), peers),
    handles: await handlesOf(product).catch(() => null),
  }
}

async function handlesOf(product: Product): Promise<number> {
  const response = await fetch(`${product.url}/metrics`, { signal: AbortSignal.timeout(4_000) })
  const text = await response.text()
  return [...text.matchAll(/^giftpulse_nodejs_active_resources\{.*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  )
}

/** Those from which flatness is judged: of quiet moments, after the beginning. */
export function settled(samples: readonly Sample[]): readonly Sample[] {
  return samples.slice(Math.floor(samples.length * WARM_UP)).filter(({ heldMb }) => heldMb !== null)
}

/** A line of least squares through the lowest samples. */
export interface Growth {
  /** By how much it rises in an hour, and the standard error of that. */
  readonly anHour: number
  readonly error: number
}

export function growth(samples: readonly Sample[], measure: Measure): Growth {
  const points = lowest(samples, measure)
  const sum = (of: (point: { x: number; y: number }) => number) =>
    points.reduce((all, point) => all + of(point), 0)
  const [x, y] = [sum((point) => point.x) / points.length, sum((point) => point.y) / points.length]
  const spread = sum((point) => (point.x - x) ** 2)
  if (points.length < 3 || spread === 0) return { anHour: 0, error: Infinity }
  const anHour = sum((point) => (point.x - x) * (point.y - y)) / spread
  const scatter = sum((point) => (point.y - y - anHour * (point.x - x)) ** 2) / (points.length - 2)
  return { anHour, error: Math.sqrt(scatter / spread) }
}

/** The lowest sample of each part of the time. */
function lowest(samples: readonly Sample[], measure: Measure): { x: number; y: number }[] {
  const from = samples[0]?.minute ?? 0
  const long = ((samples.at(-1)?.minute ?? 0) - from) / PARTS
  const parts = Array.from({ length: PARTS }, (): { x: number; y: number }[] => [])
  for (const sample of samples) {
    const value = sample[measure]
    const part = long === 0 ? 0 : Math.min(PARTS - 1, Math.floor((sample.minute - from) / long))
    if (value !== null) parts[part]?.push({ x: sample.minute / 60, y: value })
  }
  return parts.flatMap((part) => part.toSorted((one, other) => one.y - other.y).slice(0, 1))
}

/** Whether it grew by more than it may, as far as these samples can tell. */
export function isTooMuch(grew: Growth, measure: Measure): boolean {
  return grew.anHour > leastTold(grew, measure)
}

/** A run that would not have noticed a growth of this much in an hour proves nothing. */
export const MUST_TELL = { heldMb: 100, descriptors: 60, handles: 200 } as const satisfies Record<
  Measure,
  number
>

/** What it would have had to grow in an hour to be found out. */
export function leastTold({ error }: Growth, measure: Measure): number {
  return MOST_AN_HOUR[measure] + ERRORS * error
}

/** Such as `0.4 ± 1.2`. */
export function inFigures({ anHour, error }: Growth): string {
  return `${anHour.toFixed(1)} ± ${error.toFixed(1)}`
}
