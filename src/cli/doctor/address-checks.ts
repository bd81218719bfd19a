import type { Config } from '../../config.js'
import { type Check, failed, ok, skipped, warning } from './check.js'

const PATIENCE_MS = 5_000

/** Of the address at which the outside reaches the product. */
export function publicUrlCheck({ publicUrl, twilio, demo }: Config): Check {
  return {
    name: 'Public URL',
    run: async () => {
      const { protocol, hostname, port } = new URL(publicUrl)
      if (port === '0') return skipped('API_PORT is 0: any free port is taken')
      const isLocal = /^(localhost|127\.|0\.0\.0\.0|\[::1?\])/.test(hostname)
      if (!(await isAlive(publicUrl)))
        return isLocal
          ? warning(`nothing answers at ${publicUrl}`, 'Start the product: giftpulse start.')
          : failed(
              `${publicUrl} does not answer as GiftPulse does`,
              'Start the product, and let the proxy at that address pass everything on to API_HOST:API_PORT.',
            )
      if (protocol === 'https:') return ok(`${publicUrl} answers`)
      if (isLocal && (demo || !twilio)) return ok(`${publicUrl} answers, on this machine`)
      return warning(
        `${publicUrl} answers, but ${isLocal ? 'only on this machine' : 'without TLS'}`,
        'Set PUBLIC_URL to an https address of a proxy: Twilio signs its webhooks for it, and links in emails lead there.',
      )
    },
  }
}

async function isAlive(url: string): Promise<boolean> {
  try {
    const { ok: isOk } = await fetch(`${url}/livez`, { signal: AbortSignal.timeout(PATIENCE_MS) })
    return isOk
  } catch {
    return false
  }
}
