// Makes docs/screenshots/: every page of the dashboard on a desktop and on a phone, from the demo account in a folder of its
// own. Needs a Chromium: Debian's, or what CHROMIUM_PATH names, and the ports 8000 and 8010, which are in some of the pictures.
// `npm run screenshots`, or with names: `... -- live logs`; SCREENSHOTS_DIR names another folder, to try it out.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer as createWebServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const project = dirname(dirname(fileURLToPath(import.meta.url)))
const target = process.env.SCREENSHOTS_DIR ?? join(project, 'docs', 'screenshots')
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
/** So long the demo may take until it has something to show on every page, in milliseconds. */
const PATIENCE_MS = 180_000
/** Charts and fonts have settled by then. */
const SETTLE_MS = 1_500
/** As by default. */
const PRODUCT_PORT = 8_000
const RECEIVER_PORT = 8_010
/** More than any page takes. */
const LONGEST_PX = 3_600
const TOLD_RULE = 'Orders that do not arrive'
/** News of alerts stand over what is to be seen. They are React's: out of sight, and not out of the page. */
const WITHOUT_NEWS = '.toasts { visibility: hidden }'

const desktop = { width: 1280, height: 800 }
const phone = { width: 390, height: 844 }

/** Where each page is, and what shows that it is there. `open` goes on from there; `isToldOf` waits for somebody to be told; `most` ends a whole page. */
const shots = [
  { name: 'sign-in', path: '', sign: 'form', isSignedOut: true },
  {
    name: 'overview',
    path: '?since=1h',
    sign: '.overview .plot canvas',
    open: untilOneFailed,
    isToldOf: true,
    isWhole: true,
  },
  { name: 'live', path: 'live', sign: '.log' },
  { name: 'log', path: 'live?status=failed,undelivered', sign: '.log', open: openLogWithHistory },
  { name: 'logs', path: 'logs?since=24h&q=order', sign: '.log' },
  { name: 'alerts', path: 'alerts', sign: 'main a[href*="/alerts/"]' },
  {
    name: 'alert',
    path: 'alerts',
    sign: 'main a[href*="/alerts/"]',
    open: openToldAlert,
    isToldOf: true,
    isWhole: true,
  },
  { name: 'deliveries', path: 'deliveries', sign: '.delivery-row[data-status="FAILED"]', isToldOf: true },
  { name: 'actions', path: 'actions', sign: '.action-row-delivery', isToldOf: true, isWhole: true },
  { name: 'rules', path: 'rules', sign: 'main a[href*="/rules/"]', isWhole: true },
  {
    name: 'rule',
    path: 'rules/new?name=Handsets+unreachable&logType=MESSAGE&patternType=ERROR_CODE&patternValue=30003-30008',
    sign: 'form',
    open: addAnAction,
    isWhole: true,
  },
  { name: 'stored-rule', path: 'rules', sign: 'main a[href*="/rules/"]', open: openFirstRule, isWhole: true },
  { name: 'receivers', path: 'settings/receivers', sign: '.received' },
  {
    name: 'receiver',
    path: 'settings/receivers',
    sign: '.received',
    open: openFirstReceiver,
    isWhole: true,
  },
  {
    name: 'audit',
    path: 'settings/audit?to=rule,receiver,api_key',
    sign: '.audit-entry',
    open: openFirstChange,
    isToldOf: true,
  },
  { name: 'retention', path: 'settings/retention', sign: '.retention-row', isWhole: true },
  {
    name: 'configuration',
    path: 'settings/configuration',
    sign: '.configuration-row',
    open: showWhatIsGiven,
    isWhole: true,
  },
  { name: 'settings', path: 'settings', sign: 'main h1', isWhole: true },
  { name: 'keys', path: 'settings/keys', sign: '.setting-row' },
  { name: 'docs', path: 'graphiql', sign: 'main .cm-editor', open: openRestApi },
  { name: 'explorer', path: 'graphiql', sign: 'main .cm-editor', open: runQuery, isWhole: true, most: 1_500 },
]

/** Actions as mutations take them. */
const ON_CALL =
  '{ actionType: WEBHOOK, config: { url: "https://hooks.example.com/on-call", secret: "a-secret-for-screenshots" } }'
const email = (...recipients) =>
  `{ actionType: EMAIL, config: { recipients: ${JSON.stringify(recipients)} } }`

const looks = [
  { suffix: 'desktop', size: desktop, scheme: 'light' },
  {
    suffix: 'desktop-dark',
    size: desktop,
    scheme: 'dark',
    only: ['overview', 'live', 'deliveries', 'actions', 'audit', 'retention'],
  },
  { suffix: 'phone', size: phone, scheme: 'light' },
  { suffix: 'phone-dark', size: phone, scheme: 'dark', only: ['overview', 'alert'] },
]

async function main(names) {
  const wanted = names.length === 0 ? shots : shots.filter(({ name }) => names.includes(name))
  const folder = mkdtempSync(join(tmpdir(), 'giftpulse-screenshots-'))
  const receiver = await startReceiver()
  const product = await startProduct(folder)
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? browsers.find(existsSync),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    await receiveSomething(product)
    await giveKeys(product)
    await watchForMore(product)
    await untilThereIsMuchToSee(product)
    mkdirSync(target, { recursive: true })
    for (const look of looks)
      await take(
        browser,
        product,
        wanted.filter((shot) => !shot.isToldOf),
        look,
      )
    const told = wanted.filter(({ isToldOf }) => isToldOf)
    // Last: what cannot be delivered is said above every page from then on.
    if (told.length > 0) {
      await tellSomebody(product, receiver.url)
      await untilOneIsGivenUp(product)
    }
    for (const look of looks) await take(browser, product, told, look)
  } finally {
    await browser.close()
    await product.stop()
    receiver.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function take(browser, product, wanted, { suffix, size, scheme, only }) {
  const context = await browser.newContext({
    viewport: size,
    colorScheme: scheme,
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Berlin',
  })
  for (const { name, path, sign, isWhole = false, most = LONGEST_PX, isSignedOut = false, open } of wanted) {
    if (only && !only.includes(name)) continue
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    await page.goto(`${product.url}${path}${isSignedOut ? '' : `#key=${product.key}`}`)
    await page.locator(sign).first().waitFor()
    await open?.(page)
    await page.waitForTimeout(SETTLE_MS)
    if (isWhole) await showWhole(page, size, most)
    await page.evaluate(dress, WITHOUT_NEWS)
    // What it lies over looks pressed.
    await page.mouse.move(0, 0)
    await page.screenshot({ path: join(target, `${name}-${suffix}.png`) })
    console.log(`docs/screenshots/${name}-${suffix}.png`)
    await page.close()
  }
  await context.close()
}

/** Runs in the page. A sheet that is made so is no inline style, which the policy of the page would refuse. */
function dress(css) {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets.push(sheet)
}

/** A page that is longer than the window, in a window as long as it is: bars at the edges stay at the edges. */
async function showWhole(page, size, most) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({
    width: size.width,
    height: Math.max(size.height, Math.min(height, most)),
  })
  await page.waitForTimeout(SETTLE_MS / 2)
}

/** Most are read when all is over; one that was followed shows more of what a log has. */
async function openLogWithHistory(page) {
  const steps = page.locator('.timeline li')
  for (let n = 0; n < 12; n++) {
    await page.locator('.log').nth(n).click()
    await steps.first().waitFor()
    if ((await steps.count()) > 1) return
    await page.keyboard.press('Escape')
    await steps.first().waitFor({ state: 'detached' })
  }
  await page.locator('.log').first().click()
  await steps.first().waitFor()
}

async function runQuery(page) {
  await page.getByRole('button', { name: 'Run' }).click()
  await page.locator('.pane-answer .cm-line').nth(5).waitFor()
  // A phone goes on to the answer, below what was asked.
  await page.evaluate(() => scrollTo(0, 0))
}

/** As who is signed in gets there. */
async function openRestApi(page) {
  await page.getByRole('link', { name: 'REST API' }).click()
  await page.locator('.opblock').first().waitFor()
}

async function untilOneFailed(page) {
  await page.getByRole('region', { name: 'Failed deliveries' }).locator('li').first().waitFor()
}

async function openToldAlert(page) {
  await page.locator('main a[href*="/alerts/"]', { hasText: TOLD_RULE }).first().click()
  await page.waitForURL(/\/alerts\/./)
  // Until its tries are over, the newest has one ahead of it.
  await page
    .getByText(/^failed after \d+ tries$/)
    .first()
    .waitFor()
}

async function addAnAction(page) {
  await page.getByRole('button', { name: 'Add an action' }).click()
  await page.getByRole('menuitem', { name: 'Webhook' }).click()
  await page.getByRole('textbox', { name: 'URL' }).fill('https://hooks.example.com/on-call')
  await page.getByRole('textbox', { name: 'URL' }).blur()
}

async function openFirstRule(page) {
  await page.locator('main a[href*="/rules/"]:not([href*="/rules/new"])').first().click()
  await page.waitForURL(/\/rules\/(?!new)./)
  await page.locator('form').first().waitFor()
}

async function openFirstChange(page) {
  await page.locator('.audit-entry', { hasText: 'changed the rule' }).first().locator('summary').click()
}

/** What was set, and where: in the list of all it is far below. */
async function showWhatIsGiven(page) {
  await page.getByRole('button', { name: /^Set here/ }).click()
}

async function openFirstReceiver(page) {
  await page.locator('main a[href*="/settings/receivers/"]').first().click()
  await page.locator('.receiver-page').waitFor()
}

/** Rules of other kinds than the demo's, which stay quiet: what they look for is rare, or they are off. */
async function watchForMore({ url, key }) {
  const rules = [
    `name: "The hotline is hard to reach", logType: CALL, patternType: THRESHOLD, patternValue: "status:busy,no-answer",
     thresholdCount: 200, thresholdWindowMinutes: 10, cooldownMinutes: 30, actions: [${ON_CALL}, ${email('hotline@example.com')}]`,
    `name: "Twilio is not read any more", patternType: SYSTEM, patternValue: "SOURCE_STALE,CREDENTIALS_REFUSED",
     cooldownMinutes: 60, actions: [${email('on-call@example.com', 'operations@example.com')}]`,
    `name: "Numbers of the spring campaign", enabled: false, logType: MESSAGE, patternType: ERROR_CODE, patternValue: "21610,21614",
     cooldownMinutes: 5, actions: [{ actionType: LOG, config: {} }]`,
  ]
  for (const rule of rules) await ask(url, key, `mutation { createRule(input: { ${rule} }) { rule { id } } }`)
}

/** A receiver as Alertmanager would use it, and what came to it; another that waits. */
async function receiveSomething({ url, key }) {
  const token = 'a-token-for-screenshots'
  const mapping =
    '{ id: "groupKey", errorCode: "commonLabels.severity", message: "/commonAnnotations/summary" }'
  const about = 'What Alertmanager says of our own machines'
  const input = `{ name: "alertmanager", description: "${about}", token: "${token}", mapping: ${mapping} }`
  const answer = await ask(url, key, `mutation { createReceiver(input: ${input}) { receiver { name } } }`)
  const other =
    '{ name: "orders", description: "Orders whose message could not be sent", generateSecret: true }'
  await ask(url, key, `mutation { createReceiver(input: ${other}) { receiver { name } } }`)
  const path = `webhooks/custom/${answer.createReceiver.receiver.name}`
  for (const host of ['db1', 'db2', 'web3']) {
    await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-receiver-token': token },
      body: JSON.stringify({
        groupKey: `disk:${host}`,
        status: 'firing',
        commonLabels: { severity: 'critical' },
        commonAnnotations: { summary: `The disk of ${host} is 91 % full` },
      }),
    })
  }
}

/** Keys for a panel of figures, for who is on call, and one that was taken back. */
async function giveKeys({ url, key }) {
  const make = (input) => ask(url, key, `mutation { createApiKey(input: ${input}) { apiKey { id } key } }`)
  const grafana = await make('{ name: "Grafana", scopes: [READ] }')
  const onCall = await make(
    '{ name: "on call", scopes: [READ, OPERATE, PII], expiresAt: "2027-07-01T00:00:00Z" }',
  )
  for (const { createApiKey } of [grafana, onCall]) await ask(url, createApiKey.key, '{ viewer { name } }')
  const lost = await make('{ name: "a laptop that got lost", scopes: [READ, OPERATE] }')
  await ask(url, key, `mutation { revokeApiKey(id: "${lost.createApiKey.apiKey.id}") { apiKey { id } } }`)
}

/** A rule that tells three: one is reached, one answers that it is away, one has no mail server. It was changed once since. */
async function tellSomebody({ url, key }, receiver) {
  const actions = `[
    { actionType: WEBHOOK, config: { url: "${receiver}/on-call", secret: "a-secret-for-screenshots" } }
    { actionType: WEBHOOK, config: { url: "${receiver}/night-shift" } }
    ${email('on-call@example.com', 'orders@example.com')}
  ]`
  const pattern = 'logType: MESSAGE, patternType: STATUS, patternValue: "undelivered", cooldownMinutes: 10'
  const input = `{ name: "${TOLD_RULE}", ${pattern}, actions: ${actions} }`
  const { createRule } = await ask(url, key, `mutation { createRule(input: ${input}) { rule { id } } }`)
  const change = `{ patternType: THRESHOLD, patternValue: "status:undelivered,failed", thresholdCount: 5, thresholdWindowMinutes: 5, cooldownMinutes: 1,
    description: "Call the night shift." }`
  await ask(
    url,
    key,
    `mutation { updateRule(id: "${createRule.rule.id}", input: ${change}) { rule { id } } }`,
  )
}

/** Takes what it is sent at one address, and is away at the other. */
async function startReceiver() {
  const server = createWebServer((request, response) => {
    request.resume()
    const isAway = request.url === '/night-shift'
    response.writeHead(isAway ? 503 : 200, { 'content-type': 'text/plain' })
    response.end(isAway ? 'The bridge of the night shift is being restarted.' : 'Taken.')
  }).listen(RECEIVER_PORT, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${RECEIVER_PORT}`, stop: () => server.close() }
}

async function ask(url, key, query) {
  const response = await fetch(`${url}graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify({ query }),
  })
  return (await response.json()).data
}

async function startProduct(folder) {
  const url = `http://127.0.0.1:${PRODUCT_PORT}/`
  // What is set is to be seen among the settings: as somebody would set it, and nothing of this machine.
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PUBLIC_URL: 'https://giftpulse.example.com',
    WEBHOOK_ALLOW_PRIVATE_NETWORKS: 'true',
    // Hidden.
    SECRET_KEY: 'a-secret-key-for-screenshots',
  }
  const child = spawn(process.execPath, [join(project, 'dist', 'main.js')], { cwd: folder, env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The product ended:\n${output}`)
    const answer = await fetch(`${url}readyz`).catch(() => null)
    const key = /#key=(\S+)/.exec(output)?.[1]
    if (answer?.ok && key) return { url, key, stop: () => stopped(child) }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function stopped(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill()
  await once(child, 'exit')
}

/** Waits until every try of a webhook was in vain, which takes half a minute. */
async function untilOneIsGivenUp({ url, key }) {
  const query = '{ deliveries(first: 50, filter: { status: [FAILED] }) { nodes { action { actionType } } } }'
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until) {
    const { deliveries } = await ask(url, key, query)
    if (deliveries.nodes.some(({ action }) => action.actionType === 'WEBHOOK')) return
    await new Promise((resolve) => setTimeout(resolve, 2_000))
  }
  throw new Error('Nothing was given up.')
}

/** Waits until each rule of the demo has fired, and nothing is away: a busy machine may begin so. */
async function untilThereIsMuchToSee({ url, key }) {
  const query = '{ health { status } alerts(first: 20) { nodes { ruleId } } }'
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until) {
    const data = await ask(url, key, query)
    const isWell = data?.health.status === 'ok'
    if (isWell && new Set(data.alerts.nodes.map(({ ruleId }) => ruleId)).size >= 3) return
    await new Promise((resolve) => setTimeout(resolve, 2_000))
  }
  console.warn('Not every rule of the demo has fired yet; the pages are taken as they are.')
}

await main(process.argv.slice(2))
