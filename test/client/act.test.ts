import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath, newName, troublesOf } from './browser.js'
import { aSharedProduct, SECRET_KEY } from './shared-product.js'
import { Sink } from './sink.js'

// In this order: each goes on where the one before it left.
describe.skipIf(browserPath === undefined)('the dashboard acts (needs Chromium)', { timeout: 90_000 }, () => {
  const on = aSharedProduct()
  let sink: Sink
  let page: Page
  let troubles: readonly string[]
  let rule: string
  let receiver: string

  beforeAll(async () => {
    sink = await Sink.start()
    // An alert may fire at any time, also while a test is under way.
    sink.takes = (body) => body.includes('alert.test')
    page = await on.browser.newPage()
    page.setDefaultTimeout(25_000)
    troubles = troublesOf(page, new URL(on.product.url).host)
    await page.goto(`${on.product.url}#key=${on.product.key}`)
    await page.getByRole('navigation').first().waitFor()
  })
  afterAll(() => sink?.end())

  /** The oldest one has had time for all its tries. */
  async function openAlert(): Promise<void> {
    await goTo('alerts')
    await page.getByRole('link', { name: rule }).last().click({ timeout: 60_000 })
  }

  /** Answers what begins so with a failure, until what is returned is called. */
  async function refuse(beginning: string): Promise<() => Promise<void>> {
    await page.route('**/graphql', (route) =>
      (route.request().postData() ?? '').includes(beginning)
        ? route.fulfill({ status: 500, json: { errors: [{ message: 'Not now.' }] } })
        : route.fallback(),
    )
    return () => page.unroute('**/graphql')
  }

  /** What the clipboard holds, by a dialog that is not left by marking a text to beyond its edge, but by a click there. */
  async function pasted(): Promise<string> {
    await page.getByRole('button', { name: 'New key' }).click()
    const name = page.getByRole('textbox', { name: 'Name' })
    await name.focus()
    await page.keyboard.press('Control+V')
    const text = await name.inputValue()
    const { x, y } = (await name.boundingBox()) ?? { x: 0, y: 0 }
    await page.mouse.move(x + 20, y + 10)
    await page.mouse.down()
    await page.mouse.move(5, y + 10)
    await page.mouse.up()
    expect(await name.inputValue()).toBe(text)
    await page.mouse.click(5, 5)
    await name.waitFor({ state: 'detached' })
    return text
  }

  const goTo = (path: string) => page.goto(new URL(path, on.product.url).href)

  describe('whoever is on call', () => {
    it('makes a rule in plain words, sees what it would have done, and is told which field is wrong', async () => {
      await goTo('rules/new?logType=MESSAGE&patternType=ERROR_CODE&patternValue=30003')
      await page.getByRole('combobox', { name: 'What it must have' }).selectOption('STATUS')
      await page.getByRole('textbox', { name: 'Statuses' }).fill('')
      await page.getByRole('button', { name: 'delivered', exact: true }).click()
      await page.getByText('stored logs were looked at').waitFor()
      rule = newName('Anything delivered')
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill(rule)
      await page.getByRole('button', { name: 'Add an action' }).click()
      await page.getByRole('menuitem', { name: 'Webhook' }).click()
      await page.getByRole('textbox', { name: 'URL' }).fill('nowhere')
      await page.getByRole('button', { name: 'Create the rule' }).click()
      await page.getByRole('textbox', { name: 'URL' }).and(page.locator('[aria-invalid]')).waitFor()
      await page.getByRole('textbox', { name: 'Minutes of quiet' }).fill('10m')
      await page.getByRole('button', { name: 'Create the rule' }).click()
      await page.getByText('Minutes of quiet must be a whole number').waitFor()
      await page.getByRole('textbox', { name: 'Minutes of quiet' }).fill('10')
      await page.getByRole('textbox', { name: 'URL' }).fill(sink.url)
      await page.getByRole('button', { name: 'Create the rule' }).click()
      await page.getByRole('heading', { level: 1, name: rule }).waitFor()
    })

    it('sends a test that really arrives, and sees what was answered', async () => {
      await page.getByRole('button', { name: 'Send a test' }).click()
      await page.getByText('Accepted by the other side').waitFor()
      expect(sink.bodies.some((body) => body.includes('alert.test'))).toBe(true)
      const result = await page.getByRole('status', { name: 'The test' }).innerText()
      expect(result).toContain('thank you')
      expect(result).toContain('"type": "alert.test"')
    })

    it('edits its actions in place: what is stored is what is shown, and its secrets are hidden at once', async () => {
      const answers = await refuse('query Rule(')
      await page.getByText('More settings').first().click()
      await page.getByRole('button', { name: 'Add one' }).click()
      await page.getByRole('textbox', { name: 'name 1' }).fill('Authorization')
      await page.getByRole('textbox', { name: 'value 1' }).fill('Bearer of-nobody-else')
      await page.getByRole('button', { name: 'Add an action' }).click()
      await page.getByRole('menuitem', { name: 'Log' }).click()
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByText(`${rule} is saved`).first().waitFor()
      await page.getByText('Applies to logs stored after you save').waitFor()
      expect(await page.locator('.action').count()).toBe(2)
      expect(await page.getByRole('textbox', { name: 'value 1' }).inputValue()).toBe('********')
      await answers()
    })

    it('saves no JSON that is not whole, and has what is stored back by discarding', async () => {
      const payload = page.getByRole('textbox', { name: 'Payload' })
      await payload.fill('{ "text": ')
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByText('One field is not right yet').waitFor()
      await page.getByRole('textbox', { name: 'value 1' }).fill('something else')
      await page.getByRole('button', { name: 'Discard' }).click()
      expect(await payload.inputValue()).toBe('')
      expect(await page.getByRole('textbox', { name: 'value 1' }).inputValue()).toBe('********')
      await page.getByText('Applies to logs stored after you save').waitFor()
    })

    it('sees the alert with every try of its delivery', async () => {
      await openAlert()
      await page.getByText('failed after 2 tries').waitFor()
      expect(await page.getByText('the sink is out of order').count()).toBe(2)
    })

    it('retries everything that failed at once, or one delivery', async () => {
      await goTo('')
      await page.getByRole('button', { name: 'Retry all' }).click()
      const dialog = page.getByRole('dialog', { name: /^Retry the .*failed notification/ })
      await dialog.getByText('within the last 1 h').waitFor()
      await dialog.getByRole('button', { name: 'Retry them' }).click()
      await page
        .getByText(/(It is|are) tried again now\./)
        .first()
        .waitFor()
      await openAlert()
      await page.getByText('failed after 4 tries').waitFor()
      sink.takes = () => true
      await page.getByRole('button', { name: 'Retry', exact: true }).click()
      await page.getByText('thank you').first().waitFor()
      await page.getByText('delivered after 5 tries').waitFor()
    })

    it('sees when a rule last fired', async () => {
      await goTo('rules')
      const row = page.getByRole('listitem').filter({ hasText: rule })
      await row.getByRole('link', { name: /^[1-9][\d,]* alerts?$/ }).waitFor()
      await row.getByText(/^last (now|.* ago)$/).waitFor()
    })

    it('follows new logs in the explorer', async () => {
      await goTo('graphiql')
      await page.getByRole('button', { name: 'Examples' }).click()
      await page.getByRole('menuitem', { name: /Follow new logs/ }).click()
      await page.getByRole('button', { name: /^Run/ }).click()
      await page.getByRole('textbox', { name: 'Answer' }).getByText('logAdded').first().waitFor()
      await page.getByRole('button', { name: 'Stop' }).click()
    })
  })

  describe('an administrator', () => {
    it('makes a key that is shown once and opens the API, and revokes it', async () => {
      await goTo('settings/keys')
      await page.getByRole('button', { name: 'New key' }).click()
      const name = newName('prometheus')
      await page.getByRole('textbox', { name: 'Name' }).fill(name)
      await page.getByRole('button', { name: 'Make the key' }).click()
      const key = await page.locator('.made-key code').innerText()
      expect(await on.product.statusOf(key)).toBe(200)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await page.mouse.click(5, 5)
      // As a page that was not loaded over https has none.
      await page.evaluate(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`)
      await page.getByRole('button', { name: 'Copy the key' }).click()
      await page.getByRole('button', { name: 'Copied' }).waitFor()
      await page.getByRole('button', { name: 'I have it' }).click()
      expect(await pasted()).toBe(key)
      await page.getByRole('button', { name: `Revoke ${name}` }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
      await page.getByText('Revoked').first().waitFor()
      expect(await page.getByText(key).count()).toBe(0)
      await expect.poll(() => on.product.statusOf(key), { timeout: 15_000 }).toBe(401)
    })
  })

  describe('whoever connects another system', () => {
    it('makes a receiver, is shown its secret once, gives it a token, and sees what came in', async () => {
      await goTo('settings/receivers')
      await page.getByRole('button', { name: 'New receiver' }).click()
      receiver = newName('printers')
      await page.getByRole('textbox', { name: 'Name' }).fill(receiver)
      await page.getByRole('button', { name: 'Make the receiver' }).click()
      await page.getByRole('heading', { name: 'The new receiver' }).waitFor()
      const [url = '', secret = ''] = await page.locator('.made-key code').allInnerTexts()
      expect(secret).toMatch(/^whsec_/)
      await page.getByRole('button', { name: 'Set it up' }).click()
      await page.getByRole('heading', { level: 1, name: receiver }).waitFor()
      await page.getByRole('button', { name: 'Set the token' }).click()
      await page.getByRole('textbox', { name: 'The token' }).fill('a-token-of-tests')
      await page.getByRole('button', { name: 'Save the token' }).click()
      await page.getByRole('button', { name: 'Replace the token' }).waitFor()
      expect(await sendTo(url, { id: 'job-1', text: 'The paper is out' })).toBe(202)
      await page.locator('.received').getByText('Stored', { exact: true }).waitFor()
      expect(await page.getByText(secret).count()).toBe(0)
    })

    it('says where the message is found, and has what came worked again', async () => {
      await page.getByRole('textbox', { name: 'Message' }).fill('data..text')
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByRole('textbox', { name: 'Message' }).and(page.locator('[aria-invalid]')).waitFor()
      await page.getByRole('textbox', { name: 'Message' }).fill('text')
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByText(`${receiver} is saved`).first().waitFor()
      await page.getByRole('button', { name: 'Replay' }).click()
      await page.getByText('It is worked once more.').first().waitFor()
      await expect
        .poll(async () => {
          const { logs } = await on.product.ask<{
            logs: { nodes: readonly { errorMessage: string | null }[] }
          }>(`{ logs(filter: { twilioSid: ["custom:${receiver}:job-1"] }) { nodes { errorMessage } } }`)
          return logs.nodes[0]?.errorMessage
        })
        .toBe('The paper is out')
    })

    it('sees every setting that is in force and where it was given, but no secret', async () => {
      await goTo('settings/configuration')
      const row = page.locator('.configuration-row', { has: page.getByText('SECRET_KEY', { exact: true }) })
      await row.getByText('********').waitFor()
      await row.getByText('environment').waitFor()
      expect(await page.locator('main').innerText()).toContain('POLL_INTERVAL_SECONDS')
      expect(await page.content()).not.toContain(SECRET_KEY)
    })
  })

  describe('all of that', () => {
    it('runs under the strict policy, and asks nothing of anybody else', () => {
      expect(troubles).toEqual([])
    })
  })
})

async function sendTo(url: string, body: object): Promise<number> {
  const headers = { 'content-type': 'application/json', 'x-receiver-token': 'a-token-of-tests' }
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status
}
