import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { StartedProduct } from './started-product.js'

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const browserPath = process.env['CHROMIUM_PATH'] ?? BROWSERS.find(existsSync)
if (browserPath === undefined)
  console.warn('The page is not looked at in a browser: no Chromium was found. Set CHROMIUM_PATH to one.')

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
/** Patience with a busy machine, no measure of speed. */
const PATIENCE = { timeout: 90_000 }
const HOSTILE = `<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>"'{{7*7}}javascript:hack()`

describe.skipIf(browserPath === undefined)(
  'the live page (needs Chromium; skipped without it)',
  { timeout: 180_000 },
  () => {
    let product: StartedProduct
    let browser: Browser
    const contexts: BrowserContext[] = []

    beforeAll(async () => {
      product = await StartedProduct.start()
      browser = await chromium.launch({ executablePath: browserPath ?? '', args: FLAGS })
    }, 120_000)

    afterEach(async () => {
      for (const context of contexts.splice(0)) {
        // A query may be under way: closing would tear it off in the middle of its route.
        for (const page of context.pages()) await page.unrouteAll({ behavior: 'ignoreErrors' })
        await context.close()
      }
    })

    afterAll(async () => {
      await browser?.close()
      await product?.end()
    })

    async function newPage(size = { width: 1280, height: 800 }): Promise<Page> {
      const context = await browser.newContext({ viewport: size })
      contexts.push(context)
      return context.newPage()
    }

    async function signedIn(size?: { width: number; height: number }): Promise<Page> {
      const page = await newPage(size)
      await page.goto(product.address)
      await isLive(page)
      return page
    }

    it('opens on the printed address with logs, an alert and its delivery, and takes the key out of the address', async () => {
      const page = await newPage()
      const faults = watch(page, product.url)
      await page.goto(product.address)
      await isLive(page)
      expect(page.url()).toBe(product.url)
      await page.locator('.log').first().waitFor(PATIENCE)
      const before = await shownIds(page)
      await expect.poll(async () => (await shownIds(page)).length, PATIENCE).toBeGreaterThan(before.length)
      await page.locator('.alert:has(.deliveries .tone-good:has-text("delivered"))').first().waitFor(PATIENCE)
      expect(await page.locator('.notice.demo').innerText()).toContain('DEMO')
      expect(await page.locator('.source:has-text("read")').count()).toBe(3)
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
    })

    it('says that a wrong key was refused, and takes the right one', async () => {
      const page = await newPage()
      await page.goto(`${product.url}#key=wrong-key-0123456789`)
      await page.getByRole('alert').filter({ hasText: 'This key was refused' }).waitFor(PATIENCE)
      expect(page.url()).toBe(product.url)
      await page.getByLabel('API key').fill(` ${product.key} `)
      await page.keyboard.press('Enter')
      await isLive(page)
    })

    it('holds the logs still when paused by key, says how many wait, and resumes by button', async () => {
      const page = await signedIn()
      await page.locator('.log').first().waitFor(PATIENCE)
      await page.keyboard.press('Space')
      const resume = page.getByRole('button', { name: /Resume, [1-9]\d* new/ })
      const held = await shownIds(page)
      await resume.waitFor(PATIENCE)
      expect(await shownIds(page)).toEqual(held)
      await resume.click()
      await page.getByRole('button', { name: 'Pause' }).waitFor()
      await expect.poll(async () => (await shownIds(page)).length, PATIENCE).toBeGreaterThan(held.length)
    })

    it('resumes after the product was killed, with every log once', async () => {
      const page = await signedIn()
      await page.locator('.log').first().waitFor(PATIENCE)
      const before = await shownIds(page)
      await product.kill()
      await page.locator('.link:has-text("Reconnecting")').waitFor(PATIENCE)
      await product.run()
      await page.locator('.link:has-text("caught up")').waitFor(PATIENCE)
      await expect
        .poll(async () => (await shownIds(page)).length, PATIENCE)
        .toBeGreaterThan(before.length + 3)
      const stored = await product.logIds(200)
      const since = stored.slice(0, stored.indexOf(before.at(-1) ?? '') + 1)
      expect(since.length).toBeGreaterThan(before.length)
      await expect.poll(async () => missing(since, await shownIds(page)), PATIENCE).toEqual([])
      const shown = await shownIds(page)
      expect(new Set(shown).size).toBe(shown.length)
    })

    it('says so when the device is offline, and comes back by itself', async () => {
      const page = await signedIn()
      await page.context().setOffline(true)
      await page.getByText('This device is offline.').waitFor(PATIENCE)
      await page.locator('.link:has-text("Reconnecting, data is")').waitFor(PATIENCE)
      await page.context().setOffline(false)
      await page.locator('.link:has-text("caught up")').waitFor(PATIENCE)
      expect(await page.getByText('This device is offline.').isVisible()).toBe(false)
    })

    it('shows hostile texts as the texts they are', async () => {
      const page = await newPage()
      const faults = watch(page, product.url)
      await poison(page)
      await page.goto(product.address)
      await page.locator('.log .what', { hasText: HOSTILE }).first().waitFor(PATIENCE)
      await page.locator('.alert h3', { hasText: HOSTILE }).first().waitFor(PATIENCE)
      await page.locator('.notice', { hasText: HOSTILE }).waitFor(PATIENCE)
      expect(await page.evaluate('window.hacked')).toBeUndefined()
      expect(await page.locator('.log img, .alert img, .notice img, [href^="javascript"]').count()).toBe(0)
      expect(faults).toEqual([])
    })

    it.each([360, 390, 768, 1280, 1920])('fits a screen of %i pixels', async (width) => {
      const page = await signedIn({ width, height: 844 })
      await page.locator('.log').first().waitFor(PATIENCE)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      await page.context().setOffline(true)
      await page.locator('.link:has-text("Reconnecting")').waitFor(PATIENCE)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      for (const name of ['Sign out', 'Pause'])
        expect(await page.getByRole('button', { name }).isVisible(), name).toBe(true)
    })
  },
)

async function isLive(page: Page): Promise<void> {
  await page.locator('.link[data-phase="live"]').waitFor(PATIENCE)
}

async function shownIds(page: Page): Promise<readonly string[]> {
  return page.evaluate('[...document.querySelectorAll(".log")].map((row) => row.dataset.id)')
}

function missing(wanted: readonly string[], shown: readonly string[]): readonly string[] {
  return wanted.filter((id) => !shown.includes(id))
}

/** Collects what must not happen: errors, breaches of the content security policy, requests to another host. */
function watch(page: Page, url: string): string[] {
  const faults: string[] = []
  const host = new URL(url).host
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(error.message))
  const check = (address: string): void =>
    void (new URL(address).host !== host && faults.push(`asked ${address}`))
  page.on('request', (request) => check(request.url()))
  page.on('websocket', (socket) => check(socket.url()))
  return faults
}

/** Puts a hostile text in the place of every text that the server answers to a query. */
async function poison(page: Page): Promise<void> {
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch()
    const answer = (await response.json()) as { data: { logs?: { nodes: object[] } } }
    const { nodes } = answer.data.logs ?? { nodes: [] }
    const texts = { errorMessage: HOSTILE, status: HOSTILE, errorCode: HOSTILE, fromNumber: HOSTILE }
    const alert = { id: 'hostile', rule: { name: HOSTILE }, summary: HOSTILE, state: 'FIRING', matchCount: 1 }
    Object.assign(answer.data, {
      health: { demo: false, messages: [HOSTILE], sources: [], version: HOSTILE },
      ...(answer.data.logs && {
        logs: { ...answer.data.logs, nodes: nodes.map((node) => ({ ...node, ...texts })) },
        alerts: {
          feedCursor: (answer.data.logs as { feedCursor?: string }).feedCursor,
          nodes: [{ ...alert, triggeredAt: new Date(0).toISOString(), deliveries: [] }],
        },
      }),
    })
    await route.fulfill({ response, json: answer })
  })
}
