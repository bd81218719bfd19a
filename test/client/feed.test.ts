import { describe, expect, it } from 'vitest'
import { browserPath, PATIENCE, screens, shownIds, visit } from './browser.js'
import { aKeptPage } from './kept-page.js'
import { aSharedProduct } from './shared-product.js'

/** Of many messages of a demo. */
const WORD = 'order'

describe.skipIf(browserPath === undefined)('the live feed (needs Chromium)', { timeout: 240_000 }, () => {
  const on = aSharedProduct()
  const kept = aKeptPage(on)

  it.each(screens)(
    'waits on $screen while older logs are read, and jumps to the newest',
    async ({ size }) => {
      const { page } = kept
      await page.setViewportSize(size)
      await visit(page, 'live')
      await page.locator('.log').nth(4).waitFor()
      const [newest] = await shownIds(page)
      const list = page.locator('.log-list')
      await list.evaluate((element) => element.scrollTo(0, element.scrollHeight))
      await expect.poll(() => shownIds(page), PATIENCE).not.toContain(newest)
      await page.getByRole('button', { name: /^[1-9]\d* new$/ }).click()
      await expect.poll(() => list.evaluate((element) => element.scrollTop), PATIENCE).toBe(0)
      await expect.poll(() => on.product.logIds(1), PATIENCE).not.toContain(newest)
      // What came meanwhile stands above it, and what comes now follows.
      await expect.poll(async () => (await shownIds(page))[0], PATIENCE).not.toBe(newest)
      expect(await page.locator('.live-jump').count()).toBe(0)
    },
  )

  it.each(screens)('is searched on $screen in all of each log, by the server', async ({ size }) => {
    const { page } = kept
    await page.setViewportSize(size)
    await visit(page, 'live')
    await page.locator('.log').nth(4).waitFor()
    const every = await shownIds(page)
    await page.getByRole('searchbox').fill(WORD)
    await expect.poll(() => new URL(page.url()).searchParams.get('q'), PATIENCE).toBe(WORD)
    await expect
      .poll(async () => {
        const [shown, found] = [await shownIds(page), await foundIds()]
        return shown.length > 0 && shown.every((id) => found.has(id))
      }, PATIENCE)
      .toBe(true)
    const found = await foundIds()
    expect(every.some((id) => !found.has(id))).toBe(true)
  })

  async function foundIds(): Promise<ReadonlySet<string>> {
    const { logs } = await on.product.ask<{ logs: { nodes: readonly { id: string }[] } }>(
      'query ($search: String) { logs(filter: { search: $search }, first: 200) { nodes { id } } }',
      { search: WORD },
    )
    return new Set(logs.nodes.map(({ id }) => id))
  }
})
