import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
  type Request,
  type Response,
} from 'playwright-core'
import { browserPath } from '../fixtures/chromium.js'

export { browserPath }

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface Size {
  readonly width: number
  readonly height: number
}

export const sizes = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 360, height: 740 },
} as const

/** Where a journey leads the same way on both. */
export const screens = [
  { screen: 'a desktop', size: sizes.desktop },
  { screen: 'a phone', size: sizes.phone },
] as const

/** Between them they show every page wide and narrow, light and dark. */
export const looks = [
  { name: 'a desktop', size: sizes.desktop, scheme: 'light' },
  { name: 'a phone in the dark', size: sizes.phone, scheme: 'dark' },
] as const

/** Patience with a busy machine, no measure of speed. */
export const PATIENCE = { timeout: 90_000 }

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath ?? '', args: FLAGS })
}

interface Look {
  readonly size?: Size
  readonly scheme?: 'light' | 'dark'
  /** Whether it is touched, as a phone is; pointed at with a mouse where left out. */
  readonly hasTouch?: boolean
}

/** The pages of a test file. What they have loaded and remember they share, and nobody else does. */
export class TestBrowser {
  private readonly contexts = new Map<string, Promise<BrowserContext>>()

  constructor(private readonly browser: Browser) {}

  async newPage({ size = sizes.desktop, scheme = 'light', hasTouch = false }: Look = {}): Promise<Page> {
    const name = `${scheme} ${hasTouch}`
    let context = this.contexts.get(name)
    if (!context)
      this.contexts.set(
        name,
        (context = this.browser.newContext({ colorScheme: scheme, reducedMotion: 'reduce', hasTouch })),
      )
    const page = await (await context).newPage()
    await page.setViewportSize(size)
    return page
  }

  /** Ends the pages of a test; sessions live in a tab, and end with it. Another try must not meet what this one left: offline, or its choices. */
  async clear(): Promise<void> {
    for (const context of await Promise.all(this.contexts.values())) {
      await context.setOffline(false)
      for (const page of context.pages()) {
        // A query may be under way: closing would tear it off in the middle of its route.
        await page.unrouteAll({ behavior: 'ignoreErrors' })
        // A page that could not be loaded has no storage.
        await page.evaluate('localStorage.clear()').catch(() => {})
        await page.close()
      }
    }
  }

  async close(): Promise<void> {
    await this.clear()
    for (const context of await Promise.all(this.contexts.values())) await context.close()
  }
}

/** A name that nothing has yet, from no earlier try either: CI tries once more what failed, on the same product. */
export function newName(name: string): string {
  return `${name}-${randomUUID().slice(0, 8)}`
}

/** What goes wrong in a page without its reader seeing it: failed scripts, what its policy stops, and what it asks of others. */
export function troublesOf(page: Page, host: string): string[] {
  const troubles: string[] = []
  page.on('pageerror', ({ message }) => void troubles.push(message))
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) troubles.push(message.text())
  })
  const check = (address: string): void => {
    const url = new URL(address)
    if (/^(http|ws)/.test(url.protocol) && url.host !== host) troubles.push(`asks ${url.host}`)
  }
  page.on('request', (request) => check(request.url()))
  page.on('websocket', (socket) => check(socket.url()))
  return troubles
}

/** And whatever else the browser complains of, for pages that only read: refused inputs would be complaints too. */
export function everyTroubleOf(page: Page, host: string): readonly string[] {
  const troubles = troublesOf(page, host)
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(`${message.type()}: ${message.text()}`)
  })
  return troubles
}

/** The logs that are drawn, from the top of the list. */
export function shownIds(page: Page): Promise<readonly string[]> {
  return page.evaluate('[...document.querySelectorAll(".log")].map((row) => row.dataset.id)')
}

/** The log that has the focus; null where none has it. */
export function focusedId(page: Page): Promise<string | null> {
  return page.evaluate('document.activeElement.closest(".log")?.dataset.id ?? null')
}

/** What a request asks the API for, as its document says: such as `query` and `Rules`. */
export function operationOf(request: Request): { readonly kind: string; readonly name: string } {
  const { query } = request.postDataJSON() as { readonly query: string }
  const [, kind = '', name = ''] = /^\s*(\w+)\s+(\w+)/.exec(query) ?? []
  return { kind, name }
}

/** A question of the page to the API and its answer. */
interface Answered<Data> {
  readonly name: string
  readonly variables: Readonly<Record<string, unknown>>
  /** Undefined until it is there. */
  data: Data | undefined
}

/** What a page asks the API from now on, and is answered. */
export class Answers {
  private readonly all: Answered<unknown>[] = []

  constructor(page: Page) {
    page.on('response', (response) => void this.hear(response))
  }

  /** The newest question of an operation, such as `Rules`, with these variables among others; undefined where it was not asked yet. */
  last<Data>(name: string, variables: object = {}): Answered<Data> | undefined {
    const wanted = Object.entries(variables)
    return this.all.findLast(
      (one) => one.name === name && wanted.every(([key, value]) => one.variables[key] === value),
    ) as Answered<Data> | undefined
  }

  private async hear(response: Response): Promise<void> {
    const request = response.request()
    if (request.method() !== 'POST' || !response.url().endsWith('/graphql')) return
    const { variables } = request.postDataJSON() as Pick<Answered<unknown>, 'variables'>
    const answered: Answered<unknown> = { name: operationOf(request).name, variables, data: undefined }
    this.all.push(answered)
    // Of a page that is left there is no body any more.
    const body = (await response.json().catch(() => null)) as { readonly data?: unknown } | null
    answered.data = body?.data
  }
}

/** A page of the product at a path, as whoever has its key sees it. */
export async function signedIn(
  {
    product,
    browser,
  }: { readonly product: { readonly url: string; readonly key: string }; readonly browser: TestBrowser },
  path = '',
  size: Size = sizes.desktop,
): Promise<Page> {
  const page = await browser.newPage({ size })
  await page.goto(`${product.url}${path}#key=${product.key}`)
  await isLive(page)
  return page
}

/** The page is signed in and its feeds are live. */
export async function isLive(page: Page): Promise<void> {
  await page.locator('.link[data-phase="live"]').first().waitFor(PATIENCE)
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Of WCAG 2.2: axe leaves it out unless it is asked to look. */
const WITH_SIZES = { 'target-size': { enabled: true } }

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly Found[]
}

interface Found {
  readonly html: string
  readonly target: readonly string[]
}

/** What axe finds serious or critical in the page as it is shown, or in the part of it that a selector names, in words. */
export function seriousFaults(page: Page, part = 'html'): Promise<readonly string[]> {
  return faultsBy({ rules: WITH_SIZES }, page, part)
}

/** The same, with the colours of the other scheme too. */
export async function seriousFaultsInBothSchemes(
  page: Page,
  shown: 'light' | 'dark',
  part = 'html',
): Promise<readonly string[]> {
  const faults = await seriousFaults(page, part)
  const other = shown === 'light' ? 'dark' : 'light'
  await page.emulateMedia({ colorScheme: other })
  const colours = await faultsBy({ runOnly: ['color-contrast'] }, page, part)
  await page.emulateMedia({ colorScheme: shown })
  return [...faults, ...colours.map((fault) => `${other}: ${fault}`)]
}

async function faultsBy(rules: object, page: Page, part: string): Promise<readonly string[]> {
  // As texts: the page's policy lets no foreign script in, but what the debugger evaluates is not held to it.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(AXE)
  const options = JSON.stringify({ resultTypes: ['violations'], ...rules })
  const { violations } = await page.evaluate<{ readonly violations: readonly Violation[] }>(
    `axe.run(${JSON.stringify(part)}, ${options})`,
  )
  const faults: string[] = []
  for (const { id, impact, nodes } of violations) {
    if (impact !== 'serious' && impact !== 'critical') continue
    const found = id === 'target-size' ? await stillSmall(page, nodes) : nodes
    if (found.length > 0) faults.push(`${id}: ${found.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  }
  return faults
}

/** Those that are too small in the middle of the window too: what lies half under the bar at its foot is not small for that. */
async function stillSmall(page: Page, nodes: readonly Found[]): Promise<readonly Found[]> {
  const small: Found[] = []
  const options = JSON.stringify({ runOnly: ['target-size'], rules: WITH_SIZES })
  for (const node of nodes) {
    const selector = JSON.stringify(node.target[0])
    await page.evaluate(`document.querySelector(${selector}).scrollIntoView({ block: 'center' })`)
    if (
      await page.evaluate<boolean>(
        `axe.run(${selector}, ${options}).then((found) => found.violations.length > 0)`,
      )
    )
      small.push(node)
  }
  return small
}

/** Goes to another page of the dashboard as its links do, without loading it anew. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate(`history.pushState(null, '', ${JSON.stringify(`/${path}`)})`)
}

/** Opens what the list is filtered by, where it is folded: on a phone. */
export async function unfoldFilters(page: Page): Promise<void> {
  const filters = page.getByRole('search')
  await filters.waitFor(PATIENCE)
  const folded = filters.getByRole('button', { name: /^Filters/, expanded: false })
  if ((await folded.count()) > 0) await folded.click(PATIENCE)
}

/** Opens what stands beside the pages on a desktop, and on a phone has no place in the bar at its foot. */
export async function unfoldMenu(page: Page): Promise<void> {
  const pages = page.getByRole('navigation').first()
  await pages.waitFor(PATIENCE)
  const more = pages.getByRole('button', { name: 'More' })
  if (await more.isVisible()) await more.click(PATIENCE)
}

/** Looks at the same page on every screen, the phone last: what it has loaded is laid out anew, and has room. */
export async function onEveryScreen(page: Page, look: () => Promise<unknown>): Promise<void> {
  for (const { screen, size } of screens) {
    await page.setViewportSize(size)
    try {
      await look()
      if ((await overflow(page)) > 0) throw new Error(`Too wide: ${await whatSticksOut(page)}`)
    } catch (cause) {
      throw new Error(`On ${screen} it is not so.`, { cause })
    }
  }
}

/** Resolves once it is in sight, or can be brought there, and nothing lies over it. */
export function couldBePressed(button: Locator): Promise<void> {
  return button.click({ trial: true, ...PATIENCE })
}

/** Whether the reader sees if what is shown is live: in the window, and neither another thing nor a dialog over it. */
export function isLinkInSight(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(`(() => {
    const dialog = document.querySelector('dialog[open]')
    const isOver = (one, other) =>
      one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
    return [...document.querySelectorAll('.link')].some((badge) => {
      const box = badge.getBoundingClientRect()
      if (box.width === 0 || box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight) return false
      if (dialog && !dialog.contains(badge)) return !isOver(box, dialog.getBoundingClientRect())
      return badge.contains(document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2))
    })
  })()`)
}

/** By how many pixels the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
}

/** What reaches beyond the right edge of the window, outermost first, a few at most. */
export function whatSticksOut(page: Page): Promise<string> {
  return page.evaluate<string>(`[...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > innerWidth)
    .slice(0, 5)
    .map((element) => element.tagName + '.' + element.className + ' ' + element.textContent.slice(0, 40))
    .join(', ')`)
}
