import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { aProductDatabase, testServer } from '../fixtures/empty-database.js'
import { productKey, watching } from '../fixtures/product.js'
import { type SimulatedTwilio, simulatedTwilio } from '../fixtures/simulated-twilio.js'
import { startTcpProxy } from '../fixtures/tcp-proxy.js'
import {
  browserPath,
  everyTroubleOf,
  focusedId,
  onEveryScreen,
  operationOf,
  overflow,
  PATIENCE,
  screens,
  shownIds,
  signedIn,
} from './browser.js'
import { EVENT_NUMBER, EventStream, PER_SECOND } from './event-stream.js'
import { workOf } from './page-work.js'
import { aLog } from './samples.js'
import { aSharedBrowser } from './shared-product.js'
import { StartedProduct } from './started-product.js'

/** As many as the page keeps. */
const ROWS = 50_000
/** How many come while it is watched what they cost. */
const WATCHED = 1_000
/** A machine that is too busy to show them in time on a screen is not given more. */
const MOST = 10_000
/** How many come while a page is cut off. */
const MISSED = 1_000

/** The last that a page shows of what came before it was cut off. */
interface Last {
  readonly newest: number
  readonly count: number
}

describe.skipIf(browserPath === undefined)(
  `the live page while Event Streams bring 500 events a second to a product on ${testServer ? 'PostgreSQL' : 'its embedded database'} (needs Chromium)`,
  { timeout: 240_000 },
  () => {
    const on = aSharedBrowser()
    let twilio: SimulatedTwilio
    let database: Awaited<ReturnType<typeof aProductDatabase>>
    let product: StartedProduct
    let stream: EventStream
    beforeAll(async () => {
      twilio = await simulatedTwilio()
      // What the events tell of is in no list of the account, and so it is not polled again either.
      database = await aProductDatabase()
      product = await StartedProduct.start({
        ...watching(twilio),
        POLL_INTERVAL_SECONDS: '3600',
        API_KEY: productKey,
        SECRET_KEY: 'a secret for the tests',
        ...database.env,
      })
      stream = new EventStream(product.url)
    })
    afterEach(() => on.browser?.clear())
    afterAll(async () => {
      await product?.end()
      await database?.drop()
      await twilio?.stop()
    })

    /** The number of the newest event that is a log. */
    async function newestStored(): Promise<number> {
      const { logs } = await product.ask<{ logs: { nodes: { toNumber: string }[] } }>(
        '{ logs(first: 1) { nodes { toNumber } } }',
      )
      return Number(EVENT_NUMBER.exec(logs.nodes[0]?.toNumber ?? '')?.[1])
    }

    it('stays smooth over 50,000 rows on a desktop and on a phone, can be read and used, and has each event once and in its order', async () => {
      const page = await on.browser.newPage()
      const faults = everyTroubleOf(page, new URL(product.url).host)
      await haveOlderLogs(page)
      await page.goto(`${product.url}live#key=${product.key}`)
      await page.getByText('50,000 logs, newest first').waitFor(PATIENCE)
      const from = stream.sent
      const secondsBefore = product.processorSeconds()
      const readAndUse = async (): Promise<void> => {
        await shows(page, from)
        const pause = page.getByRole('button', { name: 'Pause' })
        const others = page.getByRole('button', { name: /^[1-9][\d,]* new/ })
        const resume = page.getByRole('button', { name: /Resume, [1-9][\d,]* new/ })
        await onEveryScreen(page, async () => {
          const { share, longestTask } = await workOf(page, async () => {
            await shows(page, (await newestShown(page)) + WATCHED)
          })
          // By the processor's time, so also on a busy machine: nothing that the page does keeps a key from being heard for longer than
          // whoever presses it lets pass for at once, and it has time left.
          expect(longestTask).toBeLessThan(200)
          expect(share).toBeLessThan(0.75)
          // By keys too: what is walked through holds still.
          await page.keyboard.press('j')
          await page.keyboard.press('j')
          await others.waitFor(PATIENCE)
          expect(await focusedId(page)).toBe((await shownIds(page))[1])
          await page.keyboard.press('.')
          await others.waitFor({ ...PATIENCE, state: 'detached' })
          await page.locator('.log-list').evaluate((list) => list.scrollTo(0, list.scrollHeight))
          await others.click(PATIENCE)
          await pause.click(PATIENCE)
          await resume.waitFor(PATIENCE)
          // The first of them: how many are drawn hangs on how high the list is, and that on what else the page says.
          const held = (await shownIds(page)).slice(0, 8)
          await page.locator('.log').first().click(PATIENCE)
          await page.getByRole('dialog').getByText('What happened').waitFor(PATIENCE)
          await page.keyboard.press('Escape')
          await page.getByRole('dialog').waitFor({ state: 'detached' })
          expect((await shownIds(page)).slice(0, 8)).toEqual(held)
          await resume.click()
        })
        await pause.click(PATIENCE)
        await resume.waitFor(PATIENCE)
      }
      let isDone = false
      await Promise.all([
        stream.flood(() => isDone || stream.sent - from >= screens.length * MOST),
        readAndUse().finally(() => (isDone = true)),
      ])
      // Ears hear how many came, unless they want to hear each.
      const news = page.getByRole('status').filter({ hasText: /^[1-9][\d,]* new logs, [1-9][\d,]* errors$/ })
      await news.waitFor({ ...PATIENCE, state: 'attached' })
      const log = page.getByRole('log')
      expect(await log.getAttribute('aria-live')).toBe('off')
      await page.keyboard.press('?')
      await page.getByRole('switch', { name: /^Read out the newest three logs/ }).click()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      expect(await log.getAttribute('aria-live')).toBe('polite')
      expect(await news.count()).toBe(0)
      expect(await log.locator('p').allInnerTexts()).toHaveLength(4)
      const waiting = stream.sent - 1 - (await newestShown(page))
      await page.getByRole('button', { name: `Resume, ${waiting.toLocaleString('en')} new` }).click(PATIENCE)
      await onEveryScreen(page, async () => {
        await isWhole(page, { from, upTo: stream.sent })
        expect(await countShown(page)).toBe(ROWS)
      })
      // One processor has room for the product; its embedded database, where there is no other, takes a second one.
      const seconds = product.processorSeconds() - secondsBefore
      expect((seconds * PER_SECOND) / (stream.sent - from)).toBeLessThan(testServer ? 1 : 2)
      expect(faults).toEqual([])
    })

    it('goes on after its socket was cut, on a desktop and on a phone, and says how many events it caught up', async () => {
      const proxy = await startTcpProxy(product.url)
      const behind = { browser: on.browser, product: { url: proxy.url, key: product.key } }
      try {
        const pages = await Promise.all(screens.map(({ size }) => signedIn(behind, 'live', size)))
        const faults = pages.map((page) => everyTroubleOf(page, new URL(proxy.url).host))
        const from = stream.sent
        let enough = from + MOST
        const cutSoon = async (): Promise<readonly Last[]> => {
          for (const page of pages) await shows(page, from)
          proxy.cut()
          enough = stream.sent + MISSED
          return Promise.all(pages.map(lastShown))
        }
        const [had] = await Promise.all([cutSoon(), stream.flood(() => stream.sent >= enough)])
        await expect.poll(newestStored, PATIENCE).toBe(stream.sent - 1)
        proxy.restore()
        const missed = had.map(({ newest }) => stream.sent - 1 - newest)
        await Promise.all(
          pages.map(async (page, place) => {
            const events = `${missed[place]!.toLocaleString('en')} events`
            const said = page.getByText(/^The connection was cut; /)
            expect(await said.innerText(PATIENCE)).toContain(`; ${events} of that time`)
            expect(await page.locator('.link-word').innerText()).toBe(`Caught up ${events}`)
          }),
        )
        for (const [place, page] of pages.entries()) {
          const count = had[place]!.count + missed[place]!
          expect(await countShown(page)).toBe(count)
          await isWhole(page, { from: stream.sent - count, upTo: stream.sent })
          expect(await overflow(page)).toBe(0)
        }
        expect(
          faults.flat().filter((fault) => !/WebSocket|ERR_CONNECTION|ERR_SOCKET_NOT_CONNECTED/.test(fault)),
        ).toEqual([])
      } finally {
        await on.browser.clear()
        await proxy.close()
      }
    })
  },
)

/** Gives the page as many older logs as it keeps, which would take the product minutes to read: the first answer is the test's. */
async function haveOlderLogs(page: Page): Promise<void> {
  const nodes = Array.from({ length: ROWS }, (_, place) => ({
    ...aLog({ id: `older-${place}`, timestamp: new Date(Date.UTC(2026, 0, 1) - place).toISOString() }),
    errorMessage: null,
  }))
  await page.route('**/graphql', async (route) => {
    if (operationOf(route.request()).name !== 'LogPage') return route.fallback()
    const response = await route.fetch()
    const { data } = (await response.json()) as { data: { logs: object } }
    return route.fulfill({ response, json: { data: { logs: { ...data.logs, nodes } } } })
  })
}

/** How many logs are in the list, drawn or not. */
async function countShown(page: Page): Promise<number> {
  return Number((await page.getByText(/^[\d,]+ logs?, newest first$/).innerText()).replace(/\D/g, ''))
}

interface DrawnLog {
  /** From the top of the list. */
  readonly place: number
  /** The number of the event that it came by; null where it came by none. */
  readonly event: number | null
}

function drawnLogs(page: Page): Promise<readonly DrawnLog[]> {
  return page.evaluate(`[...document.querySelectorAll('.log')].map((row) => {
    const [, number] = ${EVENT_NUMBER}.exec(row.textContent) ?? []
    return { place: row.ariaRowIndex - 2, event: number === undefined ? null : Number(number) }
  })`)
}

/** The number of the newest event in the list; -1 where there is none. */
async function newestShown(page: Page): Promise<number> {
  return (await drawnLogs(page))[0]?.event ?? -1
}

/** Resolves once an event of that number or a newer one is on top. */
async function shows(page: Page, event: number): Promise<void> {
  // To look is work for the page too.
  await expect.poll(() => newestShown(page), { ...PATIENCE, interval: 250 }).toBeGreaterThanOrEqual(event)
}

/** What a page shows that is cut off, once all that came before is drawn: that is asked for before the cut is heard of. */
async function lastShown(page: Page): Promise<Last> {
  await page.locator('.link[data-phase="cut"]').waitFor(PATIENCE)
  await page.evaluate(`new Promise((resolve) => {
    setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(resolve)), 200)
  })`)
  return { newest: await newestShown(page), count: await countShown(page) }
}

/**
 * In the end the list begins with the events from the newest to `from`, each once and in its order, as is looked at where they end, in
 * their middle and on top; no more logs are drawn than are in sight.
 */
async function isWhole(
  page: Page,
  { from, upTo }: { readonly from: number; readonly upTo: number },
): Promise<void> {
  await shows(page, upTo - 1)
  const count = upTo - from
  for (const place of [count - 1, Math.floor(count / 2), 0]) {
    await page
      .locator('.log-list')
      .evaluate((list, to) => list.scrollTo(0, (list.scrollHeight * to) / list.ariaRowCount), place)
    await page.locator(`.log[aria-rowindex="${place + 2}"]`).waitFor(PATIENCE)
    const drawn = await drawnLogs(page)
    expect(drawn).toEqual(
      drawn.map((row) => ({ place: row.place, event: row.place < count ? upTo - 1 - row.place : null })),
    )
    expect(drawn.length).toBeLessThan(80)
  }
}
