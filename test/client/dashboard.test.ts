import { gzipSync } from 'node:zlib'
import type { Locator, Page } from 'playwright-core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  browserPath,
  everyTroubleOf,
  isLive,
  onEveryScreen,
  overflow,
  PATIENCE,
  screens,
  shownIds,
  signedIn,
  sizes,
  unfoldFilters,
  unfoldMenu,
} from './browser.js'
import { aSharedProduct } from './shared-product.js'

describe.skipIf(browserPath === undefined)(
  'the dashboard (needs Chromium; skipped without it)',
  { timeout: 240_000 },
  () => {
    const on = aSharedProduct()
    afterEach(() => on.browser?.clear())

    it.each(screens)(
      'opens on $screen on the printed address, and takes the key out of it',
      async ({ size }) => {
        const page = await on.browser.newPage({ size })
        const faults = everyTroubleOf(page, new URL(on.product.url).host)
        const scripts = scriptsOf(page)
        await page.goto(on.product.address)
        await isLive(page)
        expect(page.url()).toBe(on.product.url)
        await page.locator('.notice-demo', { hasText: 'DEMO' }).waitFor(PATIENCE)
        await expect.poll(() => page.locator('.source:has-text("read")').count(), PATIENCE).toBe(3)
        await page.locator('.overview .plot canvas').first().waitFor(PATIENCE)
        expect(await gzipped(scripts)).toBeLessThan(200_000)
        expect(faults).toEqual([])
      },
    )

    it('keeps the session over a reload, and forgets it on signing out', async () => {
      const page = await on.browser.newPage()
      await page.goto(on.product.url)
      const key = page.getByLabel('API key')
      await onEveryScreen(page, async () => {
        await key.fill(on.product.key)
        await page.keyboard.press('Enter')
        await isLive(page)
        await page.reload()
        await isLive(page)
        await unfoldMenu(page)
        await page.getByRole('button', { name: 'Sign out' }).click()
        await key.waitFor()
        await page.reload()
        await key.waitFor()
      })
    })

    it.each(screens)(
      'says on $screen that a wrong key was refused, and takes the right one',
      async ({ size }) => {
        const page = await on.browser.newPage({ size })
        await page.goto(`${on.product.url}logs#key=wrong-key-0123456789`)
        await page.getByRole('alert').filter({ hasText: 'This key was refused' }).waitFor(PATIENCE)
        expect(page.url()).toBe(`${on.product.url}logs`)
        await page.getByLabel('API key').fill(` ${on.product.key} `)
        await page.keyboard.press('Enter')
        await isLive(page)
      },
    )

    it('shows each chart as a table too', async () => {
      const page = await signedIn(on)
      const titles = ['Logs over time', 'Messages delivered', 'Top error codes', 'Deliveries for alerts']
      const drawings = page.locator('.overview .plot canvas, .overview .codes')
      await onEveryScreen(page, async () => {
        for (const title of titles) {
          await page.getByRole('button', { name: `${title}: show as table` }).click(PATIENCE)
          const table = page.getByRole('region', { name: title, exact: true }).getByRole('table').first()
          await table.waitFor()
          expect(await table.getByRole('row').count()).toBeGreaterThan(title === 'Top error codes' ? 1 : 10)
        }
        expect(await drawings.count()).toBe(0)
        const codes = page.getByRole('region', { name: 'Top error codes' }).getByRole('table')
        const code = codes.getByRole('rowheader').first().getByRole('link')
        expect(await code.getAttribute('href')).toContain(`code=${await code.innerText()}`)
        for (const title of titles)
          await page.getByRole('button', { name: `${title}: show as chart` }).click()
        await drawings.nth(titles.length - 1).waitFor(PATIENCE)
      })
    })

    it('has every choice of a phone within reach of a keyboard, and the focus on the page that was gone to', async () => {
      const page = await on.browser.newPage({ size: sizes.phone })
      await page.goto(`${on.product.url}#key=${on.product.key}`)
      await isLive(page)
      await page.getByRole('button', { name: 'More' }).focus()
      await page.keyboard.press('Enter')
      const more = page.getByRole('dialog', { name: 'More' })
      const utc = more.getByRole('button', { name: 'UTC' })
      await utc.waitFor()
      for (let presses = 0; presses < 8 && !(await isFocused(utc)); presses += 1)
        await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      expect(await utc.getAttribute('aria-pressed')).toBe('true')
      await more.getByRole('link', { name: 'Rules' }).press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Rules' }).waitFor(PATIENCE)
      await more.waitFor({ state: 'detached' })
      expect(await isFocused(page.locator('main'))).toBe(true)
    })

    it.each([
      { by: 'key', size: sizes.desktop, pause: (page: Page) => page.keyboard.press('Space') },
      {
        by: 'button',
        size: sizes.phone,
        pause: (page: Page) => page.getByRole('button', { name: 'Pause' }).click(),
      },
    ])(
      'holds the logs still when paused by $by, says how many wait, and goes on by button',
      async ({ size, pause }) => {
        const page = await signedIn(on, 'live', size)
        await page.locator('.log').first().waitFor(PATIENCE)
        await pause(page)
        const resume = page.getByRole('button', { name: /Resume, [1-9]\d* new/ })
        const held = await shownIds(page)
        await resume.waitFor(PATIENCE)
        expect(await shownIds(page)).toEqual(held)
        await resume.click()
        await page.getByRole('button', { name: 'Pause' }).waitFor()
        await movesOn(page, held)
        expect(await overflow(page)).toBe(0)
      },
    )

    it('holds the logs still while text of them is selected, and goes on when it no longer is', async () => {
      const page = await signedIn(on, 'live?type=MESSAGE')
      await page.locator('.log').nth(4).waitFor(PATIENCE)
      const [from, to] = [await numberAt(page, 1), await numberAt(page, 3)]
      await page.mouse.move(from.x + 2, from.y + 8)
      await page.mouse.down()
      await page.mouse.move(to.x + 40, to.y + 8, { steps: 4 })
      await page.mouse.up()
      const held = await shownIds(page)
      expect(await page.evaluate('getSelection().toString().length')).toBeGreaterThan(0)
      await page.getByRole('button', { name: /^[1-9]\d* new$/ }).waitFor(PATIENCE)
      expect(await shownIds(page)).toEqual(held)
      expect(new URL(page.url()).searchParams.has('log')).toBe(false)
      await page.getByRole('heading', { level: 1 }).click()
      await movesOn(page, held)
      await page.evaluate('getSelection().selectAllChildren(document.querySelector(".log-rows"))')
      const selected = await shownIds(page)
      await page.getByRole('button', { name: /^[1-9]\d* new$/ }).click(PATIENCE)
      await movesOn(page, selected)
      expect(await page.evaluate('getSelection().isCollapsed')).toBe(true)
      await page.evaluate('getSelection().selectAllChildren(document.querySelector(".log-rows"))')
      await page.keyboard.press('Space')
      await page.getByRole('button', { name: /^Resume/ }).waitFor()
      const paused = await shownIds(page)
      await page.keyboard.press('Space')
      await movesOn(page, paused)
      expect(await page.evaluate('getSelection().isCollapsed')).toBe(true)
    })

    it('holds the logs still while they are walked through by keys, and while one is open', async () => {
      const page = await signedIn(on, 'live')
      await page.locator('.log').nth(4).waitFor(PATIENCE)
      await page.keyboard.press('j')
      await page.keyboard.press('j')
      await page.keyboard.press('k')
      const walked = await shownIds(page)
      await page.getByRole('button', { name: /^[1-9]\d* new$/ }).waitFor(PATIENCE)
      expect(await shownIds(page)).toEqual(walked)
      await page.keyboard.press('Escape')
      await movesOn(page, walked)
      await page.locator('.log').nth(2).click()
      await page.getByRole('dialog').getByText('What happened').waitFor(PATIENCE)
      const held = await shownIds(page)
      await page.locator('.live-jump', { hasText: /^[1-9]\d* new$/ }).waitFor(PATIENCE)
      expect(await shownIds(page)).toEqual(held)
      await page.keyboard.press('Escape')
      await movesOn(page, held)
    })

    it('lets the server filter the stream, and keeps the filter in the address', async () => {
      const page = await signedIn(on, 'live')
      await onEveryScreen(page, async () => {
        await unfoldFilters(page)
        await page.getByRole('button', { name: 'Type' }).click()
        await page.getByRole('menuitemcheckbox', { name: 'Call' }).click()
        await page.keyboard.press('Escape')
        await expect.poll(() => page.url()).toContain('type=CALL')
        await expect
          .poll(() => page.locator('.log-type').allInnerTexts(), PATIENCE)
          .satisfy((types: string[]) => types.length > 0 && types.every((type) => type === 'Call'))
        await page.reload()
        await page.getByRole('button', { name: 'Remove the filter Call' }).click(PATIENCE)
        await page.locator('.log-type', { hasText: 'Message' }).first().waitFor(PATIENCE)
      })
    })

    it('takes a log away that a change led out of the filter', async () => {
      const page = await signedIn(on, 'live?status=queued,sending,ringing,in-progress')
      await page.locator('.log').first().waitFor(PATIENCE)
      const shown = await shownIds(page)
      // Whichever of them the server has first under another status.
      const changed = await vi.waitUntil(
        async () => {
          const underWay = await idsUnderWay()
          return shown.find((id) => !underWay.includes(id))
        },
        { ...PATIENCE, interval: 500 },
      )
      await expect.poll(() => shownIds(page), PATIENCE).not.toContain(changed)
    })

    it.each(Object.entries(sizes))(
      'says on a %s when it is offline, how old its data is and what to do, and comes back by itself',
      async (_, size) => {
        const page = await signedIn(on, 'live', size)
        await page.context().setOffline(true)
        const notice = page.locator('.notice', { hasText: 'This device is offline. Connect it again' })
        await notice.getByText(/What you see is \d+ s old\.$/).waitFor(PATIENCE)
        const age = page.locator('.link[data-phase="cut"]').getByText(/^data \d+ s old$/)
        await age.waitFor(PATIENCE)
        // It counts on, and is not read out each second.
        const before = await age.innerText()
        await expect.poll(() => age.innerText(), PATIENCE).not.toBe(before)
        expect(await page.getByRole('status').filter({ hasText: ' old' }).count()).toBe(0)
        expect(await overflow(page)).toBe(0)
        await page.context().setOffline(false)
        await isLive(page)
        expect(await page.getByText('This device is offline.').isVisible()).toBe(false)
      },
    )

    it.each([-10, 10])(
      'says how old things are on a device whose clock is off by %s minutes',
      async (minutes) => {
        const page = await on.browser.newPage()
        await page.addInitScript(`Date = class extends Date {
          constructor(...given) { given.length > 0 ? super(...given) : super(new.target.now()) }
          static now() { return super.now() + ${minutes * 60_000} }
        }`)
        await page.goto(`${on.product.url}live#key=${on.product.key}`)
        await isLive(page)
        const ages = page.locator('.log .time-ago')
        await expect.poll(async () => (await ages.allInnerTexts())[0], PATIENCE).toMatch(/^(now|\d+ s ago)$/)
        await page.getByRole('link', { name: 'Overview' }).first().click()
        await page
          .locator('.source')
          .filter({ hasText: /, \d+ s behind$/ })
          .nth(2)
          .waitFor(PATIENCE)
      },
    )

    it('resumes after the product was killed, with every log once', async () => {
      const page = await signedIn(on, 'live')
      await page.locator('.log').first().waitFor(PATIENCE)
      const before = await on.product.logIds(1)
      await on.product.kill()
      try {
        await page.locator('.link:has-text("Reconnecting")').waitFor(PATIENCE)
      } finally {
        await on.product.run()
      }
      await isLive(page)
      await expect
        .poll(async () => {
          const stored = await on.product.logIds(200)
          const since = stored.slice(0, stored.indexOf(before[0] ?? ''))
          const shown = await shownIds(page)
          const top = shown.slice(0, Math.min(since.length, 12))
          return since.length > 3 && top.every((id, place) => id === since[place])
        }, PATIENCE)
        .toBe(true)
      const shown = await shownIds(page)
      expect(new Set(shown).size).toBe(shown.length)
    })

    /** The newest logs that have not come to their end, as the server has them. */
    async function idsUnderWay(): Promise<readonly string[]> {
      const { logs } = await on.product.ask<{ logs: { nodes: readonly { id: string }[] } }>(
        `{ logs(first: 200, filter: { status: ["queued", "sending", "ringing", "in-progress"] }) { nodes { id } } }`,
      )
      return logs.nodes.map(({ id }) => id)
    }
  },
)

/** Every script that the page loads from now on. */
function scriptsOf(page: Page): readonly Promise<Buffer>[] {
  const scripts: Promise<Buffer>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body())
  })
  return scripts
}

async function gzipped(scripts: readonly Promise<Buffer>[]): Promise<number> {
  return (await Promise.all(scripts)).reduce((sum, script) => sum + gzipSync(script).length, 0)
}

function isFocused(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === element.ownerDocument.activeElement)
}

/** Where the number of the sender stands in a row. */
async function numberAt(page: Page, place: number): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.locator('.log').nth(place).locator('.log-numbers bdi').first().boundingBox()
  if (!box) throw new Error(`Row ${place} is not drawn.`)
  return box
}

/** Other logs are at the top of the list than there were. */
async function movesOn(page: Page, before: readonly string[]): Promise<void> {
  await expect.poll(async () => (await shownIds(page))[0], PATIENCE).not.toBe(before[0])
}
