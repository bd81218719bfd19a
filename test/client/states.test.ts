import type { Locator, Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import {
  browserPath,
  couldBePressed,
  isLive,
  onEveryScreen,
  operationOf,
  PATIENCE,
  seriousFaultsInBothSchemes,
  shownIds,
  signedIn,
  unfoldFilters,
  unfoldMenu,
  visit,
} from './browser.js'
import type { EveryPage } from './every-page.js'
import { aProductToVisit } from './shared-product.js'

/** What each page asks for first of all, where it asks for anything. */
const asked: Readonly<Record<string, string>> = {
  '': 'Overview',
  live: 'LogPage',
  logs: 'LogPage',
  'logs?log=': 'Log',
  alerts: 'Alerts',
  'alerts/': 'Alert',
  deliveries: 'Deliveries',
  actions: 'Actions',
  rules: 'Rules',
  'rules/': 'Rule',
  settings: 'Health',
  'settings/keys': 'ApiKeys',
  'settings/receivers': 'Receivers',
  'settings/receivers/': 'Receiver',
  'settings/audit': 'AuditLog',
  'settings/retention': 'Retention',
  'settings/configuration': 'Settings',
  graphiql: 'IntrospectionQuery',
}

/** What they ask for besides, and what they say they have to do without where it does not come. */
const askedBesides: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '': { ErrorMeanings: 'What the codes mean' },
  logs: { LogCount: 'How many logs there are' },
  alerts: { RuleNames: 'The rules to choose from' },
  deliveries: {
    DeliveryTotals: 'How many deliveries there are, and how many failed,',
    ActionNames: 'The actions to choose from',
  },
  actions: { LatestDeliveries: 'What became of the newest deliveries' },
  'rules/new': { ActionTypes: 'What actions there are, with their forms,' },
  'settings/audit': { ApiKeys: 'The keys to choose from' },
  graphiql: { IntrospectionQuery: 'The schema, by which operations are completed,' },
}

/** Where that is shown only once it is opened: how, and what tells that it is there. */
const opened: Readonly<Record<string, { opens(page: Page): Promise<void>; readonly sign: string }>> = {
  graphiql: {
    opens: (page) => page.getByRole('button', { name: 'Schema', exact: true }).click(PATIENCE),
    sign: '.docs-fields',
  },
}

/** What these tell of is always there. */
const NEVER_EMPTY = new Set(['settings', 'settings/retention', 'graphiql'])

/** How many files of pages came. */
const PAGE_FILES = `new Set(performance.getEntriesByType('resource')
  .map(({ name }) => name)
  .filter((name) => /[/]page-[^/]*[.]js$/.test(name))).size`

/** How many style sheets did not. */
const EMPTY_SHEETS = '[...document.styleSheets].filter((sheet) => sheet.cssRules.length === 0).length'

/** Far from UTC, and by no whole hours. */
const FAR = 'Asia/Kathmandu'

/** As charts write a time. */
const MINUTE = {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const

describe.skipIf(browserPath === undefined)('a page (needs Chromium)', { timeout: 240_000 }, () => {
  const on = aProductToVisit()
  afterEach(() => on.browser?.clear())

  /** The page of one alert, rule, receiver or log where the path does not end by itself. */
  const pageOf = (path: string): EveryPage =>
    on.pages.find((one) =>
      /[/=]$/.test(path) ? one.path.startsWith(path) && !one.path.endsWith('/new') : one.path === path,
    )!

  /** What stands in the way of some of its readers, as it is now. A state looks alike on all pages: one of them is examined. */
  const inReach = (page: Page) => seriousFaultsInBothSchemes(page, 'light', 'main')

  it('says that it loads, then why it could not, and how to try again: that brings it', async () => {
    const page = await on.browser.newPage()
    let name = ''
    let answer: 'late' | 'no' | 'yes' = 'yes'
    const held: (() => void)[] = []
    const is = (one: typeof answer): boolean => answer === one
    const goOn = (as: typeof answer): void => {
      answer = as
      for (const go of held.splice(0)) go()
    }
    await page.route('**/graphql', async (route) => {
      if (operationOf(route.request()).name !== name) return route.fallback()
      if (is('late')) await new Promise<void>((resolve) => held.push(resolve))
      return is('yes') ? route.fallback() : route.fulfill({ json: REFUSAL })
    })
    await page.goto(`${on.product.url}nowhere#key=${on.product.key}`)
    for (const [beginning, first] of Object.entries(asked)) {
      const { path, sign } = pageOf(beginning)
      ;[name, answer] = [first, 'late']
      // What stands beside every page has asked for it already.
      if (path === 'settings') await page.goto(`${on.product.url}${path}`)
      else await visit(page, path)
      await opened[path]?.opens(page)
      const main = page.getByRole('main')
      const loading = main.getByRole('status', { name: 'Loading' }).first()
      await onEveryScreen(page, () => loading.waitFor(PATIENCE))
      if (path === 'alerts') expect(await inReach(page)).toEqual([])
      await expect.poll(() => held.length, PATIENCE).toBeGreaterThan(0)
      goOn('no')
      const failed = main.getByRole('alert').filter({ hasText: 'This could not be loaded' }).first()
      const again = failed.getByRole('button', { name: 'Try again' })
      await onEveryScreen(page, async () => {
        await failed.getByText('Not now.').waitFor(PATIENCE)
        await couldBePressed(again)
      })
      if (path === 'alerts') expect(await inReach(page)).toEqual([])
      // What asks again by itself must not bring it before the button is pressed.
      answer = 'late'
      await again.click()
      goOn('yes')
      await page
        .locator(opened[path]?.sign ?? sign)
        .first()
        .waitFor(PATIENCE)
      expect({ path, failed: await failed.count() }).toEqual({ path, failed: 0 })
    }
  })

  it('says of what it asks for besides that it could not be loaded, and how to try again: that brings it', async () => {
    const page = await on.browser.newPage()
    let broken: readonly string[] = []
    await page.route('**/graphql', (route) =>
      broken.includes(operationOf(route.request()).name)
        ? route.fulfill({ json: REFUSAL })
        : route.fallback(),
    )
    await page.goto(`${on.product.url}nowhere#key=${on.product.key}`)
    const main = page.getByRole('main')
    const addAction = main.getByRole('button', { name: 'Add an action' })
    for (const [beginning, missing] of Object.entries(askedBesides)) {
      const { path, sign } = pageOf(beginning)
      broken = Object.keys(missing)
      await visit(page, path)
      await page.locator(sign).first().waitFor(PATIENCE)
      const lacks = Object.values(missing).map((what) =>
        main.locator('.trouble').filter({ hasText: `${what} could not be loaded: Not now.` }),
      )
      const again = (lack: Locator) => lack.getByRole('button', { name: 'Try again' })
      await onEveryScreen(page, async () => {
        if ((await main.getByRole('search').count()) > 0) await unfoldFilters(page)
        for (const lack of lacks) await couldBePressed(again(lack))
      })
      if (path === 'deliveries') expect(await inReach(page)).toEqual([])
      if (path === 'rules/new') expect(await addAction.isDisabled()).toBe(true)
      const asks = broken
      broken = []
      for (const [place, lack] of lacks.entries()) {
        const comes = page.waitForResponse(
          (response) =>
            response.request().method() === 'POST' && operationOf(response.request()).name === asks[place],
          PATIENCE,
        )
        await again(lack).click()
        await comes
        await lack.waitFor({ ...PATIENCE, state: 'detached' })
      }
      if (path === 'rules/new') await couldBePressed(addAction)
    }
  })

  it('is there offline too, though it was never opened; where it is not, that is said, and it comes by itself with its looks', async () => {
    const page = await on.browser.newPage()
    const main = page.getByRole('main')
    // What is routed is not taken from what the browser kept.
    await page.route('**/assets/**', (route) => route.fallback())
    await page.goto(`${on.product.url}nowhere#key=${on.product.key}`)
    await isLive(page)
    // All but the explorer.
    await expect.poll(() => page.evaluate<number>(PAGE_FILES), PATIENCE).toBe(8)
    await page.context().setOffline(true)
    await visit(page, 'rules')
    await page.getByRole('heading', { level: 1, name: 'Rules' }).waitFor(PATIENCE)
    await visit(page, 'graphiql')
    await onEveryScreen(page, async () => {
      await main.getByText('This page is not loaded yet').waitFor(PATIENCE)
      await main.getByText('This device is offline. Connect it again').waitFor()
      await main.getByRole('button', { name: 'Try again' }).click()
      await main.getByText('This page is not loaded yet').waitFor()
    })
    expect(await inReach(page)).toEqual([])
    await page.context().setOffline(false)
    await main.locator('.cm-editor').first().waitFor(PATIENCE)
    expect(await page.evaluate<number>(EMPTY_SHEETS)).toBe(0)
  })

  it('comes once its style sheet does, though the sheet of another failed meanwhile and was asked for anew', async () => {
    const page = await on.browser.newPage()
    const held: (() => void)[] = []
    const others: string[] = []
    await page.route('**/assets/page-*.css', async (route) => {
      const response = await route.fetch()
      const isOfExplorer = (await response.text()).includes('.explorer{')
      if (isOfExplorer) await new Promise<void>((resolve) => held.push(resolve))
      // The pages are loaded ahead one after the other: the first sheet of them fails.
      else if (held.length > 0 && others.push(route.request().url()) === 1) return route.abort()
      return route.fulfill({ response })
    })
    await page.goto(`${on.product.url}nowhere#key=${on.product.key}`)
    await visit(page, 'graphiql')
    await expect.poll(() => others.filter((one) => one === others[0]).length, PATIENCE).toBe(2)
    for (const go of held) go()
    await page.getByRole('main').locator('.cm-editor').first().waitFor(PATIENCE)
  })

  it('of the live logs heals by itself after its first read failed, and goes on with what comes', async () => {
    const page = await on.browser.newPage()
    let isAway = true
    await page.route('**/graphql', (route) =>
      isAway && operationOf(route.request()).name === 'LogPage'
        ? route.fulfill({ status: 503, json: AWAY })
        : route.fallback(),
    )
    await page.goto(`${on.product.url}live#key=${on.product.key}`)
    await page.getByRole('main').getByText('This could not be loaded').waitFor(PATIENCE)
    isAway = false
    await page.locator('.log').first().waitFor(PATIENCE)
    expect(await page.getByText('This could not be loaded').count()).toBe(0)
    const [first] = await shownIds(page)
    await expect.poll(async () => (await shownIds(page))[0], PATIENCE).not.toBe(first)
  })

  it('goes on showing what it has when a newer answer fails: why, how old it is, and a way to try again', async () => {
    const page = await on.browser.newPage()
    let isAway = false
    await page.route('**/graphql', (route) => (isAway ? route.fulfill({ json: CONFLICT }) : route.fallback()))
    await page.goto(`${on.product.url}nowhere#key=${on.product.key}`)
    for (const beginning of [
      '',
      'alerts',
      'deliveries',
      'actions',
      'rules',
      'rules/',
      'logs',
      'settings/audit',
    ]) {
      const { path, sign } = pageOf(beginning)
      await visit(page, path)
      await page.locator(sign).first().waitFor(PATIENCE)
      isAway = true
      if (path === 'logs') await page.getByRole('button', { name: 'Refresh' }).click()
      else await rereadAfterCut(page)
      const troubles = page
        .getByRole('main')
        .locator('.trouble')
        .filter({ hasText: 'Not refreshed: Not now.' })
      const first = troubles.first()
      const again = first.getByRole('button', { name: 'Try again' })
      await onEveryScreen(page, async () => {
        await first.getByText(/What you see is \d+ (s|min) old\.$/).waitFor(PATIENCE)
        await page.locator(sign).first().waitFor()
        await couldBePressed(again)
      })
      if (path === 'alerts') expect(await inReach(page)).toEqual([])
      const before = await troubles.count()
      isAway = false
      await again.click()
      await expect.poll(() => troubles.count(), PATIENCE).toBeLessThan(before)
      await isLive(page)
    }
  })

  /** What is shown is read anew when it is live again. */
  async function rereadAfterCut(page: Page): Promise<void> {
    await page.context().setOffline(true)
    await page.locator('.link[data-phase="cut"]').waitFor(PATIENCE)
    await page.context().setOffline(false)
  }

  it('says beside its button that older ones could not be loaded, and not that what is shown is old', async () => {
    const page = await on.browser.newPage()
    await page.route('**/graphql', async (route) => {
      const { name } = operationOf(route.request())
      if (!['Alerts', 'Deliveries'].includes(name)) return route.fallback()
      const { variables } = route.request().postDataJSON() as { variables: { after?: string | null } }
      if (typeof variables.after === 'string') return route.fulfill({ json: CONFLICT })
      const response = await route.fetch()
      const { data } = (await response.json()) as { data: Readonly<Record<string, object>> }
      const pageInfo = { hasNextPage: true, endCursor: 'older' }
      const lists = Object.entries(data).map(([list, one]) => [list, { ...one, pageInfo }])
      return route.fulfill({ response, json: { data: Object.fromEntries(lists) as unknown } })
    })
    await page.goto(`${on.product.url}nowhere#key=${on.product.key}`)
    for (const path of ['alerts', 'deliveries']) {
      await visit(page, path)
      const main = page.getByRole('main')
      const older = main.getByRole('button', { name: `Older ${path}` })
      await onEveryScreen(page, () => couldBePressed(older))
      await older.click()
      await onEveryScreen(page, async () => {
        await main.getByText('The next could not be loaded: Not now.').waitFor(PATIENCE)
        await couldBePressed(main.getByRole('button', { name: 'Try again' }))
        expect(await main.locator('.trouble').count()).toBe(0)
      })
    }
  })

  it('shows the part of an answer that came, and names what is missing', async () => {
    const page = await on.browser.newPage()
    await page.route('**/graphql', async (route) => {
      if (operationOf(route.request()).name !== 'Alert') return route.fallback()
      const response = await route.fetch()
      const { data } = (await response.json()) as { readonly data: { readonly alert: object } }
      const errors = [{ message: 'The log is lost.', path: ['alert', 'log'] }]
      await route.fulfill({ response, json: { data: { alert: { ...data.alert, log: null } }, errors } })
    })
    const { path, sign } = pageOf('alerts/')
    await page.goto(`${on.product.url}${path}#key=${on.product.key}`)
    await onEveryScreen(page, async () => {
      await page.locator(sign).first().waitFor(PATIENCE)
      await page.getByText('A part is missing (alert.log): The log is lost.').waitFor()
    })
  })

  it('says what comes next where there is nothing, and leads there', async () => {
    const page = await on.browser.newPage()
    // A socket that nobody answers: else something may come before it was seen that there is nothing.
    await page.routeWebSocket(/\/graphql$/, () => {})
    await page.route('**/graphql', async (route) => {
      const response = await route.fetch()
      const { data } = (await response.json()) as { readonly data: Readonly<Record<string, unknown>> }
      await route.fulfill({ response, json: { data: emptied(data) } })
    })
    await page.goto(`${on.product.url}nowhere#key=${on.product.key}`)
    for (const beginning of ['nowhere', ...Object.keys(asked).filter((path) => !NEVER_EMPTY.has(path))]) {
      const { path } = pageOf(beginning)
      await visit(page, path)
      const empty = page.getByRole('main').locator('.state')
      await onEveryScreen(page, async () => {
        await empty.first().waitFor(PATIENCE)
        for (const state of await empty.all()) {
          expect(await state.getByRole('heading').innerText()).toMatch(/\w/)
          expect({
            path,
            next: await state.getByRole('link').or(state.getByRole('button')).count(),
          }).not.toEqual({ path, next: 0 })
        }
      })
      if (path === 'alerts') expect(await inReach(page)).toEqual([])
    }
  })

  it('shows its times in the zone of the reader or in UTC, as chosen, and remembers it', async () => {
    const page = await on.browser.newPage()
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Emulation.setTimezoneOverride', { timezoneId: FAR })
    const [id] = await on.product.logIds(1)
    const time = page.getByRole('dialog').locator('.log-lead time').first()
    const zone = page.getByRole('group', { name: 'Time zone' })
    const choice = (name: string) => zone.getByRole('button', { name })
    const shows = async (timeZone: string, named = ''): Promise<void> => {
      await visit(page, `logs?log=${id}`)
      await time.waitFor(PATIENCE)
      const at = new Date((await time.getAttribute('datetime')) ?? '')
      const clock = at.toLocaleTimeString('en-GB', { timeZone, hourCycle: 'h23' })
      expect(await time.innerText()).toContain(clock + named)
      await page.keyboard.press('Escape')
      await time.waitFor({ state: 'detached' })
    }
    await page.goto(`${on.product.url}nowhere#key=${on.product.key}`)
    await isLive(page)
    await onEveryScreen(page, async () => {
      await shows(FAR)
      await unfoldMenu(page)
      await choice('UTC').click()
      await page.reload()
      await isLive(page)
      await shows('UTC', ' UTC')
      await visit(page, '')
      await page.getByRole('button', { name: 'Logs over time: show as table' }).click(PATIENCE)
      const first = page.getByRole('region', { name: 'Logs over time' }).getByRole('rowheader').first()
      const behind = await first.getByRole('link').getAttribute('href')
      const from = new URL(behind ?? '', page.url()).searchParams.get('since') ?? ''
      expect(await first.innerText()).toBe(
        new Date(from).toLocaleString('en-GB', { ...MINUTE, timeZone: 'UTC' }),
      )
      await unfoldMenu(page)
      expect(await choice('UTC').getAttribute('aria-pressed')).toBe('true')
      await choice('Local').click()
    })
  })

  it('says how long ago something was, and after a press when that was, by the clock: everywhere, until it is pressed again', async () => {
    const page = await signedIn(on, 'rules')
    const time = page.locator('.rule-fired').getByRole('button').first()
    const isByClock = () =>
      time.evaluate(({ textContent, firstElementChild }) => {
        const at = new Date(firstElementChild?.getAttribute('datetime') ?? '')
        return textContent.includes(at.toLocaleTimeString('en-GB').slice(0, 5))
      })
    await onEveryScreen(page, async () => {
      await time.waitFor(PATIENCE)
      expect(await time.innerText()).toMatch(/^now$| ago$/)
      await time.press('Enter')
      expect(await isByClock()).toBe(true)
      await page.reload()
      await time.waitFor(PATIENCE)
      expect(await isByClock()).toBe(true)
      await time.click()
      expect(await time.innerText()).toMatch(/^now$| ago$/)
      expect(new URL(page.url()).pathname).toBe('/rules')
    })
  })

  it('has the colours of the system or those that are chosen, and remembers them', async () => {
    const page = await signedIn(on, 'settings')
    const colours = page.getByRole('group', { name: 'Colours' })
    const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
    await onEveryScreen(page, async () => {
      await unfoldMenu(page)
      const light = await ground()
      await page.emulateMedia({ colorScheme: 'dark' })
      const dark = await ground()
      expect(dark).not.toBe(light)
      await colours.getByRole('button', { name: 'Light' }).click()
      expect(await ground()).toBe(light)
      await page.emulateMedia({ colorScheme: 'light' })
      await colours.getByRole('button', { name: 'Dark' }).click()
      expect(await ground()).toBe(dark)
      await page.reload()
      await isLive(page)
      expect(await ground()).toBe(dark)
      await unfoldMenu(page)
      await colours.getByRole('button', { name: 'As the system' }).click()
      expect(await ground()).toBe(light)
    })
  })
})

const AWAY = { errors: [{ message: 'Not now.', extensions: { code: 'SERVICE_UNAVAILABLE' } }] }
/** No failures that heal by themselves, so that nothing is asked again unless the reader wants it. */
const CONFLICT = { errors: [{ message: 'Not now.', extensions: { code: 'CONFLICT' } }] }
const REFUSAL = { errors: [{ message: 'Not now.', extensions: { code: 'BAD_USER_INPUT' } }] }

const LISTS = new Set(['actions', 'apiKeys', 'groups', 'nodes', 'receivers', 'rules', 'settings', 'sources'])
const ONES = new Set(['alert', 'log', 'receiver', 'rule'])

/** The same answer of an installation that has nothing yet. */
function emptied(data: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, ONES.has(name) ? null : withoutLists(name, value)]),
  )
}

function withoutLists(name: string, value: unknown): unknown {
  if (LISTS.has(name)) return []
  if (name === 'totalCount') return 0
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, withoutLists(inner, one)]))
}
