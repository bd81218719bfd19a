import type { Page } from 'playwright-core'
import { isLive, openBrowser, shownIds } from '../test/client/browser.js'
import type { Bench, Setting } from './bench.js'
import { quantile, rounded, type Figure } from './figure.js'
import { type FloodServer, startFloodServer } from './flood-server.js'

const ROWS = 50_000
const PER_SECOND = 500
const EVERY_MS = 20
const WATCHED_MS = 5_000
const PATIENCE = { timeout: 120_000 }

/**
 * The page of new logs in a browser, at 500 logs a second over 50,000 rows: how long whatever else the page has to do waits for its
 * turn, and how long a key that is pressed takes to show its effect. Beside it the same page at rest.
 */
export const livePage: Bench = { name: 'live-page', needsPostgres: false, needsBrowser: true, run }

async function run({ scaled }: Setting): Promise<readonly Figure[]> {
  const server = await startFloodServer()
  try {
    const browser = await openBrowser()
    try {
      return await figuresOf(await browser.newPage(), server, scaled(ROWS))
    } finally {
      await browser.close()
    }
  } finally {
    await server.close()
  }
}

async function figuresOf(page: Page, server: FloodServer, rows: number): Promise<readonly Figure[]> {
  await page.goto(`${server.url}live#key=any-key-opens-it`)
  await isLive(page)
  server.send(rows)
  const count = rows.toLocaleString('en')
  await page.getByText(`${count} logs, newest first`).waitFor(PATIENCE)
  const atRest = await delaysOf(page)
  const began = { place: await newestDrawn(page), at: performance.now() }
  const stop = flood(server)
  const flooded = await delaysOf(page).finally(stop)
  const drawn = (await newestDrawn(page)) - began.place
  const rate = (drawn * 1_000) / (performance.now() - began.at)
  const figure = (what: string, name: keyof Delays): Figure => ({
    what: `${PER_SECOND} new logs a second on the live page of ${count} → ${what}`,
    measured: `p95 ${rounded(flooded[name])} ms at ${rounded(rate)} a second, at rest ${rounded(atRest[name])} ms`,
    value: flooded[name],
    unit: 'ms',
    goal: { atMost: 100 },
  })
  return [figure('its turn for anything else', 'turn'), figure('a pressed key shows its effect', 'key')]
}

/** Sends what is due by the time that has passed, however late the timer is, until what it returns is called. */
function flood(server: FloodServer): () => void {
  const began = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) * PER_SECOND) / 1_000)
    server.send(due - sent)
    sent = due
  }, EVERY_MS)
  return () => clearInterval(timer)
}

/** The how manieth log is on top, as its id says: what the page has really taken in, whatever was sent. */
async function newestDrawn(page: Page): Promise<number> {
  const [newest = ''] = await shownIds(page)
  return Number(newest.replace(/^\D+/, ''))
}

/** In milliseconds, of 95 in a hundred. */
interface Delays {
  readonly turn: number
  readonly key: number
}

async function delaysOf(page: Page): Promise<Delays> {
  return { turn: quantile(await turnsOf(page), 0.95), key: quantile(await keysOf(page), 0.95) }
}

/** How long the page takes to come round to something that is due, again and again for a while. */
function turnsOf(page: Page): Promise<readonly number[]> {
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

/** How long a key that is really pressed takes until the frame that shows what it opens, again and again for a while. */
async function keysOf(page: Page): Promise<readonly number[]> {
  const delays: number[] = []
  const until = performance.now() + WATCHED_MS
  while (performance.now() < until) {
    await page.evaluate(`void (window.shown = new Promise((resolve) => {
      // The time of the event is that of the key, however long the event waited for the page.
      addEventListener('keydown', ({ timeStamp }) => {
        const look = () =>
          document.querySelector('dialog[open]') ? resolve(performance.now() - timeStamp) : requestAnimationFrame(look)
        requestAnimationFrame(look)
      }, { capture: true, once: true })
    }))`)
    await page.keyboard.press('?')
    await page.locator('dialog[open]').waitFor(PATIENCE)
    delays.push(await page.evaluate<number>('window.shown'))
    await page.keyboard.press('Escape')
    await page.locator('dialog[open]').waitFor({ state: 'detached', ...PATIENCE })
  }
  return delays
}
