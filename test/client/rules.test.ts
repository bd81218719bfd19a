import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { PreviewRuleQuery } from '../../client/src/api/documents.js'
import { browserPath, newName, PATIENCE, sizes, visit } from './browser.js'
import { aKeptPage } from './kept-page.js'
import { aQuietRule, aWebhook, type MadeRule } from './quiet-rule.js'
import { aSharedProduct } from './shared-product.js'
import { aKeptSink } from './sink.js'

/** As high as this, no notice of an alert that fires meanwhile lies on a rule of a desktop. */
const screens = [
  { screen: 'a desktop', size: { width: 1280, height: 2000 } },
  { screen: 'a phone', size: sizes.phone },
] as const

const SECRET = 'a-secret-of-nobody-else'

describe.skipIf(browserPath === undefined)('a stored rule (needs Chromium)', { timeout: 240_000 }, () => {
  const on = aSharedProduct()
  const kept = aKeptPage(on, screens[0].size)
  /** One for each sentence, there before the page first reads the list. */
  const made = new Map<string, MadeRule>()
  const to = aKeptSink()

  beforeAll(async () => {
    for (const { screen } of screens)
      for (const name of [
        'Switched',
        'Edited',
        'Refused',
        'To be twice',
        'Spared',
        'At home',
        'Deleted',
        'Left',
      ])
        made.set(`${name} on ${screen}`, await makeRule(name))
  })

  /** A rule that nothing fulfils. It stays with the sentence that takes it: another try has another rule. */
  async function takeRule(name: string): Promise<MadeRule> {
    const rule = made.get(name) ?? (await makeRule(name))
    made.delete(name)
    return rule
  }

  function makeRule(name: string): Promise<MadeRule> {
    const webhook = aWebhook(to.sink.url, { headers: { Authorization: SECRET } })
    return aQuietRule(on.product, name, webhook, { actionType: 'LOG', config: {} })
  }

  const row = (name: string) =>
    kept.page.locator('.rule-row').filter({ has: kept.page.getByRole('link', { name, exact: true }) })
  /** By keyboard: a notice may lie over the row. */
  const remove = (name: string) =>
    row(name)
      .getByRole('button', { name: `Delete ${name}` })
      .press('Enter')
  const notice = (text: string) => kept.page.locator('.toast').filter({ hasText: text }).first()

  async function stored(name: string): Promise<MadeRule | undefined> {
    const { rules } = await on.product.ask<{ rules: readonly MadeRule[] }>(
      '{ rules { id name enabled actions { id actionType enabled config } } }',
    )
    return rules.find((rule) => rule.name === name)
  }

  it.each(screens)('is switched off and on in the list of $screen', async ({ screen, size }) => {
    const { name } = await takeRule(`Switched on ${screen}`)
    await kept.page.setViewportSize(size)
    await visit(kept.page, 'rules')
    const toggle = row(name).getByRole('switch')
    for (const isOn of [false, true]) {
      await toggle.click()
      await expect.poll(async () => (await stored(name))?.enabled, PATIENCE).toBe(isOn)
      await expect.poll(() => toggle.getAttribute('aria-checked'), PATIENCE).toBe(String(isOn))
    }
  })

  it.each(screens)(
    'has its actions edited in place on $screen: they stay the same ones, and keep the secrets that nobody wrote anew',
    async ({ screen, size }) => {
      const { page } = kept
      const { name, actions: before } = await takeRule(`Edited on ${screen}`)
      await page.setViewportSize(size)
      await visit(page, 'rules')
      await row(name).getByRole('link', { name, exact: true }).click()
      await page.getByRole('textbox', { name: 'URL' }).fill(`${to.sink.url}/elsewhere`)
      await page.getByRole('switch', { name: 'Log line: on' }).click()
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await notice(`${name} is saved`).waitFor()
      const after = await stored(name)
      expect(after?.actions.map((action) => action.id)).toEqual(before.map((action) => action.id))
      expect(after?.actions).toMatchObject([
        { enabled: true, config: { url: `${to.sink.url}/elsewhere` } },
        { enabled: false },
      ])
      const sent = page.getByRole('status', { name: 'The test' })
      await page.getByRole('button', { name: 'Send a test' }).first().click()
      await sent.getByText('Accepted by the other side').waitFor()
      expect(to.sink.headers.at(-1)).toMatchObject({ authorization: SECRET })
      await page.getByRole('button', { name: 'Remove this action' }).last().click()
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await expect.poll(async () => (await stored(name))?.actions.length, PATIENCE).toBe(1)
    },
  )

  it.each([sizes.desktop, sizes.phone])(
    'lies under no notice at its end, in a window of $width px, however many there are',
    async (size) => {
      const { page } = kept
      const { id, name } = await takeRule(`Covered at ${size.width}`)
      await page.setViewportSize(size)
      await visit(page, `rules/${id}`)
      for (const further of ['', ', renamed', ', and once more']) {
        await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`${name}${further}`)
        await page.getByRole('textbox', { name: 'Description' }).fill(`Renamed${further}`)
        await page.getByRole('button', { name: 'Save', exact: true }).click()
        await notice(`${name}${further} is saved`).waitFor()
      }
      // They stay while the focus is on them.
      await page.keyboard.press('F8')
      const covered = (): Promise<boolean> =>
        page.evaluate<boolean>(`(() => {
          scrollTo(0, document.documentElement.scrollHeight)
          const bottomOf = (selector) => document.querySelector(selector).getBoundingClientRect().bottom
          return Math.max(bottomOf('.preview'), bottomOf('.rule-form')) > document.querySelector('.toasts').getBoundingClientRect().top
        })()`)
      await expect.poll(covered, PATIENCE).toBe(false)
      expect(await page.locator('.toast').count()).toBeGreaterThan(0)
    },
  )

  it.each(screens)(
    'says on $screen beside each field what the server finds wrong with it',
    async ({ screen, size }) => {
      const { page } = kept
      const { id } = await takeRule(`Refused on ${screen}`)
      await page.setViewportSize(size)
      await visit(page, `rules/${id}`)
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('')
      await page.getByRole('textbox', { name: 'URL' }).fill('javascript:hack()')
      await page.getByRole('textbox', { name: 'Minutes of quiet' }).fill('-1')
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByText('3 fields are not right yet').waitFor()
      for (const [name, fault] of [
        ['Name', /\w/],
        ['URL', /http/],
        ['Minutes of quiet', /whole number/],
      ] as const) {
        const field = page
          .getByRole('textbox', { name, exact: true })
          .and(page.locator('[aria-invalid="true"]'))
        expect(await describedBy(page, await field.getAttribute('aria-describedby'))).toMatch(fault)
        expect(await gapToFault(field)).toBeLessThan(80)
      }
      // The first of them comes into sight, wherever the reader was.
      const first = page.locator('[aria-invalid]').first()
      expect(await first.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true)
      const { y = -1 } = (await first.boundingBox()) ?? {}
      expect(y).toBeGreaterThan(0)
      expect(y).toBeLessThan(size.height)
      await page.getByRole('button', { name: 'Discard' }).click()
      expect(await page.locator('[aria-invalid]').count()).toBe(0)
    },
  )

  it.each(screens)(
    'is duplicated on $screen with its actions, but for the secrets that nobody can read',
    async ({ screen, size }) => {
      const { page } = kept
      const { id, name } = await takeRule(`To be twice on ${screen}`)
      await page.setViewportSize(size)
      await visit(page, 'rules')
      await row(name)
        .getByRole('link', { name: `Duplicate ${name}` })
        .click()
      const copy = `${name} (copy)`
      await page
        .getByRole('textbox', { name: 'Name', exact: true })
        .and(page.locator(`[value="${copy}"]`))
        .waitFor()
      await page.getByRole('button', { name: 'Create the rule' }).click()
      await page.getByRole('heading', { level: 1, name: copy }).waitFor()
      const copied = await stored(copy)
      expect(copied).toMatchObject({
        enabled: true,
        actions: [{ config: { url: to.sink.url } }, { config: {} }],
      })
      expect(copied?.actions[0]?.config['headers'] ?? {}).toEqual({})
      expect((await stored(name))?.id).toBe(id)
    },
  )

  it.each(screens)(
    'is deleted on $screen, and taken back before anybody heard of it',
    async ({ screen, size }) => {
      const { id, name } = await takeRule(`Spared on ${screen}`)
      await kept.page.setViewportSize(size)
      await visit(kept.page, 'rules')
      await remove(name)
      await row(name).waitFor({ state: 'detached' })
      await notice(`Deleting ${name}`).getByRole('button', { name: 'Undo' }).click()
      await row(name).waitFor()
      expect(await stored(name)).toMatchObject({ id, enabled: true })
    },
  )

  it.each(screens)(
    'is deleted on $screen from its own page, too, from which it leads to a duplicate',
    async ({ screen, size }) => {
      const { page } = kept
      const { id, name } = await takeRule(`At home on ${screen}`)
      await page.setViewportSize(size)
      await visit(page, `rules/${id}`)
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      await page.getByRole('heading', { level: 1, name: 'Rules' }).waitFor()
      expect(await row(name).count()).toBe(0)
      await notice(`Deleting ${name}`).getByRole('button', { name: 'Undo' }).click()
      await row(name).getByRole('link', { name, exact: true }).click()
      await page.getByRole('link', { name: 'Duplicate', exact: true }).click()
      await page.locator(`input[value="${name} (copy)"]`).waitFor()
      expect(new URL(page.url()).searchParams.get('copy')).toBe(id)
      expect(await stored(name)).toMatchObject({ id, enabled: true })
    },
  )

  it.each(screens)(
    'may count, and tell by email: on $screen both are written, stored as that, and read in words',
    async ({ screen, size }) => {
      const { page } = kept
      const name = newName(`Counted on ${screen}`)
      const choose = (label: string, option: string) =>
        page.getByRole('combobox', { name: label }).selectOption({ label: option })
      const write = (field: string, text: string) =>
        page.getByRole('textbox', { name: field, exact: true }).fill(text)
      await page.setViewportSize(size)
      await visit(page, 'rules/new')
      await choose('How many, or GiftPulse itself', 'at least')
      await write('Count', '10')
      await choose('Kind of log', 'errors')
      await choose('What it must have', 'whatever they are')
      await write('Minutes of the window', '5')
      await page.getByRole('button', { name: 'Add an action' }).click()
      await page.getByRole('menuitem', { name: 'Email' }).click()
      await write('Recipients', 'ops@example.com')
      await write('Name', name)
      await page.getByRole('button', { name: 'Create the rule' }).click()
      await page.getByRole('heading', { level: 1, name }).waitFor()
      await visit(page, 'rules')
      await row(name).getByText('When 10 or more errors happen within 5 minutes', { exact: true }).waitFor()
      await row(name).getByText('ops@example.com', { exact: true }).waitFor()
      const { rules } = await on.product.ask<{ rules: readonly MadeRule[] }>(
        `{ rules { id name logType patternType patternValue thresholdCount thresholdWindowMinutes
                   actions { actionType enabled config } } }`,
      )
      const found = rules.find((rule) => rule.name === name)
      expect(found).toEqual({
        id: expect.any(String),
        name,
        logType: 'ERROR',
        patternType: 'THRESHOLD',
        patternValue: null,
        thresholdCount: 10,
        thresholdWindowMinutes: 5,
        actions: [{ actionType: 'EMAIL', enabled: true, config: { recipients: ['ops@example.com'] } }],
      })
      // Errors do happen: nobody else is to meet its alerts.
      await on.product.ask('mutation ($id: ID!) { deleteRule(id: $id) { id } }', { id: found?.id })
    },
  )

  it.each(screens)(
    'may be about GiftPulse itself: on $screen its troubles are ticked, and it has neither logs nor a cooldown',
    async ({ screen, size }) => {
      const { page } = kept
      const name = newName(`Itself on ${screen}`)
      const amount = page.getByRole('combobox', { name: 'How many, or GiftPulse itself' })
      const create = page.getByRole('button', { name: 'Create the rule' })
      const preview = page.locator('.preview')
      await page.setViewportSize(size)
      await visit(page, 'rules/new?patternType=ERROR_CODE&patternValue=30003')
      await amount.selectOption({ label: 'GiftPulse itself' })
      await preview.getByText('This looks at no logs').waitFor()
      expect(await page.locator('.sentence').getByRole('textbox').count()).toBe(0)
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
      await create.click()
      await page.locator('.entry-chips').getByRole('alert').waitFor()
      await amount.selectOption({ label: 'a single' })
      expect(await page.getByRole('textbox', { name: 'Error codes' }).inputValue()).toBe('30003')
      await page.getByRole('button', { name: 'Discard' }).click()
      await visit(
        page,
        'rules/new?patternType=SYSTEM&patternValue=SOURCE_STALE&logType=CALL&cooldownMinutes=7',
      )
      await preview
        .getByText('It tells when a list of the account is no longer read to its end.', { exact: true })
        .waitFor()
      await page.getByRole('button', { name: 'Twilio refuses the credentials' }).click()
      await preview.getByText(/or Twilio refuses the credentials\.$/).waitFor()
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
      await create.click()
      await page.getByRole('heading', { level: 1, name }).waitFor()
      for (const trouble of ['a list of the account is no longer read', 'Twilio refuses the credentials'])
        await page.getByRole('button', { name: trouble, pressed: true }).waitFor()
      await visit(page, 'rules')
      await row(name)
        .getByText(
          'When a list of the account is no longer read to its end or Twilio refuses the credentials',
        )
        .waitFor()
      const { rules } = await on.product.ask<{ rules: readonly { readonly name: string }[] }>(
        '{ rules { name logType patternType patternValue cooldownMinutes } }',
      )
      expect(rules.find((rule) => rule.name === name)).toEqual({
        name,
        logType: null,
        patternType: 'SYSTEM',
        patternValue: expect.stringMatching(/^SOURCE_STALE, ?CREDENTIALS_REFUSED$/),
        cooldownMinutes: 0,
      })
    },
  )

  it('has right below its sentence on a phone, at each change, what it would have done in one line, which leads to the whole', async () => {
    const { page } = kept
    await page.setViewportSize(sizes.phone)
    await visit(page, 'rules/new?logType=MESSAGE&patternType=STATUS&patternValue=delivered')
    await page.locator('.preview').getByRole('button', { name: '24 h', exact: true }).click()
    const line = page.locator('.preview-line')
    const write = (name: string, text: string) => page.getByRole('textbox', { name, exact: true }).fill(text)
    const steps: readonly (readonly [act: () => Promise<unknown>, asked: object])[] = [
      [async () => {}, { patternValue: 'delivered' }],
      [() => write('Statuses', 'failed, undelivered'), { patternValue: 'failed, undelivered' }],
      [() => write('Minutes of quiet', '0'), { patternValue: 'failed, undelivered', cooldownMinutes: 0 }],
    ]
    for (const [act, asked] of steps) {
      await act()
      await vi.waitFor(async () => {
        const last = kept.answers.last<PreviewRuleQuery>('PreviewRule')
        expect(last?.variables).toMatchObject({ input: asked })
        const { matchCount = 0, alertCount = 0 } = last?.data?.previewRule ?? {}
        expect(matchCount).toBeGreaterThan(1)
        const alerts = `${alertCount.toLocaleString('en')} ${alertCount === 1 ? 'alert' : 'alerts'}`
        expect(await line.innerText()).toBe(
          `${matchCount.toLocaleString('en')} matches, ${alerts} in the last 24 h`,
        )
      }, PATIENCE)
    }
    const topOf = async (part: Locator) => (await part.boundingBox())?.y ?? Number.NaN
    const sentence = await page.getByRole('region', { name: 'When', exact: true }).boundingBox()
    expect((await topOf(line)) - (sentence!.y + sentence!.height)).toBeLessThan(32)
    await line.click()
    const preview = page.locator('.preview')
    await expect.poll(() => topOf(preview), PATIENCE).toBeLessThan(sizes.phone.height / 2)
    expect(await topOf(preview)).toBeGreaterThan(0)
    await write('Statuses', '')
    await line.waitFor({ state: 'detached' })
    await page.setViewportSize(sizes.desktop)
    await write('Statuses', 'failed')
    await page.locator('.preview .figures').waitFor()
    expect(await line.isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Discard' }).click()
  })

  it('can be taken back on a phone that is too small for all the notices of many deletions', async () => {
    const { page } = kept
    const names = await Promise.all(
      Array.from({ length: 9 }, async (_, place) => (await takeRule(`Among many ${place}`)).name),
    )
    await page.setViewportSize({ width: 360, height: 560 })
    await page.reload()
    await visit(page, 'rules')
    for (const name of names) await remove(name)
    const newest = notice(`Deleting ${names.at(-1)}`).getByRole('button', { name: 'Undo' })
    const { y = -1 } = (await newest.boundingBox()) ?? {}
    expect(y).toBeGreaterThan(0)
    expect(y).toBeLessThan(560)
    expect((await page.locator('.toasts').boundingBox())?.y).toBeGreaterThan(0)
    await newest.click()
    await row(names.at(-1) ?? '').waitFor()
  })

  it.each(screens)(
    'that is deleted on $screen is gone from the server once its notice is away, or the tab is closed',
    async ({ screen, size }) => {
      const { page } = kept
      const { name } = await takeRule(`Deleted on ${screen}`)
      const { name: left } = await takeRule(`Left on ${screen}`)
      await page.setViewportSize(size)
      await visit(page, 'rules')
      await remove(name)
      await notice(`Deleting ${name}`).getByRole('button', { name: 'Close' }).click()
      await notice(`${name} is deleted`).waitFor()
      expect(await stored(name)).toBeUndefined()
      expect(await stored(left)).toBeDefined()
      await remove(left)
      await notice(`Deleting ${left}`).waitFor()
      await page.goto('about:blank')
      await expect.poll(() => stored(left), PATIENCE).toBeUndefined()
      await page.close()
    },
  )
})

/** How far below a field its fault stands, in pixels. */
function gapToFault(field: Locator): Promise<number> {
  return field.evaluate((element) => {
    const [id = ''] = (element.getAttribute('aria-describedby') ?? '').split(' ').slice(-1)
    const fault = element.ownerDocument.getElementById(id)
    return fault ? fault.getBoundingClientRect().top - element.getBoundingClientRect().bottom : Infinity
  })
}

/** What the elements say that describe a field. */
async function describedBy(page: Page, ids: string | null): Promise<string> {
  const texts = (ids ?? '').split(' ').map((one) => page.locator(`[id="${one}"]`).innerText())
  return (await Promise.all(texts)).join(' ')
}
