import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  browserPath,
  everyTroubleOf,
  isLive,
  PATIENCE,
  seriousFaults,
  sizes,
  TestBrowser,
} from './browser.js'
import { startFloodServer } from './flood-server.js'
import { HOSTILE, poison } from './hostile.js'
import { StartedProduct } from './started-product.js'

describe.skipIf(browserPath === undefined)(
  'the dashboard (needs Chromium; skipped without it)',
  { timeout: 240_000 },
  () => {
    let product: StartedProduct
    let browser: TestBrowser

    beforeAll(async () => {
      product = await StartedProduct.start()
      browser = await TestBrowser.open()
    }, 120_000)
    afterEach(() => browser?.clear())
    afterAll(async () => {
      await browser?.close()
      await product?.end()
    })

    async function signedIn(path = ''): Promise<Page> {
      const page = await browser.newPage()
      await page.goto(`${product.url}${path}#key=${product.key}`)
      await isLive(page)
      return page
    }

    it('opens on the printed address, and takes the key out of it', async () => {
      const page = await browser.newPage()
      const faults = everyTroubleOf(page, new URL(product.url).host)
      const scripts = scriptsOf(page)
      await page.goto(product.address)
      await isLive(page)
      expect(page.url()).toBe(product.url)
      await page.locator('.notice-demo', { hasText: 'DEMO' }).waitFor(PATIENCE)
      await expect.poll(() => page.locator('.source:has-text("read")').count(), PATIENCE).toBe(3)
      await page.locator('.overview .plot canvas').first().waitFor(PATIENCE)
      expect(await gzipped(scripts)).toBeLessThan(200_000)
      expect(faults).toEqual([])
    })

    it('keeps the session over a reload, and forgets it on signing out', async () => {
      const page = await signedIn()
      await page.reload()
      await isLive(page)
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByLabel('API key').waitFor()
      await page.reload()
      await page.getByLabel('API key').waitFor()
      expect(await seriousFaults(page)).toEqual([])
    })

    it('says that a wrong key was refused, and takes the right one', async () => {
      const page = await browser.newPage({ size: sizes.phone })
      await page.goto(`${product.url}logs#key=wrong-key-0123456789`)
      await page.getByRole('alert').filter({ hasText: 'This key was refused' }).waitFor(PATIENCE)
      expect(page.url()).toBe(`${product.url}logs`)
      await page.getByLabel('API key').fill(` ${product.key} `)
      await page.keyboard.press('Enter')
      await isLive(page)
    })

    it('shows each chart as a table too', async () => {
      const page = await signedIn()
      await page.getByRole('button', { name: 'Logs over time: show as table' }).click(PATIENCE)
      const table = page.getByRole('region', { name: 'Logs over time' }).getByRole('table')
      await table.waitFor()
      expect(await table.getByRole('row').count()).toBeGreaterThan(10)
      await page.getByRole('button', { name: 'Logs over time: show as chart' }).click()
      await page.locator('.overview-wide canvas').waitFor()
    })

    it('goes everywhere by keys, and lists them', async () => {
      const page = await signedIn()
      await page.keyboard.press('g')
      await page.keyboard.press('l')
      await page.locator('.log').first().waitFor(PATIENCE)
      expect(new URL(page.url()).pathname).toBe('/logs')
      await page.keyboard.press('?')
      const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
      await list.getByText('Next row').waitFor()
      expect(await seriousFaults(page)).toEqual([])
      await page.keyboard.press('Escape')
      await list.waitFor({ state: 'detached' })
      await page.keyboard.press('/')
      expect(await page.evaluate('document.activeElement.type')).toBe('search')
      await page.keyboard.press('Escape')
      await page.keyboard.press('j')
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').getByText('What happened').waitFor(PATIENCE)
      expect(page.url()).toContain('log=')
    })

    it('has every choice of a phone within reach of a keyboard, and the focus on the page that was gone to', async () => {
      const page = await browser.newPage({ size: sizes.phone })
      await page.goto(`${product.url}#key=${product.key}`)
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
      expect(await seriousFaults(page)).toEqual([])
      await more.getByRole('link', { name: 'Rules' }).press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Rules' }).waitFor(PATIENCE)
      await more.waitFor({ state: 'detached' })
      expect(await isFocused(page.locator('main'))).toBe(true)
    })

    it('holds the logs still when paused by key, says how many wait, and goes on by button', async () => {
      const page = await signedIn('live')
      await page.locator('.log').first().waitFor(PATIENCE)
      await page.keyboard.press('Space')
      const resume = page.getByRole('button', { name: /Resume, [1-9]\d* new/ })
      const held = await shownIds(page)
      await resume.waitFor(PATIENCE)
      expect(await shownIds(page)).toEqual(held)
      await resume.click()
      await page.getByRole('button', { name: 'Pause' }).waitFor()
      await expect.poll(async () => (await shownIds(page))[0], PATIENCE).not.toBe(held[0])
    })

    it('lets the server filter the stream, and keeps the filter in the address', async () => {
      const page = await signedIn('live')
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

    it('takes a log away that a change led out of the filter', async () => {
      const page = await signedIn('live?status=queued,sending,ringing,in-progress')
      await page.locator('.log').first().waitFor(PATIENCE)
      const [first = ''] = await shownIds(page)
      await expect.poll(() => shownIds(page), PATIENCE).not.toContain(first)
    })

    it('tells all about a log, and leads to a rule for it', async () => {
      const page = await signedIn('logs?status=failed,undelivered')
      await page.locator('.log').first().click(PATIENCE)
      const drawer = page.getByRole('dialog')
      await drawer.getByText('What happened').waitFor(PATIENCE)
      await drawer.locator('.timeline li').first().waitFor()
      expect(JSON.parse(await drawer.locator('.raw').innerText())).toHaveProperty('sid')
      expect(await seriousFaults(page)).toEqual([])
      await drawer.getByRole('link', { name: 'Alert me on this' }).click()
      await expect.poll(() => page.url(), PATIENCE).toMatch(/\/rules\/new\?.*patternType=(ERROR_CODE|STATUS)/)
    })

    it('filters by what is behind "More", and takes a search and a filter that is picked meanwhile', async () => {
      const page = await signedIn('logs')
      const filters = page.locator('.log-filters')
      await filters.getByRole('button', { name: 'More' }).click()
      await page.getByRole('textbox', { name: 'Error codes' }).fill('30003, 30005')
      await page.keyboard.press('Enter')
      await filters.getByRole('button', { name: 'Remove the filter Code 30005' }).waitFor()
      expect(page.url()).toContain('code=30003%2C30005')
      const search = filters.getByRole('searchbox')
      await search.pressSequentially('order ')
      await filters.getByRole('button', { name: 'Remove the filter Code 30003' }).click()
      await expect.poll(() => page.url()).toContain('q=order')
      expect(page.url()).toContain('code=30005')
      expect(await search.inputValue()).toBe('order ')
    })

    it('reads the history anew when it is told to, and goes on after a page that failed', async () => {
      const page = await signedIn('logs')
      await page.locator('.log').first().waitFor(PATIENCE)
      const [first = ''] = await shownIds(page)
      await expect.poll(() => product.logIds(1), PATIENCE).not.toEqual([first])
      await page.getByRole('button', { name: 'Refresh' }).click()
      await expect.poll(async () => (await shownIds(page))[0], PATIENCE).not.toBe(first)
      let asked = 0
      await page.route('**/graphql', (route) => {
        if (!/query LogPage.*"after":"/s.test(route.request().postData() ?? '')) return route.fallback()
        asked += 1
        return route.fulfill({
          json: { errors: [{ message: 'Not now.', extensions: { code: 'BAD_USER_INPUT' } }] },
        })
      })
      const toEnd = () => page.locator('.log-list').evaluate((list) => list.scrollTo(0, list.scrollHeight))
      await toEnd()
      await page.getByText('the next could not be loaded: Not now.').waitFor(PATIENCE)
      await page.locator('.log-list').evaluate((list) => list.scrollBy(0, -200))
      await toEnd()
      expect(asked).toBe(1)
      await page.unroute('**/graphql')
      await page.getByRole('button', { name: 'Try again' }).click()
      await page.getByText(/^[2-9]\d\d shown/).waitFor(PATIENCE)
    })

    it('exports what the filter shows', async () => {
      const page = await signedIn('logs?type=MESSAGE&q=is')
      await page.locator('.log').first().waitFor(PATIENCE)
      await page.getByRole('button', { name: 'Export' }).click()
      const saved = page.waitForEvent('download', PATIENCE)
      await page.getByRole('menuitem', { name: /CSV/ }).click()
      const lines = (await readFile(await (await saved).path(), 'utf8')).trim().split('\r\n')
      expect(lines[0]).toContain('timestamp,logType,status')
      expect(lines.length).toBeGreaterThan(1)
      await page
        .getByText(/logs? exported/)
        .first()
        .waitFor(PATIENCE)
    })

    it('stays smooth at 500 logs a second and 50,000 rows, and goes on after a cut where it was', async () => {
      const server = await startFloodServer()
      try {
        const page = await browser.newPage()
        const faults = everyTroubleOf(page, new URL(server.url).host)
        await page.goto(`${server.url}live#key=${product.key}`)
        await expect.poll(() => server.after, PATIENCE).toEqual(['0'])
        server.send(50_000)
        await page.getByText('50,000 logs, newest first').waitFor(PATIENCE)
        const delays = await whileFlooded(() => server.send(10), page)
        expect(await page.locator('.log').count()).toBeLessThan(80)
        const worst = delays.toSorted((one, other) => one - other)[Math.floor(delays.length * 0.95)] ?? 0
        console.info(
          `500 logs a second over 50,000 rows: the page answers within ${Math.round(worst)} ms (p95).`,
        )
        // The aim is 100 ms; a machine that runs all tests at once is given more.
        expect(worst).toBeLessThan(400)
        await page.locator(`[data-id="${server.newest()}"]`).waitFor(PATIENCE)
        const [place] = /\d+$/.exec(server.newest()) ?? []
        server.cut()
        server.send(7)
        await page.getByText('7 events of that time came after it').waitFor(PATIENCE)
        await page.locator(`[data-id="${server.newest()}"]`).waitFor(PATIENCE)
        expect(server.after.at(-1)).toBe(String(Number(place) + 1))
        expect(faults.filter((fault) => !fault.includes('WebSocket'))).toEqual([])
      } finally {
        await browser.clear()
        await server.close()
      }
    })

    it('shows hostile texts as the texts they are', async () => {
      const page = await browser.newPage()
      const faults = everyTroubleOf(page, new URL(product.url).host)
      await poison(page)
      for (const path of ['', 'live', 'logs']) {
        await page.goto(`${product.url}${path}#key=${product.key}`)
        await page.getByText(HOSTILE).first().waitFor(PATIENCE)
      }
      await page.locator('.log').first().click()
      await page.getByRole('dialog').getByText(HOSTILE).first().waitFor(PATIENCE)
      expect(await page.evaluate('window.hacked')).toBeUndefined()
      expect(await page.locator('main img, dialog img, [href^="javascript"]').count()).toBe(0)
      expect(faults).toEqual([])
    })

    it('says so when the device is offline, and comes back by itself', async () => {
      const page = await signedIn('live')
      await page.context().setOffline(true)
      await page.getByText('This device is offline.').waitFor(PATIENCE)
      await page.locator('.link[data-phase="cut"]').waitFor(PATIENCE)
      await page.context().setOffline(false)
      await isLive(page)
      expect(await page.getByText('This device is offline.').isVisible()).toBe(false)
    })

    // Last, because it ends the product.
    it('resumes after the product was killed, with every log once', async () => {
      const page = await signedIn('live')
      await page.locator('.log').first().waitFor(PATIENCE)
      const before = await product.logIds(1)
      await product.kill()
      await page.locator('.link:has-text("Reconnecting")').waitFor(PATIENCE)
      await product.run()
      await isLive(page)
      await expect
        .poll(async () => {
          const stored = await product.logIds(200)
          const since = stored.slice(0, stored.indexOf(before[0] ?? ''))
          const shown = await shownIds(page)
          const top = shown.slice(0, Math.min(since.length, 12))
          return since.length > 3 && top.every((id, place) => id === since[place])
        }, PATIENCE)
        .toBe(true)
      const shown = await shownIds(page)
      expect(new Set(shown).size).toBe(shown.length)
    })
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

async function shownIds(page: Page): Promise<readonly string[]> {
  return page.evaluate('[...document.querySelectorAll(".log")].map((row) => row.dataset.id)')
}

/** For two seconds `send` is called every 20 ms; meanwhile how long the page takes to come round to something new, in milliseconds. */
async function whileFlooded(send: () => void, page: Page): Promise<readonly number[]> {
  const timer = setInterval(send, 20)
  try {
    return (await page.evaluate(`(async () => {
      const delays = []
      const until = performance.now() + 2000
      while (performance.now() < until) {
        const from = performance.now()
        await new Promise((resolve) => setTimeout(resolve, 10))
        delays.push(performance.now() - from - 10)
      }
      return delays
    })()`)) as readonly number[]
  } finally {
    clearInterval(timer)
  }
}
