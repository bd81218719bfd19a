import type { Page } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import { browserPath, focusedId, PATIENCE, screens, shownIds, visit } from './browser.js'
import { aKeptPage } from './kept-page.js'
import { aSharedProduct } from './shared-product.js'

describe.skipIf(browserPath === undefined)('a keyboard (needs Chromium)', { timeout: 240_000 }, () => {
  const on = aSharedProduct()
  const kept = aKeptPage(on)

  async function press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await kept.page.keyboard.press(key)
  }

  it.each(screens)('goes everywhere on $screen, and lists its keys', async ({ size }) => {
    const { page } = kept
    await page.setViewportSize(size)
    await press('g', 'l')
    await page.locator('.log').first().waitFor()
    expect(pathOf(page)).toBe('/logs')
    await press('?')
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await list.getByText('Next row').waitFor()
    await press('Escape')
    await list.waitFor({ state: 'detached' })
    await press('/')
    expect(await isSearching(page)).toBe(true)
    await press('Escape', 'j', 'j', 'Enter')
    await page.getByRole('dialog').getByText('What happened').waitFor()
    expect(page.url()).toContain('log=')
  })

  it.each(screens)(
    'walks on $screen through the live logs, which hold still: down, up, into one, back, and on to the newest',
    async ({ size }) => {
      const { page } = kept
      const focused = () => focusedId(page)
      await page.setViewportSize(size)
      await visit(page, 'live')
      await page.locator('.log').first().waitFor()
      await press('j')
      await expect.poll(focused, PATIENCE).not.toBeNull()
      const [first, second] = await shownIds(page)
      expect(await focused()).toBe(first)
      await press('j')
      await expect.poll(focused, PATIENCE).toBe(second)
      await press('k')
      await expect.poll(focused, PATIENCE).toBe(first)
      await press('j', 'Enter')
      await page.getByRole('dialog').getByText('What happened').waitFor()
      expect(new URL(page.url()).searchParams.get('log')).toBe(second)
      await press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: /^[1-9]\d* new$/ }).waitFor()
      expect((await shownIds(page)).slice(0, 2)).toEqual([first, second])
      await press('Escape')
      expect(await focused()).toBeNull()
      await expect.poll(async () => (await shownIds(page))[0], PATIENCE).not.toBe(first)
      await press('Space')
      await page.getByRole('button', { name: /^Resume, [1-9]/ }).waitFor()
      const [newest] = await shownIds(page)
      await press('.')
      await page.getByRole('button', { name: 'Pause' }).waitFor()
      await expect.poll(async () => (await shownIds(page))[0], PATIENCE).not.toBe(newest)
    },
  )

  it('leads to the search of the live logs: the server finds what there is, and what comes', async () => {
    const { page } = kept
    await visit(page, 'live')
    await page.locator('.log').first().waitFor()
    await press('/')
    expect(await isSearching(page)).toBe(true)
    await page.keyboard.type('YOUR')
    await press('Enter')
    await expect.poll(() => new URL(page.url()).searchParams.get('q'), PATIENCE).toBe('YOUR')
    let [seen] = [''] as (string | undefined)[]
    /** The newest that the page shows are those that the server finds, and others than before. */
    const showsOthers = () =>
      vi.waitFor(
        async () => {
          const { logs } = await on.product.ask<{ logs: { nodes: readonly { id: string }[] } }>(FOUND)
          const shown = (await shownIds(page)).slice(0, logs.nodes.length)
          expect(shown).toEqual(logs.nodes.map(({ id }) => id))
          expect(shown[0]).not.toBe(seen)
          ;[seen] = shown
        },
        { ...PATIENCE, interval: 100 },
      )
    await showsOthers()
    await showsOthers()
  })

  it('does nothing by single keys where they are switched off, after a reload too, until they are on again', async () => {
    const { page } = kept
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    const toggle = async (): Promise<void> => {
      await list.getByRole('switch', { name: 'Single keys do this too' }).click()
      await press('Escape')
      await list.waitFor({ state: 'detached' })
    }
    await visit(page, 'live')
    await page.locator('.log').first().waitFor()
    await press('?')
    await toggle()
    for (const isAnew of [false, true]) {
      if (isAnew) await page.reload()
      await page.locator('.log').first().waitFor()
      await press('g', 'l', '/', 'j', 'Space', '.', '?')
      expect(pathOf(page)).toBe('/live')
      expect(await isSearching(page)).toBe(false)
      await page.getByRole('button', { name: 'Pause' }).waitFor()
      expect(await list.count()).toBe(0)
    }
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
    await toggle()
    await press('g', 'l')
    await expect.poll(() => pathOf(page), PATIENCE).toBe('/logs')
  })
})

const FOUND = '{ logs(filter: { search: "your" }, first: 5) { nodes { id } } }'

const pathOf = (page: Page): string => new URL(page.url()).pathname

function isSearching(page: Page): Promise<boolean> {
  return page.evaluate<boolean>('document.activeElement.type === "search"')
}
