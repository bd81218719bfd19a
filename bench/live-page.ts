import type { Page } from 'playwright-core'
import { isLive, openBrowser } from '../test/client/browser.js'
import { startFloodServer } from '../test/client/flood-server.js'
import type { Bench, Setting } from './bench.js'
import { quantile, rounded, type Figure } from './figure.js'

const ROWS = 50_000
const PER_SECOND = 500
const EVERY_MS = 20
const WATCHED_MS = 5_000
const PATIENCE = { timeout: 120_000 }

/**
 * The page of new logs in a browser, at 500 logs a second over 50,000 rows: how long whatever else the page has to do waits for its
 * turn, a key that was pressed for instance. Beside it the same page at rest.
 */
export const livePage: Bench = { name: 'live-page', needsPostgres: false, needsBrowser: true, run }

async function run({ scaled }: Setting): Promise<readonly Figure[]> {
  const rows = scaled(ROWS)
  const server = await startFloodServer()
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    await page.goto(`${server.url}live#key=any-key-opens-it`)
    await isLive(page)
    server.send(rows)
    await page.getByText(`${rows.toLocaleString('en')} logs, newest first`).waitFor(PATIENCE)
    const atRest = quantile(await waits(page), 0.95)
    const flood = setInterval(() => server.send((PER_SECOND * EVERY_MS) / 1_000), EVERY_MS)
    const flooded = quantile(await waits(page).finally(() => clearInterval(flood)), 0.95)
    return [
      {
        what: `${PER_SECOND} new logs a second on the live page of ${rows.toLocaleString('en')} → its turn for anything else`,
        measured: `p95 ${rounded(flooded)} ms, at rest ${rounded(atRest)} ms`,
        value: flooded,
        unit: 'ms',
        goal: { atMost: 100 },
      },
    ]
  } finally {
    await browser.close()
    await server.close()
  }
}

/** How long the page takes to come round to something that is due, in milliseconds, again and again for a while. */
function waits(page: Page): Promise<readonly number[]> {
  return page.evaluate(`(async () => {
    const waits = []
    const until = performance.now() + ${WATCHED_MS}
    while (performance.now() < until) {
      const due = performance.now() + 10
      await new Promise((resolve) => setTimeout(resolve, 10))
      waits.push(Math.max(0, performance.now() - due))
    }
    return waits
  })()`)
}
