import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  browserPath,
  everyTroubleOf,
  isLive,
  overflow,
  PATIENCE,
  seriousFaults,
  sizes,
  TestBrowser,
  visit,
} from './browser.js'
import { StartedProduct } from './started-product.js'

interface Visited {
  readonly path: string
  /** What tells that it is there. */
  readonly sign: string
}

const looks = [
  { name: 'a desktop', size: sizes.desktop, scheme: 'light' },
  { name: 'a phone in the dark', size: sizes.phone, scheme: 'dark' },
] as const

/** From the narrowest phone to a wide screen. */
const widths = [360, 768, 1920]

describe.skipIf(browserPath === undefined)('every page (needs Chromium)', { timeout: 300_000 }, () => {
  let product: StartedProduct
  let browser: TestBrowser
  let pages: readonly Visited[]

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([StartedProduct.start(), TestBrowser.open()])
    pages = await pagesOf(product)
  }, 180_000)
  afterEach(() => browser?.clear())
  afterAll(async () => {
    await browser?.close()
    await product?.end()
  })

  it.each(looks)('is in reach of everybody on $name, whatever its width', async ({ size, scheme }) => {
    const page = await browser.newPage({ size, scheme })
    const faults: string[] = []
    const troubles = everyTroubleOf(page, new URL(product.url).host)
    await page.goto(`${product.url}settings#key=${product.key}`)
    await isLive(page)
    for (const { path, sign } of pages) {
      await visit(page, path)
      await page.locator(sign).first().waitFor(PATIENCE)
      faults.push(...(await seriousFaults(page)).map((fault) => `${path}: ${fault}`))
      faults.push(...(await tooWide(page, path, size)))
    }
    expect(faults).toEqual([])
    expect(troubles).toEqual([])
  })
})

/** What of a page does not fit which widths. */
async function tooWide(
  page: Page,
  path: string,
  size: { readonly width: number; readonly height: number },
): Promise<readonly string[]> {
  const faults: string[] = []
  for (const width of [size.width, ...widths]) {
    await page.setViewportSize({ ...size, width })
    if ((await overflow(page)) > 0) faults.push(`${path} is wider than ${width} px`)
  }
  await page.setViewportSize(size)
  return faults
}

/** All pages there are, those of one log, alert, rule and receiver too. */
async function pagesOf(product: StartedProduct): Promise<readonly Visited[]> {
  // The first sweep brings much to judge, and a rule is made in its turn.
  await vi.waitUntil(() => isRead(product), { ...PATIENCE, interval: 500 })
  const { createReceiver } = await product.ask<{ createReceiver: { receiver: { id: string; url: string } } }>(
    `mutation { createReceiver(input: { name: "backups", token: "a-token-of-tests" }) { receiver { id url } } }`,
  )
  const { id, url } = createReceiver.receiver
  await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-receiver-token': 'a-token-of-tests' },
    body: JSON.stringify({ id: 'night-1', status: 'failed', message: 'The disk is full' }),
  })
  const { createRule } = await product.ask<{ createRule: { rule: { id: string } } }>(RULE)
  const alert = await vi.waitUntil(() => triedAlert(product, createRule.rule.id), {
    ...PATIENCE,
    interval: 250,
  })
  const [log] = await product.logIds(1)
  return [
    { path: '', sign: '.overview .plot canvas' },
    { path: 'live', sign: '.log' },
    { path: 'logs', sign: '.log' },
    { path: `logs?log=${log}`, sign: '.timeline li' },
    { path: 'alerts', sign: 'a.alert' },
    { path: `alerts/${alert}`, sign: '.attempt' },
    { path: 'rules', sign: '.rule-row' },
    { path: `rules/${createRule.rule.id}`, sign: '.preview-found' },
    { path: 'rules/new', sign: '.rule-editor' },
    { path: 'settings', sign: '.setting-facts' },
    { path: 'settings/keys', sign: 'main .panel' },
    { path: 'settings/receivers', sign: '.received' },
    { path: `settings/receivers/${id}`, sign: '.received' },
    { path: 'settings/configuration', sign: '.configuration-row' },
    { path: 'graphiql', sign: '.cm-editor, .explorer' },
    { path: 'nowhere', sign: 'main .state' },
  ]
}

const RULE = `mutation {
  createRule(
    input: {
      name: "Whatever arrives"
      logType: MESSAGE
      patternType: STATUS
      patternValue: "delivered"
      actions: [
        { actionType: LOG, config: {} }
        { actionType: WEBHOOK, config: { url: "https://hooks.example.com/ops", headers: { Authorization: "Bearer 1" } } }
        { actionType: EMAIL, config: { recipients: ["ops@example.com"] } }
      ]
    }
  ) {
    rule {
      id
    }
  }
}`

/** Whether the first sweep of every source has ended. */
async function isRead(product: StartedProduct): Promise<boolean> {
  const { health } = await product.ask<{
    health: { sources: readonly { lastSuccessAt: string | null }[] }
  }>(`{ health { sources { lastSuccessAt } } }`)
  return health.sources.length > 0 && health.sources.every(({ lastSuccessAt }) => lastSuccessAt !== null)
}

/** The oldest alert of a rule whose deliveries were all tried; null where there is none yet. */
async function triedAlert(product: StartedProduct, ruleId: string): Promise<string | null> {
  const { alerts } = await product.ask<{
    alerts: { nodes: readonly { id: string; deliveries: readonly { attemptCount: number }[] }[] }
  }>(
    `query ($ruleId: [ID!]) { alerts(filter: { ruleId: $ruleId }) { nodes { id deliveries { attemptCount } } } }`,
    { ruleId: [ruleId] },
  )
  const isTried = ({ deliveries }: (typeof alerts.nodes)[number]): boolean =>
    deliveries.every(({ attemptCount }) => attemptCount > 0)
  return alerts.nodes.findLast(isTried)?.id ?? null
}
