import { createOutboundHttp } from './outbound-http.js'

/** How long the other side may take, in milliseconds. */
const PATIENCE_MS = 10_000

/**
 * Calls the heartbeat's URL. It may lie in a private network: whoever sets it sets up the server, and the users of the API cannot
 * change it.
 */
export function createHeartbeatPing(url: string): { send(): Promise<void>; close(): Promise<void> } {
  const http = createOutboundHttp({ allowPrivateNetworks: true })
  return {
    async send() {
      const signal = AbortSignal.timeout(PATIENCE_MS)
      const { status } = await http.send({
        url,
        method: 'GET',
        headers: {},
        body: null,
        timeoutMs: PATIENCE_MS,
        signal,
      })
      if (status < 200 || status >= 300) throw new Error(`HEARTBEAT_URL answered ${status}`)
    },
    close: () => http.close(),
  }
}
