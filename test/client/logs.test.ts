import { readFile } from 'node:fs/promises'
import Papa from 'papaparse'
import type { Page } from 'playwright-core'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  browserPath,
  couldBePressed,
  onEveryScreen,
  operationOf,
  overflow,
  PATIENCE,
  screens,
  seriousFaults,
  shownIds,
  signedIn,
  sizes,
  unfoldFilters,
  unfoldMenu,
  visit,
} from './browser.js'
import { aSharedProduct } from './shared-product.js'

interface StoredLog {
  readonly id: string
  readonly twilioSid: string
  readonly status: string | null
  readonly text: string | null
  readonly fromNumber: string | null
  readonly toNumber: string | null
  readonly rawData: unknown
}

describe.skipIf(browserPath === undefined)('the stored logs (needs Chromium)', { timeout: 240_000 }, () => {
  const on = aSharedProduct()
  /** Ten minutes that are over, as fields for dates take them: nothing comes to them any more. */
  let past: { readonly since: string; readonly until: string }

  beforeAll(async () => {
    await vi.waitUntil(() => on.product.isRead(), { ...PATIENCE, interval: 500 })
    const [newest] = (await storedBy({}, 1)).map(({ timestamp }) => Date.parse(timestamp))
    const minute = (before: number): string =>
      new Date((newest ?? 0) - before * 60_000).toISOString().slice(0, 16)
    past = { since: minute(40), until: minute(30) }
  })
  afterEach(() => on.browser?.clear())

  /** All that the API has by a filter, newest first. */
  async function storedBy(
    filter: object,
    most = Infinity,
  ): Promise<readonly (StoredLog & { timestamp: string })[]> {
    const found: (StoredLog & { timestamp: string })[] = []
    for (let after: string | null = null; found.length < most;) {
      const { logs }: { logs: LogPage } = await on.product.ask(STORED, {
        filter,
        first: Math.min(most, 200),
        after,
      })
      found.push(...logs.nodes)
      if (!logs.pageInfo.hasNextPage) break
      after = logs.pageInfo.endCursor
    }
    return found
  }

  const inPast = (filter: object = {}) =>
    storedBy({ ...filter, since: `${past.since}:00Z`, until: `${past.until}:00Z` })
  async function fillBetween(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Between' }).click()
    await page.getByLabel('From', { exact: true }).fill(past.since)
    await page.getByLabel('To', { exact: true }).fill(past.until)
    await expect.poll(() => new URL(page.url()).searchParams.get('until'), PATIENCE).toContain(past.until)
  }

  const idsOf = (logs: readonly StoredLog[]): readonly string[] => logs.map(({ id }) => id)
  const pastIn = (path: string): string => `${path}&since=${past.since}Z&until=${past.until}Z`

  it('are read between two moments of the chosen zone, page after page, each once and in their order', async () => {
    const page = await signedIn(on, 'logs')
    await page.getByRole('button', { name: 'UTC' }).click()
    await fillBetween(page)
    const stored = idsOf(await inPast())
    expect(stored.length).toBeGreaterThan(100)
    await page.getByRole('heading', { name: 'Logs' }).waitFor()
    const count = stored.length.toLocaleString('en')
    for (const { size } of screens) {
      // As high as this it need not be scrolled so often.
      await page.setViewportSize({ ...size, height: 2400 })
      // Nothing is loaded yet then but what its address asks for.
      await page.reload()
      await page.getByText(`${count} logs`, { exact: true }).waitFor(PATIENCE)
      expect(await scrolledThrough(page)).toEqual(stored)
      await page.getByText(`${count} shown, that is all`).waitFor(PATIENCE)
      await unfoldFilters(page)
      expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe(past.until)
    }
  })

  it('say on a phone when each was, by the clock, and have room', async () => {
    const page = await signedIn(on, pastIn('logs?'), sizes.phone)
    await page.locator('.log').nth(5).waitFor(PATIENCE)
    for (const row of (await page.locator('.log').all()).slice(0, 6)) {
      const clock = row.locator('.time-clock')
      const at = (await row.locator('time').getAttribute('datetime')) ?? ''
      expect(await clock.isVisible()).toBe(true)
      expect(await clock.innerText()).toContain(new Date(at).toLocaleTimeString('en-GB').slice(0, 5))
    }
    const cut = await page
      .locator('.log > :is(.log-time, .log-type, .log-status)')
      .evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).length)
    expect(cut).toBe(0)
    expect(await overflow(page)).toBe(0)
  })

  it('are filtered by what is behind “More”: numbers, SID and codes, all at once', async () => {
    const failed = await inPast({ logType: ['MESSAGE'], errorCode: CODES })
    const log = failed.findLast(({ fromNumber, toNumber }) => fromNumber && toNumber)
    const { fromNumber, toNumber, twilioSid = '' } = log ?? {}
    const page = await signedIn(on, pastIn('logs?'))
    const filters = page.getByRole('search')
    const steps: readonly (readonly [name: string, text: string, filter: object])[] = [
      ['Error codes', CODES.join(', '), { errorCode: CODES }],
      ['From', fromNumber ?? '', { fromNumber }],
      ['To', toNumber ?? '', { toNumber }],
      ['SID', twilioSid, { twilioSid: [twilioSid] }],
    ]
    await onEveryScreen(page, async () => {
      await unfoldFilters(page)
      let filter = {}
      for (const [name, text, part] of steps) {
        await fillMore(page, name, text)
        filter = { ...filter, ...part }
        const stored = idsOf(await inPast(filter))
        const count = stored.length === 1 ? '1 log' : `${stored.length} logs`
        await page.getByText(count, { exact: true }).waitFor(PATIENCE)
        // No more than are drawn.
        await expect
          .poll(async () => (await shownIds(page)).slice(0, 8), PATIENCE)
          .toEqual(stored.slice(0, 8))
      }
      expect(await shownIds(page)).toEqual([log?.id])
      await filters.getByRole('button', { name: `Remove the filter Code ${CODES[0]}` }).waitFor()
      await filters.getByRole('button', { name: 'Clear all' }).click()
      await expect.poll(async () => (await shownIds(page)).length, PATIENCE).toBeGreaterThan(1)
      // On a phone the span stands among what is cleared.
      const until = new URL(page.url()).searchParams.get('until')
      expect(until === null).toBe(page.viewportSize()?.width === sizes.phone.width)
    })
  })

  it('are found on a phone between two moments and by their codes, and exported as CSV', async () => {
    const stored = await inPast({ logType: ['MESSAGE'], errorCode: CODES })
    const page = await signedIn(on, 'logs?type=MESSAGE', sizes.phone)
    await unfoldMenu(page)
    await page.getByRole('button', { name: 'UTC' }).click()
    await page.keyboard.press('Escape')
    await unfoldFilters(page)
    await fillBetween(page)
    await fillMore(page, 'Error codes', CODES.join(', '))
    await page
      .getByText(stored.length === 1 ? '1 log' : `${stored.length} logs`, { exact: true })
      .waitFor(PATIENCE)
    await expect.poll(async () => (await shownIds(page))[0], PATIENCE).toBe(stored[0]?.id)
    expect(inCsv(await exported(page, /CSV/)).map(({ id }) => id)).toEqual(idsOf(stored))
    expect(await overflow(page)).toBe(0)
  })

  it('are filtered on a phone from one row, as other lists are: a button opens the rest, and says how much is set', async () => {
    const page = await signedIn(on, pastIn('logs?type=MESSAGE&status=failed,undelivered'), sizes.phone)
    const filters = page.getByRole('search')
    const status = filters.getByRole('button', { name: /^Status/ })
    const chips = filters.getByRole('button', { name: /^Remove the filter / })
    expect(await chips.count()).toBe(4)
    await filters.getByRole('button', { name: 'Filters (4)', expanded: false }).press('Enter')
    await status.waitFor()
    await filters.getByRole('button', { name: 'All', exact: true }).click()
    await filters.getByRole('button', { name: 'Filters (3)', expanded: true }).press('Enter')
    await status.waitFor({ state: 'detached' })
    await visit(page, 'logs?since=24h&q=order')
    await filters.getByRole('button', { name: 'Filters (2)', exact: true }).waitFor(PATIENCE)
    expect(await chips.allInnerTexts()).toEqual(['“order”', 'Last 24 h'])
    for (const path of ['live', 'logs', 'alerts', 'deliveries', 'actions', 'settings/audit']) {
      await visit(page, path)
      await filters.getByRole('button', { name: 'Filters', exact: true }).waitFor(PATIENCE)
      expect((await filters.boundingBox())?.height, path).toBeLessThan(TWO_ROWS_PX)
    }
  })

  it('lead back to all of them where none matches', async () => {
    const page = await signedIn(on, 'nowhere')
    await onEveryScreen(page, async () => {
      await visit(page, 'logs?sid=SM0&since=1h')
      await page.getByRole('button', { name: 'Show all logs' }).click(PATIENCE)
      await page.locator('.log').first().waitFor(PATIENCE)
      expect(new URL(page.url()).search).toBe('')
    })
  })

  it('take a search and a filter that is picked meanwhile', async () => {
    const page = await signedIn(on, 'logs?code=30003,30005')
    const filters = page.getByRole('search')
    const search = filters.getByRole('searchbox')
    await search.pressSequentially('order ')
    await filters.getByRole('button', { name: 'Remove the filter Code 30003' }).click()
    await expect.poll(() => page.url()).toContain('q=order')
    expect(page.url()).toContain('code=30005')
    expect(await search.inputValue()).toBe('order ')
  })

  it('are exported as the filter has them: whole as JSON, and as CSV', async () => {
    const stored = await inPast({ logType: ['MESSAGE'], search: 'is' })
    expect(stored.length).toBeGreaterThan(1)
    const page = await signedIn(on, pastIn('logs?type=MESSAGE&q=is'))
    await page.locator('.log').first().waitFor(PATIENCE)
    const told = page.getByText(`${stored.length.toLocaleString('en')} logs exported`)
    expect(JSON.parse(await exported(page, /JSON/))).toMatchObject(stored)
    await told.first().waitFor(PATIENCE)
    const data = inCsv(await exported(page, /CSV/))
    expect(data.map(({ id, twilioSid, status, text }) => ({ id, twilioSid, status, text }))).toEqual(
      stored.map(({ id, twilioSid, status, text }) => ({ id, twilioSid, status, text })),
    )
    // A number begins with a plus, and would be a formula.
    expect(data.map(({ toNumber }) => toNumber)).toEqual(stored.map(({ toNumber }) => `'${toNumber}`))
  })

  it('are exported where a page failed: on from there, or in the part that was read, or not at all', async () => {
    const stored = idsOf(await inPast({ logType: ['MESSAGE'] }))
    const few = Math.ceil(stored.length / 3)
    const page = await signedIn(on, pastIn('logs?type=MESSAGE'))
    let isAway = true
    await page.route('**/graphql', (route) => {
      const asked = route.request().postDataJSON() as { variables: { after?: unknown } }
      if (operationOf(route.request()).name !== 'LogExport') return route.fallback()
      if (isAway && asked.variables.after) return route.fulfill({ json: REFUSAL })
      return route.continue({ postData: { ...asked, variables: { ...asked.variables, first: few } } })
    })
    await page.getByText(`${stored.length} logs`, { exact: true }).waitFor(PATIENCE)
    const stopped = page.getByRole('dialog', { name: 'The export stopped' })
    const button = (name: string) => stopped.getByRole('button', { name, exact: true })
    const begin = async (): Promise<void> => {
      isAway = true
      await page.getByRole('button', { name: 'Export' }).click()
      await page.getByRole('menuitem', { name: /JSON/ }).click()
      await stopped.getByText(`${few} of ${stored.length} read. Not now.`).waitFor(PATIENCE)
    }
    const idsIn = (text: string): readonly string[] => idsOf(JSON.parse(text) as readonly StoredLog[])
    await onEveryScreen(page, async () => {
      await begin()
      for (const name of ['Discard', 'Save the part', 'Go on']) await couldBePressed(button(name))
      expect(await seriousFaults(page, 'dialog[open]')).toEqual([])
      const part = await savedBy(page, () => button('Save the part').click())
      expect(idsIn(part.text)).toEqual(stored.slice(0, few))
      expect(part.name).toContain('-incomplete.json')
      await begin()
      await button('Discard').click()
      await stopped.waitFor({ state: 'detached' })
      await begin()
      isAway = false
      const whole = await savedBy(page, () => button('Go on').click())
      expect(idsIn(whole.text)).toEqual(stored)
      expect(whole.name).not.toContain('incomplete')
    })
  })

  it('are read anew when they are told to, and go on after a page that failed', async () => {
    const page = await signedIn(on, 'logs')
    await page.locator('.log').first().waitFor(PATIENCE)
    const [first = ''] = await shownIds(page)
    await expect.poll(() => on.product.logIds(1), PATIENCE).not.toEqual([first])
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect.poll(async () => (await shownIds(page))[0], PATIENCE).not.toBe(first)
    const asked: unknown[] = []
    let isAway = true
    await page.route('**/graphql', (route) => {
      const { after } = (route.request().postDataJSON() as { variables: { after?: unknown } }).variables
      if (operationOf(route.request()).name !== 'LogPage' || !after) return route.fallback()
      asked.push(after)
      if (!isAway) return route.fallback()
      return route.fulfill({ json: REFUSAL })
    })
    const toEnd = () => page.locator('.log-list').evaluate((list) => list.scrollTo(0, list.scrollHeight))
    await toEnd()
    await page.getByText('the next could not be loaded: Not now.').waitFor(PATIENCE)
    await page.locator('.log-list').evaluate((list) => list.scrollBy(0, -200))
    await toEnd()
    isAway = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText(/^[2-9]\d\d shown/).waitFor(PATIENCE)
    // Once by scrolling, and once more by the button only, however often it was scrolled.
    expect(asked.filter((after) => after === asked[0])).toHaveLength(2)
  })
})

/** No failure that heals by itself, so that nothing is asked again unless the reader wants it. */
const REFUSAL = { errors: [{ message: 'Not now.', extensions: { code: 'BAD_USER_INPUT' } }] }

/** Of buttons, or fields, on one another. */
const TWO_ROWS_PX = 72

/** Such as messages of a demo fail with. */
const CODES = ['30003', '30005', '30006', '30007', '30008']

interface LogPage {
  readonly nodes: readonly (StoredLog & { readonly timestamp: string })[]
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
}

const STORED = `query ($filter: LogFilter, $first: Int!, $after: String) {
  logs(filter: $filter, first: $first, after: $after) {
    nodes { id twilioSid timestamp status text fromNumber toNumber rawData }
    pageInfo { endCursor hasNextPage }
  }
}`

/** Fills a field of what is behind “More”. */
async function fillMore(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole('search').getByRole('button', { name: 'More' }).click()
  await page.locator('.log-more').getByRole('textbox', { name, exact: true }).fill(text)
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.locator('.log-more').waitFor({ state: 'detached' })
}

/** The text of the file that an export makes. */
async function exported(page: Page, format: RegExp): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click()
  const { text } = await savedBy(page, () => page.getByRole('menuitem', { name: format }).click())
  return text
}

/** The file that is saved by what is done. */
async function savedBy(
  page: Page,
  act: () => Promise<void>,
): Promise<{ readonly name: string; readonly text: string }> {
  const saved = page.waitForEvent('download', PATIENCE)
  await act()
  const file = await saved
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

function inCsv(text: string): readonly StoredLog[] {
  const { data, errors } = Papa.parse<StoredLog>(text, { header: true, skipEmptyLines: true })
  expect(errors).toEqual([])
  return data
}

/** Every log of the list in its order, by scrolling down until it says that this is all. */
async function scrolledThrough(page: Page): Promise<readonly string[]> {
  const seen: string[] = []
  const list = page.locator('.log-list')
  await list.locator('.log').first().waitFor(PATIENCE)
  for (;;) {
    // All in one look: more may be loaded between two.
    const { drawn, count, isAll } = await page.evaluate<Drawn>(`({
      drawn: [...document.querySelectorAll('.log')].map((row) => [row.ariaRowIndex - 2, row.dataset.id]),
      count: document.querySelector('.log-list').ariaRowCount - 1,
      isAll: document.querySelector('main').innerText.includes('that is all'),
    })`)
    for (const [place, id] of drawn) if (place === seen.length) seen.push(id)
    if (isAll && seen.length === count) return seen
    // To the first row that was not seen yet, however late it is drawn; at the end, where that is still to be loaded.
    await list.evaluate((element, row) => {
      const height = element.querySelector('.log')?.clientHeight ?? 0
      element.scrollTo(0, row * height)
    }, seen.length)
  }
}

interface Drawn {
  readonly drawn: readonly (readonly [place: number, id: string])[]
  /** How many rows were loaded so far. */
  readonly count: number
  /** Whether there are no more. */
  readonly isAll: boolean
}
