import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  browserPath,
  everyTroubleOf,
  isLinkInSight,
  isLive,
  looks,
  overflow,
  PATIENCE,
  seriousFaultsInBothSchemes,
  signedIn,
  sizes,
  troublesOf,
  visit,
  whatSticksOut,
} from './browser.js'
import { movingKinds, unseenFocus } from './focus-and-motion.js'
import { openings } from './openings.js'
import { aProductToVisit } from './shared-product.js'

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
        faults.push(...(await unseenFocus(page)).map((fault) => `${path}: ${fault}`))
        faults.push(...(await movingKinds(page)).map((fault) => `${path}: ${fault}`))
        await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)')
        if (!(await isLinkInSight(page))) faults.push(`${path} does not show at its end whether it is live`)
      }
      await page.close()
      expect(faults).toEqual([])
      expect(troubles).toEqual([])
    })
  })

  describe('before signing in, and after a key was refused', () => {
    it.each(looks)('is in reach of everybody on $name, and fits', async ({ size, scheme }) => {
      const page = await on.browser.newPage({ size, scheme })
      const faults: string[] = []
      for (const address of ['', '#key=no-key-of-this-product-at-all']) {
        await page.goto(`${on.product.url}${address}`)
        await page.locator(address === '' ? 'form' : 'form [role="alert"]').waitFor(PATIENCE)
        faults.push(...(await seriousFaultsInBothSchemes(page, scheme)), ...(await unseenFocus(page)))
        if ((await overflow(page)) > 0) faults.push(`wider than it is: ${await whatSticksOut(page)}`)
        await page.goto('about:blank')
      }
      await page.close()
      expect(faults).toEqual([])
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
        faults.push(...(await unseenFocus(page, shows)).map((fault) => `${name}: ${fault}`))
        faults.push(...(await movingKinds(page)).map((fault) => `${name}: ${fault}`))
        if ((await overflow(page)) > 0) faults.push(`${name} makes the page wider than it is`)
        if (!(await isLinkInSight(page))) faults.push(`${name} hides whether the page is live`)
        await (closes ? closes(page) : page.keyboard.press('Escape'))
      }
      await page.close()
      expect(faults).toEqual([])
      expect(troubles).toEqual([])
    })
  })

  it('moves only for who has nothing against it, and is found out where the focus is not to be seen', async () => {
    const page = await signedIn(on, 'settings')
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    expect(await movingKinds(page)).toContainEqual(expect.stringContaining('button'))
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await movingKinds(page)).toEqual([])
    expect(await unseenFocus(page)).toEqual([])
    await page.locator('.nav-item').evaluateAll((links) => {
      for (const link of links) link.style.outline = 'none'
    })
    expect(await unseenFocus(page)).toEqual(['the focus of a.nav-item has a contrast of 0.0'])
    await page.locator('.nav-item').evaluateAll((links) => {
      for (const link of links) link.style.outline = '2px solid var(--line)'
    })
    expect(await unseenFocus(page)).toEqual([expect.stringMatching(/a\.nav-item has a contrast of 1\.\d/)])
    await page.close()
  })

  it('of a rule on a phone lays its bar over the form only while there is something to save', async () => {
    const page = await signedIn(on, pathOf('rules/'), sizes.phone)
    await page.locator('.preview-found').waitFor(PATIENCE)
    const covers = () =>
      page.evaluate<boolean>(`document.querySelector('.save-bar').getBoundingClientRect().top <
        document.querySelector('.rule-columns').getBoundingClientRect().bottom`)
    expect(await covers()).toBe(false)
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Another name')
    await page.evaluate('scrollTo(0, 0)')
    await expect.poll(covers, PATIENCE).toBe(true)
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.close()
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
    if ((await overflow(page)) > 0)
      faults.push(`${path} is wider than ${width} px: ${await whatSticksOut(page)}`)
  }
  return faults
}
