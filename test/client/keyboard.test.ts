import type { Page } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import { browserPath, focusedId, newName, PATIENCE, screens, shownIds, visit } from './browser.js'
import { aKeptPage } from './kept-page.js'
import { aProductToVisit } from './shared-product.js'

/** What is walked through by the same keys as the logs. */
const lists = [
  { path: 'alerts', rows: '.alerts > li' },
  { path: 'deliveries', rows: '.delivery-row' },
  { path: 'actions', rows: '.action-row' },
  { path: 'rules', rows: '.rule-row' },
  { path: 'settings/audit', rows: '.audit-entry' },
  { path: 'settings/keys', rows: '.setting-row' },
  { path: 'settings/receivers', rows: '.setting-row, .received' },
]

describe.skipIf(browserPath === undefined)('a keyboard (needs Chromium)', { timeout: 240_000 }, () => {
  const on = aProductToVisit()
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

  it('walks through every other list: down, up, and out of it', async () => {
    const { page } = kept
    for (const name of ['walked to', 'walked on to']) await on.product.ask(NEW_KEY, { name: newName(name) })
    for (const { path, rows } of lists) {
      const walked = page.locator(`:is(${rows}):focus-within`)
      await visit(page, path)
      await page.locator(rows).nth(1).waitFor()
      // Its keys are there a moment after what it shows.
      const first = await vi.waitUntil(async () => {
        await press('j')
        return (await walked.count()) > 0 && walked.elementHandle()
      }, PATIENCE)
      const isWalked = () => first?.evaluate((row) => row.matches(':focus-within'))
      await press('j')
      expect([await walked.count(), await isWalked()], path).toEqual([1, false])
      await press('k')
      expect(await isWalked(), path).toBe(true)
      await press('Escape')
      expect(await walked.count(), path).toBe(0)
    }
  })

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

const NEW_KEY =
  'mutation ($name: String!) { createApiKey(input: { name: $name, scopes: [READ] }) { apiKey { id } } }'

const FOUND = '{ logs(filter: { search: "your" }, first: 5) { nodes { id } } }'

const pathOf = (page: Page): string => new URL(page.url()).pathname

function isSearching(page: Page): Promise<boolean> {
  return page.evaluate<boolean>('document.activeElement.type === "search"')
}
