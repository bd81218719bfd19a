import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  browserPath,
  everyTroubleOf,
  isLive,
  overflow,
  PATIENCE,
  seriousFaultsInBothSchemes,
  sizes,
  troublesOf,
  visit,
} from './browser.js'
import { openings } from './openings.js'
import { aProductToVisit } from './shared-product.js'

const looks = [
  { name: 'a desktop', size: sizes.desktop, scheme: 'light' },
  { name: 'a phone in the dark', size: sizes.phone, scheme: 'dark' },
] as const

/** Colours make nothing wider, so that one look is enough for all of them. */
const widths = [sizes.phone.width, 768, sizes.desktop.width, 1920]

describe.skipIf(browserPath === undefined)('every page (needs Chromium)', { timeout: 300_000 }, () => {
  const on = aProductToVisit()

  // Both looks at once: what examines a page has it think, and one thinks on one processor only.
  describe('as it is', () => {
    it.concurrent.each(looks)('is in reach of everybody on $name, and fits', async ({ size, scheme }) => {
      const page = await on.browser.newPage({ size, scheme })
      const faults: string[] = []
      const troubles = everyTroubleOf(page, new URL(on.product.url).host)
      await page.goto(`${on.product.url}settings#key=${on.product.key}`)
      await isLive(page)
      for (const { path, sign } of on.pages) {
        await visit(page, path)
        await page.locator(sign).first().waitFor(PATIENCE)
        faults.push(...(await seriousFaultsInBothSchemes(page, scheme)).map((fault) => `${path}: ${fault}`))
        faults.push(...(await tooWide(page, path, size === sizes.desktop ? widths : [size.width])))
        await page.setViewportSize(size)
      }
      await page.close()
      expect(faults).toEqual([])
      expect(troubles).toEqual([])
    })
  })

  describe('with what opens on it', () => {
    it.concurrent.each(looks)('is in reach of everybody on $name, and fits', async ({ size, scheme }) => {
      const page = await on.browser.newPage({ size, scheme })
      const faults: string[] = []
      // What is refused on purpose, the browser complains of too.
      const troubles = troublesOf(page, new URL(on.product.url).host)
      await page.goto(`${on.product.url}settings#key=${on.product.key}`)
      await isLive(page)
      for (const { name, beginning, opens, shows, closes, only } of openings) {
        if (only !== undefined && sizes[only] !== size) continue
        await visit(page, 'nowhere')
        await page.locator('main .state').waitFor(PATIENCE)
        await visit(page, pathOf(beginning))
        await opens(page)
        await page.locator(shows).first().waitFor(PATIENCE)
        faults.push(
          ...(await seriousFaultsInBothSchemes(page, scheme, shows)).map((fault) => `${name}: ${fault}`),
        )
        if ((await overflow(page)) > 0) faults.push(`${name} makes the page wider than it is`)
        await (closes ? closes(page) : page.keyboard.press('Escape'))
      }
      await page.close()
      expect(faults).toEqual([])
      expect(troubles).toEqual([])
    })
  })

  /** The page that begins so, of those of one alert, rule or receiver. */
  function pathOf(beginning: string): string {
    const isOne = beginning.endsWith('/')
    return isOne ? (on.pages.find(({ path }) => path.startsWith(beginning))?.path ?? beginning) : beginning
  }
})

/** Which of these widths a page does not fit. */
async function tooWide(page: Page, path: string, tried: readonly number[]): Promise<readonly string[]> {
  const faults: string[] = []
  for (const width of tried) {
    await page.setViewportSize({ ...sizes.desktop, width })
    if ((await overflow(page)) > 0) faults.push(`${path} is wider than ${width} px`)
  }
  return faults
}
