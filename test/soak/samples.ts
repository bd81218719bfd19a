import { readdirSync } from 'node:fs'
import type { Product } from '../fixtures/product.js'
import { residentMb } from '../faults/rows/webhooks.js'
import type { Held } from './held.js'
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

/**
 * How much each may grow in a minute. At 50 logs a second a leak of 350 bytes for each log would be 1 MB a minute, and one descriptor for
 * each trouble about two.
 */
export const MOST_A_MINUTE = { heldMb: 1, descriptors: 1, handles: 1 } as const

type Measure = keyof typeof MOST_A_MINUTE

export const measures = Object.keys(MOST_A_MINUTE) as Measure[]

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

/** Those from which flatness is judged. */
export function settled(samples: readonly Sample[]): readonly Sample[] {
  return samples.slice(Math.floor(samples.length * WARM_UP))
}

/** How much it grew in a minute, as the line of least squares through the samples says. */
export function growth(samples: readonly Sample[], measure: Measure): number {
  const points = samples.flatMap((sample) => {
    const value = sample[measure]
    return value === null ? [] : [{ x: sample.minute, y: value }]
  })
  const mean = (of: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)]
  const spread = mean((point) => (point.x - x) ** 2)
  return spread === 0 ? 0 : mean((point) => (point.x - x) * (point.y - y)) / spread
}
