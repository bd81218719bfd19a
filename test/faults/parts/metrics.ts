import type { Product } from '../../fixtures/product.js'

/** One figure of the product as Prometheus reads it; 0 where it tells none. */
export async function metricOf(product: Pick<Product, 'url'>, name: string): Promise<number> {
  return figure(await allMetrics(product.url), name)
}

/** How long the event loop was kept from everything else, in seconds. */
export interface EventLoopLag {
  readonly p99: number
  readonly most: number
}

/** How the event loop of the product lagged since this was last asked. */
export async function eventLoopLag(url: string): Promise<EventLoopLag> {
  const text = await allMetrics(url)
  return {
    p99: figure(text, 'nodejs_eventloop_lag_p99_seconds'),
    most: figure(text, 'nodejs_eventloop_lag_max_seconds'),
  }
}

async function allMetrics(url: string): Promise<string> {
  return (await fetch(`${url}/metrics`)).text()
}

function figure(text: string, name: string): number {
  const [, value] = new RegExp(`^giftpulse_${name} (\\S+)`, 'm').exec(text) ?? []
  return Number(value ?? 0)
}
