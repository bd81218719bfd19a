import type { Product } from '../../fixtures/product.js'

/** One figure of the product as Prometheus reads it; 0 where it tells none. */
export async function metricOf({ url }: Pick<Product, 'url'>, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const [, value] = new RegExp(`^giftpulse_${name} (\\S+)`, 'm').exec(text) ?? []
  return Number(value ?? 0)
}

/** How long the event loop of the product was kept from everything else since this was last asked (p99), in seconds. */
export function eventLoopLag(url: string): Promise<number> {
  return metricOf({ url }, 'nodejs_eventloop_lag_p99_seconds')
}
