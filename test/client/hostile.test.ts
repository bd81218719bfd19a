import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { browserPath, everyTroubleOf, newName, onEveryScreen, PATIENCE, screens, visit } from './browser.js'
import { HOSTILE, HOSTILE_MOMENT, HOSTILE_URL, poison } from './hostile.js'
import { makeReceiver, sendTo } from './receivers.js'
import { aProductToVisit } from './shared-product.js'

describe.skipIf(browserPath === undefined)('a hostile text (needs Chromium)', { timeout: 240_000 }, () => {
  const on = aProductToVisit()
  let page: Page
  let faults: readonly string[]

  beforeAll(async () => {
    page = await on.browser.newPage()
    faults = everyTroubleOf(page, new URL(on.product.url).host)
    await poison(page)
    await page.goto(`${on.product.url}#key=${on.product.key}`)
  })

  it.each(screens)(
    'is shown as the text it is on every page of $screen, its address leads nowhere, and it fits',
    async ({ size }) => {
      await page.setViewportSize(size)
      // What these show is the product's own; what the explorer is answered comes below.
      const own = new Set([
        'settings/configuration',
        'settings/retention',
        'rules/new',
        'graphiql',
        'nowhere',
      ])
      for (const { path } of on.pages.filter((one) => !own.has(one.path))) {
        await visit(page, path)
        const shown = page.locator('main, dialog')
        const texts = shown.getByText(HOSTILE).or(shown.getByText(HOSTILE_URL))
        await texts.locator('visible=true').first().waitFor(PATIENCE)
        expect({ path, ...(await harmOf(page)) }).toEqual({ path, ...NONE })
      }
    },
  )

  it.each(screens)('is so in a log on $screen with all that leads on from it', async ({ size }) => {
    await page.setViewportSize(size)
    await visit(page, 'logs?code=30003,30005,30006,30007,30008')
    await page.locator('.log').first().click(PATIENCE)
    const drawer = page.getByRole('dialog')
    await drawer.getByText(HOSTILE).first().waitFor(PATIENCE)
    // Both would be links, had they an address of the web.
    await drawer.getByText('Open at Twilio').click()
    await drawer.getByText('Twilio about this error').click()
    expect(await drawer.locator('.raw').innerText()).toContain(HOSTILE_URL)
    expect(await harmOf(page)).toEqual(NONE)
  })

  it('is so in what was changed, even where it looks like a time and is none', async () => {
    await visit(page, 'settings/audit')
    const entry = page.locator('.audit-entry').first()
    await entry.locator('summary').click(PATIENCE)
    await onEveryScreen(page, async () => {
      await entry.locator('ins', { hasText: HOSTILE_MOMENT }).waitFor(PATIENCE)
      expect(await entry.locator('del').innerText()).toContain(HOSTILE)
      expect(await harmOf(page)).toEqual(NONE)
    })
  })

  it('is so in an answer that the explorer shows', async () => {
    await visit(page, 'graphiql')
    await page.getByRole('button', { name: 'Examples' }).click(PATIENCE)
    await page.getByRole('menuitem', { name: 'Newest failed messages' }).click(PATIENCE)
    await page.getByRole('button', { name: /^Run/ }).click(PATIENCE)
    await onEveryScreen(page, async () => {
      await page.locator('.pane-answer').getByText('<img src=x onerror=').first().waitFor(PATIENCE)
      expect(await harmOf(page)).toEqual(NONE)
    })
  })

  it('is so in what comes by the live socket, in notices too', async () => {
    await visit(page, 'live')
    await page.locator('.log').first().waitFor(PATIENCE)
    const [known] = await on.product.logIds(1)
    const row = page.locator(`.log:not([data-id="${known}"])`).first()
    await expect.poll(() => page.locator('.log').first().getAttribute('data-id'), PATIENCE).not.toBe(known)
    expect(await row.innerText()).toContain(HOSTILE)
    await on.product.ask(`mutation {
      createRule(
        input: { name: "Any", logType: MESSAGE, patternType: STATUS, patternValue: "sent", cooldownMinutes: 60 }
      ) { rule { id } }
    }`)
    await page.locator('.toast').getByText(HOSTILE).first().waitFor(PATIENCE)
    await onEveryScreen(page, async () => expect(await harmOf(page)).toEqual(NONE))
  })

  it('is so where the product itself took and stored it', async () => {
    const { url } = await makeReceiver(on.product, newName('strangers'))
    const event = { id: newName('job'), status: 'failed', message: HOSTILE, url: HOSTILE_URL }
    expect(await sendTo(url, event)).toBe(202)
    const stored = await on.browser.newPage()
    const found = stored.locator('.log', { hasText: HOSTILE })
    await stored.goto(`${on.product.url}#key=${on.product.key}`)
    await visit(stored, 'logs?type=custom')
    await found.first().click(PATIENCE)
    const drawer = stored.getByRole('dialog')
    await onEveryScreen(stored, async () => {
      await drawer.locator('.raw', { hasText: HOSTILE_URL }).waitFor(PATIENCE)
      expect(await drawer.getByText(HOSTILE).count()).toBeGreaterThan(0)
      expect(await harmOf(stored)).toEqual(NONE)
    })
  })

  it('makes nobody complain', () => {
    expect(faults).toEqual([])
  })
})

interface Harm {
  /** Whether anything hostile ran. */
  readonly ran: boolean
  /** Those that only a hostile text can have made or armed. */
  readonly elements: readonly string[]
  /** By how many pixels the page, or what lies over it or scrolls in it, is wider than its room. */
  readonly tooWide: number
}

const NONE: Harm = { ran: false, elements: [], tooWide: 0 }

async function harmOf(page: Page): Promise<Harm> {
  return page.evaluate(`({
    tooWide: Math.max(...[...document.querySelectorAll('html, dialog, .dialog-body, .log-list, .toasts')]
      .map((one) => one.scrollWidth - one.clientWidth)),
    ran: 'hacked' in window,
    elements: [...document.querySelectorAll('main img, dialog img, .toasts img, [href], [src], [action]')]
      .filter((one) => one.matches('main img, dialog img, .toasts img') ||
        ['href', 'src', 'action'].some((name) => /^\\s*javascript:/i.test(one.getAttribute(name) ?? '')))
      .map((one) => one.outerHTML.slice(0, 200)),
  })`)
}
