import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  browserPath,
  newName,
  overflow,
  PATIENCE,
  screens,
  seriousFaults,
  type Size,
  sizes,
  troublesOf,
  unfoldFilters,
  unfoldMenu,
  whatSticksOut,
} from './browser.js'
import { aSharedProduct } from './shared-product.js'
import { Sink } from './sink.js'

/** A rule that fires, and what it tells of it. */
interface Begun {
  readonly rule: string
  readonly sink: Sink
}

/** The figure with which a text begins, such as `1,204 of the 3`. */
const countIn = (text: string): number => Number.parseInt(text.replaceAll(',', ''), 10)

describe.skipIf(browserPath === undefined)('a journey (needs Chromium)', { timeout: 240_000 }, () => {
  const on = aSharedProduct()
  const sinks: Sink[] = []
  /** What each look begins with: its rule takes a while to fire. */
  const begun = new Map<string, Begun>()

  beforeAll(async () => {
    for (const { screen } of screens)
      for (const name of [screen, `the list on ${screen}`]) begun.set(name, await ruleToSinkOutOfOrder())
  })
  afterEach(() => on.browser?.clear())
  afterAll(() => sinks.forEach((sink) => sink.end()))

  async function aSink(): Promise<Sink> {
    const sink = await Sink.start()
    sinks.push(sink)
    return sink
  }

  async function ruleToSinkOutOfOrder(): Promise<Begun> {
    const rule = newName('Three delivered')
    const sink = await aSink()
    sink.takes = () => false
    await on.product.ask(RULE, { name: rule, url: sink.url })
    return { rule, sink }
  }

  it.each(screens)(
    'on $screen leads from signing in to what fires, to its log, and to what failed: tried again, all or one',
    async ({ screen, size }) => {
      const { rule, sink } = begun.get(screen) ?? (await ruleToSinkOutOfOrder())
      // Who tries this once more begins anew.
      begun.delete(screen)
      const { page, goTo, fits } = await begin(size)
      await page.locator('.source', { hasText: 'read' }).nth(2).waitFor(PATIENCE)
      await fits()
      await goTo('Alerts')
      await page.getByRole('button', { name: 'Firing', exact: true }).click()
      await page.getByRole('link', { name: rule }).first().click(PATIENCE)
      await page.getByRole('heading', { level: 1, name: rule }).waitFor(PATIENCE)
      // The two that it owes at once, and that nobody took.
      await page.getByText('failed after 2 tries').nth(1).waitFor(PATIENCE)
      expect(
        countIn(await page.getByText('; 3 within 60 min open an alert').innerText()),
      ).toBeGreaterThanOrEqual(3)
      // What was answered to each of those tries.
      expect(await page.getByText('the sink is out of order').count()).toBe(4)
      const counted = page.locator('section', {
        has: page.getByRole('heading', { name: 'The other logs that it stands for' }),
      })
      // The two besides that which opened it, at least.
      await counted.getByRole('listitem').nth(1).waitFor(PATIENCE)
      expect(await counted.getByRole('listitem').getByRole('link').first().getAttribute('href')).toContain(
        'log=',
      )
      await fits()
      await page.getByRole('link', { name: /Open the log/ }).click()
      const drawer = page.getByRole('dialog')
      await drawer.getByRole('link', { name: rule }).waitFor(PATIENCE)
      await fits()
      await drawer.getByRole('link', { name: rule }).click()
      await page.getByRole('button', { name: 'Retry all 2 failed' }).click(PATIENCE)
      await page.getByText('2 are tried again now.').first().waitFor(PATIENCE)
      await page.getByText('failed after 4 tries').nth(1).waitFor(PATIENCE)
      sink.takes = () => true
      const first = page.locator('.delivery').first()
      await first.getByRole('button', { name: 'Retry', exact: true }).click(PATIENCE)
      await first.getByText('delivered after 5 tries').waitFor(PATIENCE)
      await page.locator('.delivery').nth(1).getByText('failed after 4 tries').waitFor()
      await page.locator('.delivery').nth(1).getByRole('button', { name: 'Retry', exact: true }).click()
      await page.getByText('delivered after 5 tries').nth(1).waitFor(PATIENCE)
      expect(await page.getByRole('button', { name: /^Retry/ }).count()).toBe(0)
      await fits()
      expect(await seriousFaults(page)).toEqual([])
    },
  )

  it.each(screens)(
    'on $screen leads from the overview to all that failed, of one rule, also after a reload: tried again, it leaves the list',
    async ({ screen, size }) => {
      const list = `the list on ${screen}`
      const { rule, sink } = begun.get(list) ?? (await ruleToSinkOutOfOrder())
      begun.delete(list)
      const { page, goTo, fits } = await begin(size)
      await page.getByRole('link', { name: 'All failed' }).click(PATIENCE)
      await page.getByRole('heading', { level: 1, name: 'Deliveries' }).waitFor(PATIENCE)
      await unfoldFilters(page)
      await page.getByRole('combobox', { name: 'Rule' }).selectOption({ label: rule })
      const rows = page.locator('.delivery-row')
      const states = () => page.locator('.delivery-row .badge').allInnerTexts()
      await expect.poll(states, PATIENCE).toEqual(['failed after 2 tries', 'failed after 2 tries'])
      await page.reload()
      await expect.poll(states, PATIENCE).toEqual(['failed after 2 tries', 'failed after 2 tries'])
      expect(await rows.getByRole('link', { name: rule }).count()).toBe(2)
      // What happened, and not how many there were before it: a line has no room for both.
      await rows.first().getByText('Message was delivered').waitFor(PATIENCE)
      // Of this rule, and not of what stood there before it was chosen.
      await page.getByRole('button', { name: 'Retry all 2 failed' }).waitFor(PATIENCE)
      sink.takes = () => true
      await rows
        .first()
        .getByRole('button', { name: /^Retry/ })
        .click()
      await expect.poll(states, PATIENCE).toEqual(['failed after 2 tries'])
      const delivered = page.getByRole('button', { name: 'Delivered', exact: true })
      if (size === sizes.desktop) await delivered.click()
      else await page.getByRole('combobox', { name: 'State' }).selectOption('Delivered')
      await expect.poll(states, PATIENCE).toEqual(['delivered after 3 tries'])
      await fits()
      await goTo('Actions')
      await page.getByRole('searchbox').fill(rule)
      await expect.poll(() => page.locator('.action-row').count(), PATIENCE).toBe(2)
      await page.locator('.action-row').getByText('delivered after 3 tries').waitFor(PATIENCE)
      await page
        .getByRole('button', { name: /^Send a test/ })
        .last()
        .click()
      await page.getByText('Accepted by the other side').waitFor(PATIENCE)
      await fits()
      await page.locator('.action-row').last().getByRole('link').first().click()
      const asked = page.locator('.action[data-asked-for]')
      await asked.getByRole('textbox', { name: 'URL' }).waitFor(PATIENCE)
      expect(await page.locator('.action').last().getAttribute('data-asked-for')).toBe('true')
      await expect.poll(() => asked.evaluate('document.activeElement.className'), PATIENCE).toBe('action')
    },
  )

  it.each(screens)(
    'on $screen leads from a live log that failed to a rule that tells of its kind',
    async ({ size }) => {
      const sink = await aSink()
      const { page, goTo, fits } = await begin(size)
      await goTo('Live')
      await unfoldFilters(page)
      await page.getByRole('button', { name: /^Status/ }).click(PATIENCE)
      await page.getByRole('menuitemcheckbox', { name: 'undelivered' }).click()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Remove the filter undelivered' }).waitFor()
      await page.getByRole('button', { name: 'Pause' }).click()
      await page.getByRole('button', { name: 'Resume' }).waitFor()
      await fits()
      await page
        .locator('.log')
        .filter({ hasText: /undelivered/i })
        .first()
        .click(PATIENCE)
      const drawer = page.getByRole('dialog')
      await drawer.getByRole('heading', { name: 'What happened' }).waitFor(PATIENCE)
      expect(JSON.parse(await drawer.locator('.raw').innerText())).toHaveProperty('sid')
      await fits()
      await drawer.getByRole('link', { name: 'Alert me on this' }).click()
      await expect.poll(() => page.url(), PATIENCE).toMatch(/\/rules\/new\?.*patternType=(ERROR_CODE|STATUS)/)
      const rule = newName('Found')
      // That log itself, at least.
      await page
        .locator('.figures div', { hasText: 'Matches' })
        .getByText(/^[1-9]/)
        .waitFor(PATIENCE)
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill(rule)
      await page.getByRole('button', { name: 'Add an action' }).click()
      await page.getByRole('menuitem', { name: 'Webhook' }).click()
      await page.getByRole('textbox', { name: 'URL' }).fill(sink.url)
      await fits()
      await page.getByRole('button', { name: 'Create the rule' }).click()
      await page.getByRole('heading', { level: 1, name: rule }).waitFor(PATIENCE)
      await page.getByRole('button', { name: 'Send a test' }).click()
      await page.getByText('Accepted by the other side').waitFor(PATIENCE)
      expect(sink.bodies.filter((body) => body.includes('alert.test'))).toHaveLength(1)
      const result = await page.getByRole('status', { name: 'The test' }).innerText()
      expect(result).toContain('thank you')
      expect(result).toContain('"type": "alert.test"')
      await fits()
      await goTo('Rules')
      await page.getByRole('link', { name: rule, exact: true }).waitFor(PATIENCE)
      expect(await on.product.ask('{ rules { name enabled } }')).toMatchObject({
        rules: expect.arrayContaining([{ name: rule, enabled: true }]) as unknown,
      })
    },
  )

  // On a desktop test/client/logs.test.ts and act.test.ts say more of both.
  it('on a phone leads from a search to a file of what it found, and to a key for who wants it too', async () => {
    // One at its end: it stays as it is.
    const { logs } = await on.product.ask<{ logs: { nodes: readonly { id: string; twilioSid: string }[] } }>(
      '{ logs(filter: { logType: [MESSAGE], status: ["delivered"] }, first: 1) { nodes { id twilioSid rawData } } }',
    )
    const { page, goTo, fits } = await begin(sizes.phone)
    await goTo('Logs')
    await page.getByRole('searchbox').fill(logs.nodes[0]?.twilioSid ?? '')
    await page.getByText('1 log', { exact: true }).waitFor(PATIENCE)
    await fits()
    await page.getByRole('button', { name: 'Export' }).click()
    const saved = page.waitForEvent('download', PATIENCE)
    await page.getByRole('menuitem', { name: /JSON/ }).click()
    expect(JSON.parse(await readFile(await (await saved).path(), 'utf8'))).toMatchObject(logs.nodes)
    await goTo('Settings')
    await page.getByRole('link', { name: 'API keys' }).click()
    await page.getByRole('button', { name: 'New key' }).first().click(PATIENCE)
    const name = newName('a colleague')
    await page.getByRole('textbox', { name: 'Name' }).fill(name)
    await fits()
    await page.getByRole('button', { name: 'Make the key' }).click()
    const key = await page.locator('.made-key code').innerText(PATIENCE)
    expect(await on.product.statusOf(key)).toBe(200)
    await fits()
    await page.getByRole('button', { name: 'I have it' }).click()
    await page.getByRole('button', { name: `Revoke ${name}` }).click(PATIENCE)
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
    await page.getByText('Revoked').first().waitFor(PATIENCE)
    await expect.poll(() => on.product.statusOf(key), PATIENCE).toBe(401)
    await fits()
  })

  /** Signs in by hand at a screen of that size. */
  async function begin(size: Size): Promise<{
    readonly page: Page
    /** To another page by the menu that there is. */
    goTo(name: string): Promise<void>
    /** What is shown has room, and nothing went wrong. */
    fits(): Promise<void>
  }> {
    const page = await on.browser.newPage({ size })
    const troubles = troublesOf(page, new URL(on.product.url).host)
    await page.goto(on.product.url)
    await page.getByLabel('API key').fill(on.product.key)
    await page.getByRole('button', { name: 'Sign in' }).click(PATIENCE)
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor(PATIENCE)
    return {
      page,
      goTo: async (name) => {
        const link = page.getByRole('link', { name: new RegExp(`^${name}`) }).first()
        if (!(await link.isVisible())) await unfoldMenu(page)
        await link.click()
        await page.getByRole('heading', { level: 1, name }).waitFor(PATIENCE)
      },
      fits: async () => {
        expect([await overflow(page), await whatSticksOut(page)]).toEqual([0, expect.anything()])
        expect(troubles).toEqual([])
      },
    }
  }
})

const RULE = `mutation ($name: String!, $url: String!) {
  createRule(
    input: {
      name: $name
      logType: MESSAGE
      patternType: THRESHOLD
      patternValue: "status:delivered"
      thresholdCount: 3
      thresholdWindowMinutes: 60
      cooldownMinutes: 60
      actions: [
        { actionType: WEBHOOK, config: { url: $url } }
        { actionType: WEBHOOK, config: { url: $url, method: "PUT" } }
      ]
    }
  ) {
    rule {
      id
    }
  }
}`
