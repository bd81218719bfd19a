import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { browserPath } from '../fixtures/chromium.js'
import { aServerDatabase, type ServerDatabase, testServer } from '../fixtures/empty-database.js'
import { endProducts, type Product, productKey, readyProduct } from '../fixtures/product.js'
import { startTcpProxy, type TcpProxy } from '../fixtures/tcp-proxy.js'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const patiently = { timeout: 60_000, interval: 100 }

let database: ServerDatabase | null = null
let proxy: TcpProxy | null = null
let product: Product

beforeAll(async () => {
  if (testServer) {
    database = await aServerDatabase(testServer)
    proxy = await startTcpProxy(database.url)
  }
  product = await readyProduct({ env: { DATABASE_URL: proxy?.url, ...(proxy && { DEMO: 'false' }) } })
})
afterAll(async () => {
  await endProducts()
  await proxy?.close()
  await database?.drop()
})

/** Runs a call as it is written, but for the port and the key; the body of the answer comes last, after its status. */
async function run(written: string): Promise<{ readonly status: number; readonly body: never }> {
  const command = written
    .replace('http://localhost:8000', product.url.replace('127.0.0.1', 'localhost'))
    .replace('your_api_key', productKey)
  const { stdout } = await promisify(execFile)('sh', ['-c', `${command} -sS -w '\\n%{http_code}'`])
  const [, body = '', status] = /^(.*)\n(\d+)$/s.exec(stdout) ?? []
  return { status: Number(status), body: JSON.parse(body) as never }
}

const get = (path: string) =>
  fetch(`${product.url}${path}`, { headers: { 'x-api-key': productKey }, redirect: 'manual' })

describe('the calls of the manual', () => {
  it('work word for word', async () => {
    const rule = await run(
      `curl -X POST http://localhost:8000/api/rules -H "Content-Type: application/json" -H "X-API-Key: your_api_key" -d '{"name": "Failed Call Detection", "description": "Alert when calls fail", "enabled": true, "log_type": "call", "pattern_type": "error_code", "pattern_value": "30001,30002,30003"}'`,
    )
    expect(rule).toMatchObject({
      status: 201,
      body: {
        name: 'Failed Call Detection',
        log_type: 'call',
        actions: [],
        warnings: [expect.stringContaining('never match')],
      },
    })
    const { id } = rule.body as { id: string }
    const action = await run(
      `curl -X POST http://localhost:8000/api/actions -H "Content-Type: application/json" -H "X-API-Key: your_api_key" -d '{"rule_id": "${id}", "action_type": "email", "config": {"recipients": ["ops@example.com"], "subject": "Twilio Alert", "template": "error_notification"}, "enabled": true}'`,
    )
    expect(action).toMatchObject({ status: 201, body: { rule_id: id, action_type: 'email', enabled: true } })
    expect(await (await get(`/api/rules/${id}`)).json()).toMatchObject({
      id,
      actions: [{ action_type: 'email' }],
    })
    expect((await get('/api/logs')).status).toBe(200)
    // The demo may have fired by now.
    expect(await (await get('/api/alerts')).json()).toBeInstanceOf(Array)
  })
})

describe('the pages', () => {
  it('lie at /docs, their files with them, and /redoc leads there', async () => {
    const html = await (await get('/docs')).text()
    const files = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, file]) => file)
    expect(files.length).toBeGreaterThan(2)
    for (const file of files) expect([file, (await get(`/${file}`)).status]).toEqual([file, 200])
    for (const path of ['/redoc', '/docs/', '/redoc/']) {
      const { status, headers } = await get(path)
      const target = new URL(headers.get('location') ?? '', product.url + path).pathname
      expect([path, status, target]).toEqual([path, 302, '/docs'])
    }
  })

  it.skipIf(browserPath === undefined)(
    'try a route with the key of the tab, and load nothing from elsewhere (skipped without Chromium)',
    async () => {
      const browser = await chromium.launch({
        executablePath: browserPath ?? '',
        args: ['--no-sandbox', '--disable-gpu'],
      })
      try {
        const page = await browser.newPage()
        page.setDefaultTimeout(60_000)
        const heard: string[] = []
        page.on('console', (message) => void (message.type() === 'error' && heard.push(message.text())))
        page.on('pageerror', (failure) => void heard.push(failure.message))
        page.on('request', (request) => {
          if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(product.url))
            heard.push(request.url())
        })
        await page.addInitScript({ content: `sessionStorage.setItem('giftpulse-key', '${productKey}')` })
        await page.goto(`${product.url}/docs`)
        const route = page.locator('#operations-rules-listRules')
        await route.locator('.opblock-summary-control').click()
        await route.locator('.execute').click()
        const answer = route.locator('.live-responses-table')
        await answer.getByText('Failed Call Detection').first().waitFor()
        expect(await answer.locator('.response .response-col_status').first().innerText()).toContain('200')
        expect(heard).toEqual([])
      } finally {
        await browser.close()
      }
    },
  )
})

describe.skipIf(!testServer)('while Postgres is away (skipped without TEST_DATABASE_URL)', () => {
  it('every route is answered 503 and goes on when it is back', async () => {
    proxy?.cut()
    for (let n = 0; n < 5; n += 1) {
      const { status, headers } = await get('/api/rules')
      expect([status, headers.get('retry-after')]).toEqual([503, '1'])
    }
    expect((await get('/api/openapi.json')).status).toBe(200)
    proxy?.restore()
    await expect.poll(async () => (await get('/api/rules')).status, patiently).toBe(200)
  })
})
