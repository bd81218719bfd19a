/** How long the event loop of the product was kept from everything else since this was last asked (p99), in seconds. */
export async function eventLoopLag(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const [, seconds] = /^giftpulse_nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(text) ?? []
  return Number(seconds ?? 0)
}
