import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../test/client/browser.js'
import { endProducts, type Product, productKey, readyProduct } from '../test/fixtures/product.js'
import type { Bench } from './bench.js'
import { quantile, rounded, type Figure } from './figure.js'

const OPENED = 20

/** As it was built: the pages belong to it. */
const main = resolve('dist/main.js')

/** Every panel has its content, and every chart its drawing. */
const IS_WHOLE = `document.querySelectorAll('.overview > .panel').length === 7 &&
  document.querySelectorAll('.overview canvas').length === 3 &&
  document.querySelector('.overview [aria-label="Loading"], .codes li:not(:has(p))') === null`

/**
 * How long it takes from going to the address, by a browser that has never been there, until the overview has all its content: the demo
 * as `npm start` runs it, on this machine. Beside it the same in a browser that has been there.
 */
export const firstScreen: Bench = { name: 'first-screen', needsPostgres: false, needsBrowser: true, run }

async function run(): Promise<readonly Figure[]> {
  const product = await readyProduct({ main })
  try {
    await isRead(product)
    const browser = await openBrowser()
    try {
      return [await figureOf(browser, `${product.url}/#key=${productKey}`)]
    } finally {
      await browser.close()
    }
  } finally {
    await endProducts()
  }
}

async function figureOf(browser: Browser, address: string): Promise<Figure> {
  const times = { cold: [] as number[], warm: [] as number[] }
  // What is opened first, the product reads from its files for the first time, and the browser starts its parts.
  for (let opened = 0; opened <= OPENED; opened++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    const [cold, warm] = [
      await open(await context.newPage(), address),
      await open(await context.newPage(), address),
    ]
    await context.close()
    if (opened === 0) continue
    times.cold.push(cold)
    times.warm.push(warm)
  }
  const p95 = quantile(times.cold, 0.95)
  return {
    what: 'the address opened by a new browser → the overview with all its content',
    measured: `p50 ${rounded(quantile(times.cold, 0.5))} ms, p95 ${rounded(p95)} ms of ${OPENED}; opened again p50 ${rounded(quantile(times.warm, 0.5))} ms`,
    value: p95,
    unit: 'ms',
    goal: { atMost: 1_500 },
  }
}

/** In milliseconds since the page was gone to, by its own clock. */
async function open(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: 'commit' })
  const time = await page.evaluate<number>(`new Promise((resolve) => {
    const look = () => (${IS_WHOLE} ? resolve(performance.now()) : requestAnimationFrame(look))
    look()
  })`)
  await page.close()
  return time
}

/** Once every list was read to its end: nothing is as busy as the first sweep. */
async function isRead(product: Product): Promise<void> {
  for (;;) {
    const { health } = await product.graphql<Swept>('{ health { sources { lastSuccessAt } } }')
    if (health.sources.length > 0 && health.sources.every(({ lastSuccessAt }) => lastSuccessAt !== null))
      return
    await setTimeout(250)
  }
}

interface Swept {
  readonly health: { readonly sources: readonly { readonly lastSuccessAt: string | null }[] }
}
