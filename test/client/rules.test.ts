import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath, newName, PATIENCE, troublesOf, visit } from './browser.js'
import { aSharedProduct } from './shared-product.js'
import { Sink } from './sink.js'

interface StoredRule {
  readonly id: string
  readonly name: string
  readonly enabled: boolean
  readonly actions: readonly StoredAction[]
}

interface StoredAction {
  readonly id: string
  readonly actionType: string
  readonly enabled: boolean
  readonly config: Readonly<Record<string, unknown>>
}

const SECRET = 'a-secret-of-nobody-else'

// In this order: each goes on where the one before it left.
describe.skipIf(browserPath === undefined)('a stored rule (needs Chromium)', { timeout: 240_000 }, () => {
  const on = aSharedProduct()
  let sink: Sink
  let page: Page
  let troubles: readonly string[]
  let id: string
  let copied: string

  beforeAll(async () => {
    sink = await Sink.start()
    const { createRule } = await on.product.ask<{ createRule: { rule: { id: string } } }>(RULE, {
      config: { url: sink.url, headers: { Authorization: SECRET } },
    })
    id = createRule.rule.id
    // As high as this, no notice of an alert that fires meanwhile lies on a rule.
    page = await on.browser.newPage({ size: { width: 1280, height: 2000 } })
    troubles = troublesOf(page, new URL(on.product.url).host)
    await page.goto(`${on.product.url}rules#key=${on.product.key}`)
    await row().waitFor(PATIENCE)
  })
  afterAll(() => sink?.end())

  const row = (name = 'Delivered') =>
    page.locator('.rule-row').filter({ has: page.getByRole('link', { name, exact: true }) })
  const notice = (text: string) => page.locator('.toast').filter({ hasText: text }).first()

  async function storedRules(): Promise<readonly StoredRule[]> {
    const { rules } = await on.product.ask<{ rules: readonly StoredRule[] }>(
      '{ rules { id name enabled actions { id actionType enabled config } } }',
    )
    return rules
  }
  const storedRule = async (name = 'Delivered') => (await storedRules()).find((rule) => rule.name === name)

  it('is switched off and on in the list', async () => {
    const toggle = row().getByRole('switch')
    for (const isOn of [false, true]) {
      await toggle.click()
      await expect.poll(async () => (await storedRule())?.enabled, PATIENCE).toBe(isOn)
      await expect.poll(() => toggle.getAttribute('aria-checked'), PATIENCE).toBe(String(isOn))
    }
  })

  it('has its actions edited in place: they stay the same ones, and keep the secrets that nobody wrote anew', async () => {
    const before = await storedRule()
    await row().getByRole('link', { name: 'Delivered', exact: true }).click()
    await page.getByRole('textbox', { name: 'URL' }).fill(`${sink.url}/elsewhere`)
    await page.getByRole('switch', { name: 'Log line: on' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await notice('Delivered is saved').waitFor(PATIENCE)
    const after = await storedRule()
    expect(after?.actions.map((action) => action.id)).toEqual(before?.actions.map((action) => action.id))
    expect(after?.actions).toMatchObject([
      { enabled: true, config: { url: `${sink.url}/elsewhere` } },
      { enabled: false },
    ])
    const sent = page.getByRole('status', { name: 'The test' })
    await page.getByRole('button', { name: 'Send a test' }).first().click()
    await sent.getByText('Accepted by the other side').waitFor(PATIENCE)
    expect(sink.headers.at(-1)).toMatchObject({ authorization: SECRET })
    await page.getByRole('button', { name: 'Remove this action' }).last().click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(async () => (await storedRule())?.actions.length, PATIENCE).toBe(1)
  })

  it('says beside each field what the server finds wrong with it', async () => {
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('')
    await page.getByRole('textbox', { name: 'URL' }).fill('javascript:hack()')
    await page.getByRole('textbox', { name: 'Minutes of quiet' }).fill('-1')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('3 fields are not right yet').waitFor(PATIENCE)
    for (const [name, fault] of [
      ['Name', /\w/],
      ['URL', /http/],
      ['Minutes of quiet', /whole number/],
    ] as const) {
      const field = page
        .getByRole('textbox', { name, exact: true })
        .and(page.locator('[aria-invalid="true"]'))
      expect(await describedBy(page, await field.getAttribute('aria-describedby'))).toMatch(fault)
    }
    await page.getByRole('textbox', { name: 'Statuses' }).fill('')
    await page.getByText('Fill in the sentence').waitFor()
    await page.getByRole('button', { name: 'Discard' }).click()
    expect(await page.locator('[aria-invalid]').count()).toBe(0)
  })

  it.each(['24 h', '7 d', '30 d'])(
    'shows what it would have done within %s, drawn, as figures and as a list',
    async (span) => {
      const preview = page.locator('.preview')
      await preview.getByRole('button', { name: span, exact: true }).click()
      await preview.locator('.preview-found[aria-busy="false"]').waitFor(PATIENCE)
      const figure = async (name: string): Promise<number> =>
        Number(
          (await preview.locator('.figures div').filter({ hasText: name }).locator('dd').innerText()).replace(
            ',',
            '',
          ),
        )
      const [matches, alerts] = [await figure('Matches'), await figure('Alerts')]
      // Asked after they were read: the feed goes on meanwhile.
      const hours = { '24 h': 24, '7 d': 168, '30 d': 720 }[span] ?? 0
      const { previewRule: found } = await on.product.ask<{
        previewRule: Record<'matchCount' | 'alertCount', number>
      }>(PREVIEW, { since: new Date(Date.now() - hours * 3_600_000).toISOString() })
      expect(matches).toBeGreaterThan(0)
      expect(matches).toBeLessThanOrEqual(found.matchCount)
      expect(alerts).toBeGreaterThan(0)
      expect(alerts).toBeLessThanOrEqual(found.alertCount)
      await preview.locator('canvas').waitFor(PATIENCE)
      await preview.getByRole('button', { name: 'Over time: show as table' }).click()
      const drawn = await preview.getByRole('table').locator('td').allInnerTexts()
      expect(drawn.reduce((sum, text) => sum + Number(text.replace(',', '')), 0)).toBe(matches)
      await preview.getByRole('button', { name: 'Over time: show as chart' }).click()
      for (const [list, count] of [
        ['Alerts', alerts],
        ['Matches', matches],
      ] as const) {
        await preview.getByRole('button', { name: list, exact: true }).click()
        const links = preview.locator('.preview-list a')
        await expect.poll(() => links.count(), PATIENCE).toBe(Math.min(count, 8))
        expect(await links.first().getAttribute('href')).toMatch(/^\/logs\?log=/)
      }
    },
  )

  it('is duplicated with its actions, but for the secrets that nobody can read', async () => {
    await visit(page, 'rules')
    await row().getByRole('link', { name: 'Duplicate Delivered' }).click(PATIENCE)
    await page
      .getByRole('textbox', { name: 'Name', exact: true })
      .and(page.locator('[value="Delivered (copy)"]'))
      .waitFor(PATIENCE)
    copied = newName('Delivered (copy)')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(copied)
    await page.getByRole('button', { name: 'Create the rule' }).click()
    await page.getByRole('heading', { level: 1, name: copied }).waitFor(PATIENCE)
    const [original, copy] = [await storedRule(), await storedRule(copied)]
    expect(copy).toMatchObject({ enabled: true, actions: [{ config: { url: `${sink.url}/elsewhere` } }] })
    expect(copy?.actions[0]?.config['headers'] ?? {}).toEqual({})
    expect(original?.id).toBe(id)
  })

  it('is deleted, and taken back before anybody heard of it', async () => {
    await visit(page, 'rules')
    await row().getByRole('button', { name: 'Delete Delivered', exact: true }).click(PATIENCE)
    await row().waitFor({ state: 'detached' })
    await notice('Deleting Delivered').getByRole('button', { name: 'Undo' }).click()
    await row().waitFor()
    expect(await storedRule()).toMatchObject({ id, enabled: true })
  })

  it('is gone from the server once its notice is away, or the tab is closed', async () => {
    await row(copied)
      .getByRole('button', { name: /^Delete/ })
      .click()
    await notice(`Deleting ${copied}`).getByRole('button', { name: 'Close' }).click()
    await notice(`${copied} is deleted`).waitFor(PATIENCE)
    expect((await storedRules()).map(({ name }) => name)).not.toContain(copied)
    expect(await storedRule()).toMatchObject({ id })
    await row().getByRole('button', { name: 'Delete Delivered', exact: true }).click()
    await notice('Deleting Delivered').waitFor()
    await page.goto('about:blank')
    await expect.poll(storedRule, PATIENCE).toBeUndefined()
  })

  it('is kept by a page that runs under the strict policy, and asks nothing of anybody else', () => {
    expect(troubles).toEqual([])
  })
})

const RULE = `mutation ($config: JSON!) {
  createRule(
    input: {
      name: "Delivered"
      logType: MESSAGE
      patternType: STATUS
      patternValue: "delivered"
      cooldownMinutes: 10
      actions: [{ actionType: WEBHOOK, config: $config }, { actionType: LOG, config: {} }]
    }
  ) {
    rule {
      id
    }
  }
}`

const PREVIEW = `query ($since: DateTime!) {
  previewRule(
    input: { name: "Preview", logType: MESSAGE, patternType: STATUS, patternValue: "delivered", cooldownMinutes: 10 }
    since: $since
    includeBackfilled: true
  ) {
    matchCount
    alertCount
  }
}`

/** What the elements say that describe a field. */
async function describedBy(page: Page, ids: string | null): Promise<string> {
  const texts = (ids ?? '').split(' ').map((one) => page.locator(`[id="${one}"]`).innerText())
  return (await Promise.all(texts)).join(' ')
}
