import { test } from 'vitest'
import { openBrowser, TestBrowser } from './browser.js'
import { type EveryPage, everyPageOf } from './every-page.js'
import { StartedProduct } from './started-product.js'

export const SECRET_KEY = 'nobody-may-ever-see-this-secret-key'

/** Actions reach the sinks of tests, and give up after two tries in a row. */
const SETTINGS = {
  WEBHOOK_ALLOW_PRIVATE_NETWORKS: 'true',
  WEBHOOK_RETRY_ATTEMPTS: '1',
  RETRY_BASE_SECONDS: '0.1',
  SECRET_KEY,
}

// A product and a Chromium take long to start, so all files share one of each, which end with the worker that runs them one by one.
const shared = test
  .extend('settings', { scope: 'worker' }, SETTINGS)
  .extend('product', { scope: 'worker' }, async ({ settings }, { onCleanup }) => {
    const product = await StartedProduct.start(settings)
    onCleanup(() => product.end())
    return product
  })
  .extend('pages', { scope: 'worker' }, ({ product }) => everyPageOf(product))
  .extend('chromium', { scope: 'worker' }, async ({}, { onCleanup }) => {
    const chromium = await openBrowser()
    onCleanup(() => chromium.close())
    return chromium
  })
  .extend('browser', { scope: 'file' }, ({ chromium }, { onCleanup }) => {
    const browser = new TestBrowser(chromium)
    onCleanup(() => browser.close())
    return browser
  })

interface Shared {
  product: StartedProduct
  browser: TestBrowser
}

interface Visited extends Shared {
  pages: readonly EveryPage[]
}

/**
 * The product that all files in the browser share, there once the first sentence of a file begins. A file gives what it makes there
 * names of its own, and leaves the product running.
 */
export function aSharedProduct(): Shared {
  const on = {} as Shared
  shared.beforeAll(({ product, browser }) => void Object.assign(on, { product, browser }))
  return on
}

/** The browser alone, for a file with a product of its own. */
export function aSharedBrowser(): Pick<Shared, 'browser'> {
  const on = {} as Pick<Shared, 'browser'>
  shared.beforeAll(({ browser }) => void Object.assign(on, { browser }))
  return on
}

/** The same with something on every page. */
export function aProductToVisit(): Visited {
  const on = {} as Visited
  shared.beforeAll(({ product, browser, pages }) => void Object.assign(on, { product, browser, pages }))
  return on
}
