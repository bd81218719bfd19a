import type { Locator, Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import {
  browserPath,
  couldBePressed,
  everyTroubleOf,
  isLive,
  onEveryScreen,
  operationOf,
  PATIENCE,
  screens,
  seriousFaultsInBothSchemes,
  type Size,
  sizes,
  troublesOf,
  visit,
} from './browser.js'
import type { EveryPage } from './every-page.js'
import { aProductToVisit } from './shared-product.js'

/** What a page offers to whoever has a key. */
interface Offers {
  /** What changes something. */
  readonly names: readonly string[]
  readonly saysWhy: boolean
  readonly unsaid: readonly string[]
}

/** What is called so changes something. */
const CHANGES =
  /^(?:New |Create|Save|Delete|Duplicate|Retry|Send a test|Add |Remove |Alert me|Revoke|Replay|Replace|Erase |Set the |Watching|.*: (?:watch|receive|on)$)/

describe.skipIf(browserPath === undefined)('a key (needs Chromium)', { timeout: 240_000 }, () => {
  const on = aProductToVisit()
  afterEach(() => on.browser?.clear())

  const ways = [
    { way: 'the live socket is closed', lets: 'nothing' },
    { way: 'a question is refused', lets: 'query' },
    { way: 'a change is refused', lets: 'mutation' },
  ] as const
  it.each(ways)(
    'that is revoked meanwhile leads back to signing in, on a desktop and on a phone, once $way',
    async ({ lets }) => {
      const key = await on.product.makeKey('OPERATE')
      const page = await on.browser.newPage()
      // A socket that nobody answers: then it is not what tells.
      if (lets !== 'nothing') await page.routeWebSocket(/\/graphql$/, () => {})
      await page.goto(`${on.product.url}rules#key=${key.text}`)
      await page.locator('.rule-row').first().waitFor(PATIENCE)
      if (lets === 'nothing') await isLive(page)
      await page.route('**/graphql', (route) =>
        operationOf(route.request()).kind === lets ? route.fallback() : undefined,
      )
      await on.product.ask('mutation ($id: ID!) { revokeApiKey(id: $id) { apiKey { id } } }', { id: key.id })
      await expect.poll(() => on.product.statusOf(key.text), PATIENCE).toBe(401)
      if (lets === 'query') await visit(page, 'alerts')
      if (lets === 'mutation') await page.getByRole('switch').first().click()
      const refusal = page.getByRole('alert').filter({ hasText: 'This key was refused' })
      const field = page.getByLabel('API key')
      await onEveryScreen(page, async () => {
        await refusal.waitFor(PATIENCE)
        await couldBePressed(field)
        expect(await page.locator('.rule-row, a.alert').count()).toBe(0)
      })
      expect(await page.evaluate('JSON.stringify(sessionStorage)')).not.toContain(key.text)
      await page.unroute('**/graphql')
      await field.fill(on.product.key)
      await page.keyboard.press('Enter')
      await page.locator('.rule-row, a.alert').first().waitFor(PATIENCE)
    },
  )

  it('sees every page, and is offered no change that it may not make, or told why', async () => {
    const [admin, operate, read] = await Promise.all([
      Promise.resolve({ text: on.product.key }),
      on.product.makeKey('OPERATE', 'PII'),
      on.product.makeKey('READ', 'PII'),
    ])
    const [ofAdmin, ofRead, ofReadOnPhone] = await Promise.all([
      offersTo(admin.text, on.pages),
      offersTo(read.text, on.pages),
      offersTo(read.text, on.pages, sizes.phone),
    ])
    const changing = on.pages.filter(({ path }) => (ofAdmin.get(path)?.names.length ?? 0) > 0)
    const ofOperate = await offersTo(operate.text, changing)
    expect(changing.length).toBeGreaterThan(7)
    for (const { path } of changing) {
      for (const seen of [ofRead, ofReadOnPhone])
        expect({ path, ...seen.get(path) }).toEqual({ path, names: [], saysWhy: true, unsaid: [] })
      const isSettings = path.startsWith('settings')
      const mayStill = kindsOf(ofAdmin.get(path)?.names ?? [])
      expect({ path, offers: kindsOf(ofOperate.get(path)?.names ?? []) }).toEqual({
        path,
        offers: isSettings ? mayStill.filter((name) => name === 'Replay') : mayStill,
      })
      if (isSettings) expect({ path, ...ofOperate.get(path) }).toMatchObject({ saysWhy: true, unsaid: [] })
    }
  })

  /** Each once. What failed meanwhile may be retried too: one, or all. */
  const kindsOf = (names: readonly string[]): readonly string[] => [
    ...new Set(names.map((name) => name.replace(/^Retry.*/, 'Retry'))),
  ]

  /** What changes something, and is offered on each page to whoever has this key. */
  async function offersTo(
    key: string,
    visited: readonly EveryPage[],
    size: Size = sizes.desktop,
  ): Promise<ReadonlyMap<string, Offers>> {
    const page = await on.browser.newPage({ size })
    const troubles = everyTroubleOf(page, new URL(on.product.url).host)
    await page.goto(`${on.product.url}settings#key=${key}`)
    const scopes = page.getByText('Signed in with the key')
    await scopes.waitFor(PATIENCE)
    const isAdmin = (await scopes.innerText()).includes('admin')
    const offers = new Map<string, Offers>()
    for (const { path, sign, isForAdministrators } of visited) {
      await visit(page, path)
      const shown = isForAdministrators && !isAdmin ? 'main .note' : sign
      await page.locator(shown).first().waitFor(PATIENCE)
      await page
        .locator('main .skeleton')
        .first()
        .waitFor({ state: 'detached', ...PATIENCE })
      offers.set(path, {
        names: (await offered(page)).filter((name) => CHANGES.test(name)),
        saysWhy: await saysWhy(page),
        unsaid: await unsaid(page),
      })
    }
    expect(troubles).toEqual([])
    await page.close()
    return offers
  }

  it('without “whole numbers” sees none whole, wherever it looks', async () => {
    const [masked, whole] = await Promise.all([on.product.makeKey('READ'), on.product.makeKey('READ', 'PII')])
    const seen = async (key: string): Promise<readonly string[]> => {
      const page = await on.browser.newPage()
      await page.goto(`${on.product.url}logs?type=MESSAGE#key=${key}`)
      await page.locator('.log').first().click(PATIENCE)
      await page.getByRole('dialog').locator('.raw').waitFor(PATIENCE)
      const numbers = (await page.locator('body').innerText()).match(/\+\d[\d*]{6,}/g) ?? []
      await page.close()
      return numbers
    }
    const isWhole = (number: string): boolean => !number.includes('*')
    expect((await seen(whole.text)).some(isWhole)).toBe(true)
    const shown = await seen(masked.text)
    expect(shown.length).toBeGreaterThan(0)
    expect(shown.filter(isWhole)).toEqual([])
  })

  it.each(screens)(
    'on $screen is told which scope a page takes, and makes room there for another key that has it',
    async ({ size }) => {
      const { text } = await on.product.makeKey('READ')
      const page = await on.browser.newPage({ size })
      await page.goto(`${on.product.url}settings/configuration#key=${text}`)
      const note = page.locator('main .note').filter({ hasText: 'Your key lacks the scope “admin”' })
      await note.getByRole('button', { name: 'Sign in with another key' }).click(PATIENCE)
      await page.getByLabel('API key').fill(on.product.key)
      await page.keyboard.press('Enter')
      await page.locator('.configuration-row').first().waitFor(PATIENCE)
      expect(await note.count()).toBe(0)
    },
  )

  it('is told in words what it lacks, where the page thinks that it may', async () => {
    const { text } = await on.product.makeKey('READ', 'PII')
    const page = await on.browser.newPage()
    const troubles = troublesOf(page, new URL(on.product.url).host)
    await page.route('**/graphql', async (route) => {
      if (operationOf(route.request()).name !== 'Viewer') return route.fallback()
      return route.fulfill({ json: { data: { viewer: { name: 'mistaken', scopes: ['ADMIN'] } } } })
    })
    await page.goto(`${on.product.url}rules#key=${text}`)
    const lacks = (scope: string): RegExp => new RegExp(`needs the scope ${scope}; the key has read`, 'i')
    const toast = page.locator('.toast').filter({ hasText: lacks('operate') })
    const toasted = async (): Promise<void> => {
      await toast.getByRole('button', { name: 'Close' }).click(PATIENCE)
      await toast.waitFor({ state: 'detached' })
    }
    const row = page.locator('.rule-row').filter({ hasText: 'Whatever arrives' })
    await row.getByRole('switch').click(PATIENCE)
    await toasted()
    expect(await row.getByRole('switch').getAttribute('aria-checked')).toBe('true')
    await row.getByRole('button', { name: /^Delete/ }).click()
    await page
      .locator('.toast')
      .filter({ hasText: 'Deleting' })
      .getByRole('button', { name: 'Close' })
      .click()
    await toasted()
    await row.waitFor()
    await visit(page, oneOf('alerts/'))
    await page.getByRole('button', { name: 'Retry', exact: true }).first().click(PATIENCE)
    await toasted()
    await visit(page, oneOf('rules/'))
    await page.getByRole('button', { name: 'Send a test' }).first().click(PATIENCE)
    await said(page.locator('.action').getByText(lacks('operate')))
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Another name')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await said(page.locator('.save-bar').getByText(lacks('operate')))
    await page.getByRole('button', { name: 'Discard' }).click()
    await visit(page, 'settings/keys')
    const forbidden = page.getByRole('alert').filter({ hasText: 'Your key may not see this' })
    await forbidden.getByText(lacks('admin')).waitFor(PATIENCE)
    await forbidden.getByRole('button', { name: 'Sign in with another key' }).waitFor()
    expect(await seriousFaultsInBothSchemes(page, 'light', 'main')).toEqual([])
    for (const [where, open, make] of [
      ['settings/keys', 'New key', 'Make the key'],
      ['settings/receivers', 'New receiver', 'Make the receiver'],
    ] as const) {
      await visit(page, where)
      await page.getByRole('button', { name: open }).first().click(PATIENCE)
      await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('another')
      await page.getByRole('button', { name: make }).click()
      await said(page.getByRole('dialog').getByText(lacks('admin')))
      await page.keyboard.press('Escape')
    }
    await visit(page, 'graphiql')
    await page.getByRole('button', { name: 'Examples' }).click(PATIENCE)
    await page.getByRole('menuitem', { name: /Make a rule/ }).click()
    await page.getByRole('button', { name: /^Run/ }).click()
    await page.getByRole('textbox', { name: 'Answer' }).getByText(lacks('operate')).waitFor(PATIENCE)
    expect(troubles).toEqual([])
  })

  /** The path of the one alert or rule that is among the pages. */
  function oneOf(beginning: string): string {
    return on.pages.find((page) => page.path.startsWith(beginning) && !page.path.endsWith('new'))?.path ?? ''
  }
})

const said = (words: Locator): Promise<void> => words.first().waitFor(PATIENCE)

/** How all that can be pressed is called, in the page's own part. */
function offered(page: Page): Promise<readonly string[]> {
  return page.evaluate(`[...document.querySelectorAll('main button, main a, dialog button, dialog a')]
    .filter((one) => !one.matches(':disabled') && one.getClientRects().length > 0)
    .map((one) => one.getAttribute('aria-label') ?? one.textContent.trim())`)
}

/** Whether the page says which scope its reader lacks, for everyone to read. */
function saysWhy(page: Page): Promise<boolean> {
  return page.evaluate(`[...document.querySelectorAll('main .note, dialog .note')]
    .some((one) => one.checkVisibility() && /Your key lacks the scope/.test(one.textContent))`)
}

/** What is said of something disabled only to a pointer that rests on it. */
function unsaid(page: Page): Promise<readonly string[]> {
  return page.evaluate(`[...document.querySelectorAll('main :disabled[title], dialog :disabled[title]')]
    .map(({ title }) => title)
    .filter((title) => !document.body.innerText.includes(title))`)
}
