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

/** What people on call look for first has its content: what is polled, what fires, what could not be sent. */
const IS_BEGUN = `document.querySelector('.overview > .panel:nth-child(3)') !== null &&
  document.querySelector('.overview > .panel:nth-child(-n+3) [aria-label="Loading"], .overview > [aria-label="Loading"]:nth-child(-n+3)') === null`

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
      return await figuresOf(browser, `${product.url}/#key=${productKey}`)
    } finally {
      await browser.close()
    }
  } finally {
    await endProducts()
  }
}

async function figuresOf(browser: Browser, address: string): Promise<readonly Figure[]> {
  const cold: Opening[] = []
  const warm: Opening[] = []
  // What is opened first, the product reads from its files for the first time, and the browser starts its parts.
  for (let opened = 0; opened <= OPENED; opened++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    const pair = [
      await open(await context.newPage(), address),
      await open(await context.newPage(), address),
    ] as const
    await context.close()
    if (opened === 0) continue
    cold.push(pair[0])
    warm.push(pair[1])
  }
  return [
    figureOf('what is polled, fires and failed', cold, warm, ({ begun }) => begun),
    figureOf('the overview with all its content', cold, warm, ({ whole }) => whole),
  ]
}

function figureOf(
  what: string,
  cold: readonly Opening[],
  warm: readonly Opening[],
  timeOf: (opening: Opening) => number,
): Figure {
  const times = cold.map(timeOf)
  const p95 = quantile(times, 0.95)
  return {
    what: `the address opened by a new browser → ${what}`,
    measured: `p50 ${rounded(quantile(times, 0.5))} ms, p95 ${rounded(p95)} ms of ${OPENED}; opened again p50 ${rounded(quantile(warm.map(timeOf), 0.5))} ms`,
    value: p95,
    unit: 'ms',
    goal: { atMost: 1_500 },
  }
}

/** When there was how much of it, in milliseconds since the page was gone to, by its own clock. */
interface Opening {
  readonly begun: number
  readonly whole: number
}

async function open(page: Page, address: string): Promise<Opening> {
  await page.goto(address, { waitUntil: 'commit' })
  const opening = await page.evaluate<Opening>(`new Promise((resolve) => {
    let begun = null
    const look = () => {
      if (begun === null && ${IS_BEGUN}) begun = performance.now()
      ${IS_WHOLE} ? resolve({ begun, whole: performance.now() }) : requestAnimationFrame(look)
    }
    look()
  })`)
  await page.close()
  return opening
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
