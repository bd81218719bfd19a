import { describe, expect, it } from 'vitest'
import {
  browserPath,
  everyTroubleOf,
  looks,
  overflow,
  PATIENCE,
  seriousFaultsInBothSchemes,
  whatSticksOut,
} from './browser.js'
import { aSharedProduct } from './shared-product.js'

describe.skipIf(browserPath === undefined)('the pages of the REST API at /docs (need Chromium)', () => {
  const on = aSharedProduct()

  it.each(looks)('are in reach of everybody on $name, and fit, with a call open', async (look) => {
    const page = await on.browser.newPage(look)
    const troubles = everyTroubleOf(page, new URL(on.product.url).host)
    await page.goto(`${on.product.url}graphiql#key=${on.product.key}`)
    await page.getByRole('link', { name: 'REST API' }).click(PATIENCE)
    await page.locator('.opblock-summary-control').first().click(PATIENCE)
    await page.locator('.opblock-body').first().waitFor(PATIENCE)
    // The key of the stay comes along: what is locked needs none asked for.
    await page.locator('.auth-wrapper .authorize.locked').waitFor(PATIENCE)
    expect(await seriousFaultsInBothSchemes(page, look.scheme)).toEqual([])
    expect([await overflow(page), await whatSticksOut(page)]).toEqual([0, expect.anything()])
    expect(troubles).toEqual([])
    await page.close()
  })
})
