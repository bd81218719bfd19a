import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath, openBrowser, overflow, seriousFaults, sizes, troublesOf } from './browser.js'
import { Sink } from './sink.js'
import { StartedProduct } from './started-product.js'

let product: StartedProduct
let browser: Browser
let sink: Sink
let page: Page
let troubles: readonly string[]

beforeAll(async () => {
  ;[product, browser, sink] = await Promise.all([
    StartedProduct.start({
      WEBHOOK_ALLOW_PRIVATE_NETWORKS: 'true',
      WEBHOOK_RETRY_ATTEMPTS: '1',
      RETRY_BASE_SECONDS: '0.1',
    }),
    openBrowser(),
    Sink.start(),
  ])
  page = await browser.newPage({ viewport: sizes.desktop })
  page.setDefaultTimeout(25_000)
  troubles = troublesOf(page, new URL(product.url).host)
  await page.goto(product.address)
  await page.getByRole('navigation').first().waitFor()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  sink?.end()
  await product?.end()
})

const goTo = (path: string) => page.goto(new URL(path, product.url).href)

// In this order: each goes on where the one before it left.
describe.skipIf(browserPath === undefined)('whoever is on call (needs Chromium)', { timeout: 90_000 }, () => {
  it('makes a rule in plain words, sees what it would have done, and is told which field is wrong', async () => {
    await goTo('rules/new?logType=MESSAGE&patternType=ERROR_CODE&patternValue=30003')
    await page.getByRole('combobox', { name: 'What it must have' }).selectOption('STATUS')
    await page.getByRole('textbox', { name: 'Statuses' }).fill('')
    await page.getByRole('button', { name: 'delivered', exact: true }).click()
    await page.getByText('stored logs were looked at').waitFor()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Anything delivered')
    await page.getByRole('button', { name: 'Add an action' }).click()
    await page.getByRole('menuitem', { name: 'Webhook' }).click()
    await page.getByRole('textbox', { name: 'URL' }).fill('nowhere')
    await page.getByRole('button', { name: 'Create the rule' }).click()
    await page.getByRole('textbox', { name: 'URL' }).and(page.locator('[aria-invalid]')).waitFor()
    sink.status = 500
    await page.getByRole('textbox', { name: 'URL' }).fill(sink.url)
    await page.getByRole('button', { name: 'Create the rule' }).click()
    await page.getByRole('heading', { level: 1, name: 'Anything delivered' }).waitFor()
  })

  it('sends a test that really arrives, and sees what was answered', async () => {
    sink.status = 200
    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByText('Accepted by the other side').waitFor()
    sink.status = 500
    expect(sink.bodies.some((body) => body.includes('alert.test'))).toBe(true)
    expect(await page.getByRole('status', { name: 'The test' }).innerText()).toContain('thank you')
  })

  it('sees the alert with every try of its delivery, and retries it', async () => {
    await goTo('alerts')
    // The oldest one has had time for all its tries.
    await page
      .getByRole('link', { name: /Anything delivered/ })
      .last()
      .click()
    await page.getByText('failed after 2 tries').waitFor()
    expect(await page.getByText('the sink is out of order').count()).toBe(2)
    sink.status = 200
    await page.getByRole('button', { name: 'Retry', exact: true }).click()
    await page.getByText('thank you').first().waitFor()
    await page.getByText('delivered after 3 tries').waitFor()
  })

  it('deletes a rule, and takes it back', async () => {
    await goTo('rules')
    await page.getByRole('button', { name: 'Delete Anything delivered' }).click()
    await page.getByText('Anything delivered is deleted').first().waitFor()
    expect(await page.getByRole('link', { name: 'Anything delivered' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('link', { name: 'Anything delivered' }).waitFor()
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

describe('an administrator', { timeout: 60_000 }, () => {
  it('makes a key that is shown once and opens the API, and revokes it', async () => {
    await goTo('settings/keys')
    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('grafana')
    await page.getByRole('button', { name: 'Make the key' }).click()
    const key = await page.locator('.made-key code').innerText()
    expect(await statusOf(key)).toBe(200)
    await page.getByRole('button', { name: 'I have it' }).click()
    await page.getByRole('button', { name: 'Revoke grafana' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
    await page.getByText('Revoked').waitFor()
    expect(await page.getByText(key).count()).toBe(0)
    await expect.poll(() => statusOf(key), { timeout: 15_000 }).toBe(401)
  })
})

describe('the pages', { timeout: 120_000 }, () => {
  it.each(Object.entries(sizes))('are in reach of everybody, on a %s', async (_, size) => {
    await page.setViewportSize(size)
    const faults: string[] = []
    for (const path of [
      'rules',
      'rules/new',
      'alerts',
      'settings',
      'settings/keys',
      'settings/receivers',
      'graphiql',
    ]) {
      await goTo(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
      faults.push(...(await seriousFaults(page)).map((fault) => `${path}: ${fault}`))
      if ((await overflow(page)) > 0) faults.push(`${path} is wider than the window`)
    }
    expect(faults).toEqual([])
  })

  it('run under the strict policy, and ask nothing of anybody else', () => {
    expect(troubles).toEqual([])
  })
})

async function statusOf(key: string): Promise<number> {
  const response = await fetch(new URL('graphql', product.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify({ query: '{ viewer { name } }' }),
  })
  return response.status
}
