import type { Locator } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import type {
  CountsFragment,
  DeliveryVolumeQuery,
  ErrorCodeCountsQuery,
  ErrorMeaningsQuery,
  FiringQuery,
  HealthQuery,
  MessageStatusesQuery,
  OverviewQuery,
  VolumeQuery,
} from '../../client/src/api/documents.js'
import { weaknessesOf } from '../../src/watch/weaknesses.js'
import {
  Answers,
  browserPath,
  onEveryScreen,
  operationOf,
  PATIENCE,
  screens,
  sizes,
  visit,
} from './browser.js'
import { aKeptPage } from './kept-page.js'
import { aProductToVisit } from './shared-product.js'

/** Counts in buckets, whatever is counted. */
type Counts = Pick<CountsFragment, 'groups' | 'bucketSeconds'> & {
  readonly buckets: readonly Pick<CountsFragment['buckets'][number], 'from' | 'counts'>[]
}

const countries = new Intl.DisplayNames('en-GB', { type: 'region' })
const capitalized = (key: string): string => key.charAt(0) + key.slice(1).toLowerCase()

/** What is drawn over time: by which question it is asked for, and how its columns are called. */
const charts = [
  {
    title: 'Logs over time',
    by: 'Type',
    counts: (answers: Answers) => ofVolume(answers, 'LOG_TYPE'),
    nameOf: capitalized,
    leadsTo: '/logs?',
  },
  {
    title: 'Logs over time',
    by: 'Status',
    counts: (answers: Answers) => ofVolume(answers, 'STATUS'),
    nameOf: (key: string) => key || 'No status',
    leadsTo: '/logs?',
  },
  {
    title: 'Logs over time',
    by: 'Country',
    counts: (answers: Answers) => ofVolume(answers, 'COUNTRY'),
    nameOf: (key: string) => (/^[A-Z]{2}$/.test(key) ? (countries.of(key) ?? key) : key || 'No number'),
    leadsTo: '/logs?',
  },
  {
    title: 'Deliveries for alerts',
    by: null,
    counts: (answers: Answers) => answers.last<DeliveryVolumeQuery>('DeliveryVolume')?.data?.deliveryStats,
    nameOf: capitalized,
    leadsTo: '/deliveries?',
  },
]

function ofVolume(answers: Answers, by: string): Counts | undefined {
  return answers.last<VolumeQuery>('Volume', { by })?.data?.logStats
}

describe.skipIf(browserPath === undefined)('the overview (needs Chromium)', { timeout: 240_000 }, () => {
  const on = aProductToVisit()
  const kept = aKeptPage(on)
  const panel = (title: string) => kept.page.getByRole('region', { name: title, exact: true }).first()

  /** Until what is shown is what was answered last: both go on. */
  const eventually = (check: () => Promise<void>) => vi.waitFor(check, { ...PATIENCE, interval: 100 })
  const onEveryScreenEventually = (check: () => Promise<void>) =>
    onEveryScreen(kept.page, () => eventually(check))

  it('has a line for each rule that fires, with how many of its alerts stand open, and one for what could not be sent', async () => {
    await visit(kept.page, '')
    await onEveryScreenEventually(async () => {
      const firing = kept.answers.last<FiringQuery>('Firing')?.data?.alerts.byRule
      const { failed } = kept.answers.last<OverviewQuery>('Overview')?.data ?? {}
      expect(firing?.length).toBeGreaterThan(0)
      expect(failed?.nodes.length).toBeGreaterThan(0)
      await shows(
        'Firing now',
        firing?.reduce((total, { count }) => total + count, 0),
        firing?.slice(0, 4).map(({ rule, count, newest }) => ({
          address: count === 1 ? `/alerts/${newest.id}` : `/alerts?state=firing&rule=${rule.id}`,
          words: [
            rule.name,
            ...(count === 1
              ? [newest.matchCount === 1 ? '1 match' : `${newest.matchCount} matches`]
              : [`${count} alerts`, 'oldest']),
          ],
        })),
      )
      await shows(
        'Failed deliveries',
        failed?.totalCount,
        failed?.nodes.map((delivery) => ({
          address: `/alerts/${delivery.alertId}`,
          words: [
            capitalized(delivery.action.actionType),
            delivery.alert.rule.name,
            delivery.attemptCount === 1 ? '1 try' : `${delivery.attemptCount} tries`,
            delivery.attempts.at(-1)?.error ?? '',
          ],
        })),
      )
    })
  })

  /** The panel has this many, and these first, each leading to its address. */
  async function shows(
    title: string,
    count: number | undefined,
    wanted: readonly { readonly address: string; readonly words: readonly string[] }[] | undefined,
  ): Promise<void> {
    const lines = panel(title).getByRole('listitem')
    const texts = await lines.allInnerTexts()
    const addresses = await lines
      .locator('a')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    expect(addresses).toEqual(wanted?.map(({ address }) => address))
    wanted?.forEach(({ words }, place) => words.forEach((word) => expect(texts[place]).toContain(word)))
    expect(await panel(title).locator('header').innerText()).toContain(count?.toLocaleString('en'))
  }

  it('says where none was given up that some keep failing, as those to a dead sink, and only where none does that none failed', async () => {
    const { page } = kept
    let isAllWell = false
    let failing = 0
    await page.route('**/graphql', async (route) => {
      if (operationOf(route.request()).name !== 'Overview') return route.fallback()
      const response = await route.fetch()
      const { data } = (await response.json()) as { data: OverviewQuery }
      failing = isAllWell ? 0 : data.failing.totalCount
      const overview = {
        failing: { totalCount: failing },
        failed: { totalCount: 0, nodes: [] },
        retriable: { totalCount: 0 },
      }
      await route.fulfill({ response, json: { data: overview } })
    })
    await visit(page, '?since=24h')
    const card = panel('Failed deliveries')
    const way = card.getByRole('link', { name: 'What keeps failing' })
    await onEveryScreenEventually(async () => {
      expect(failing).toBeGreaterThan(1)
      expect(await card.innerText()).toContain(`${failing.toLocaleString('en')} deliveries keep failing`)
      expect(await way.getAttribute('href')).toBe('/deliveries?status=failing&since=24h')
    })
    isAllWell = true
    await onEveryScreen(page, () => card.getByText('No delivery failed', { exact: true }).waitFor())
    expect(await way.count()).toBe(0)
    await page.unroute('**/graphql')
  })

  it.each(charts)(
    'has in the table of “$title” by $by what the API counts, and leads from each time to what was counted then',
    async ({ title, by, counts, nameOf, leadsTo }) => {
      await visit(kept.page, '')
      if (by !== null) await panel(title).getByRole('button', { name: by, exact: true }).click()
      await panel(title)
        .getByRole('button', { name: `${title}: show as table` })
        .click()
      await onEveryScreenEventually(async () => {
        const counted = counts(kept.answers)
        expect(counted?.groups.length).toBeGreaterThan(0)
        expect(await tableOf(panel(title))).toEqual({
          ...asTable(counted!, nameOf),
          ways: waysTo(leadsTo, counted!),
        })
      })
    },
  )

  it('tells how many of the messages sent reached their receiver, of those whose end is known', async () => {
    const { page } = kept
    const counts = [
      { key: 'received', count: 900 },
      { key: 'delivered', count: 45 },
      { key: 'undelivered', count: 30 },
      { key: 'failed', count: 20 },
      { key: 'sent', count: 7 },
      { key: 'read', count: 5 },
    ]
    let shown: Counts | undefined
    const inBuckets = [counts, [{ key: 'received', count: 3 }], [{ key: 'read', count: 1 }]]
    await page.route('**/graphql', async (route) => {
      if (operationOf(route.request()).name !== 'MessageStatuses') return route.fallback()
      const response = await route.fetch()
      const { data } = (await response.json()) as { data: MessageStatusesQuery }
      const buckets = data.logStats.buckets
        .slice(0, inBuckets.length)
        .map((bucket, place) => ({ ...bucket, counts: inBuckets[place] ?? [] }))
      const logStats = { ...data.logStats, groups: counts, buckets }
      shown = logStats
      await route.fulfill({ response, json: { data: { logStats } } })
    })
    await page.reload()
    await visit(page, '')
    await panel('Messages delivered')
      .getByRole('button', { name: /show as table$/ })
      .click()
    await onEveryScreenEventually(async () => {
      expect(await panel('Messages delivered').locator('strong').innerText()).toBe('50 %')
      const { rows, ways } = await tableOf(panel('Messages delivered'))
      expect(rows).toEqual([['100 %'], ['-'], ['50 %']])
      expect(ways).toEqual(waysTo('/logs?type=MESSAGE&status=delivered,read,failed,undelivered&', shown!))
    })
    await page.unroute('**/graphql')
  })

  it('ranks the commonest error codes, with what each means and a way to its logs', async () => {
    await visit(kept.page, '')
    await onEveryScreenEventually(async () => {
      const groups = kept.answers.last<ErrorCodeCountsQuery>('ErrorCodeCounts')?.data?.logStats.groups ?? []
      const codes = groups.filter(({ key }) => key !== '' && key !== 'other').slice(0, 6)
      const meanings = kept.answers.last<ErrorMeaningsQuery>('ErrorMeanings')?.data?.errorCodes
      expect(codes.length).toBeGreaterThan(0)
      const lines = panel('Top error codes').getByRole('listitem')
      const texts = await lines.allInnerTexts()
      expect(texts.length).toBe(codes.length)
      for (const [place, { key, count }] of codes.entries()) {
        const known = meanings?.find(({ code }) => code === key)
        expect(known?.title).toMatch(/\w/)
        for (const word of [key, known?.title, known?.meaning, count.toLocaleString('en')])
          expect(texts[place]).toContain(word)
        expect(await lines.nth(place).getByRole('link').getAttribute('href')).toContain(
          `/logs?code=${key}&since=`,
        )
      }
    })
  })

  it.each(screens)(
    'tries everything again on $screen that failed within its span, and asks first',
    async ({ size }) => {
      const { page } = kept
      await page.setViewportSize(size)
      const alert = on.pages.find(({ path }) => /^alerts\/./.test(path))!.path.slice('alerts/'.length)
      const deliveries = async () => {
        const found = await on.product.ask<{ deliveries: { nodes: readonly Tried[] } }>(
          'query ($alertId: ID!) { deliveries(filter: { alertId: $alertId }) { nodes { id status attemptCount action { actionType } } } }',
          { alertId: alert },
        )
        return found.deliveries.nodes
      }
      // Emails would be folded into one, were there many of them.
      const failed = await vi.waitUntil(async () => {
        const found = (await deliveries()).filter(
          ({ status, action }) => status === 'FAILED' && action.actionType === 'WEBHOOK',
        )
        return found.length > 0 && found
      }, PATIENCE)
      await visit(page, '')
      await page.getByRole('button', { name: /^Retry .* failed$/ }).click()
      const dialog = page.getByRole('dialog', { name: /^Retry .* failed deliver/ })
      await dialog.getByText('within the last 1 h').waitFor()
      await dialog.getByRole('button', { name: 'Retry them' }).click()
      await page
        .getByText(/(It is|are) tried again now\./)
        .first()
        .waitFor()
      await eventually(async () => {
        const now = await deliveries()
        for (const { id, attemptCount } of failed)
          expect(now.find((one) => one.id === id)?.attemptCount).toBeGreaterThan(attemptCount)
      })
    },
  )

  it('leads from a bar of the logs over time to the logs that it counts', async () => {
    const { page } = kept
    await onEveryScreen(page, async () => {
      const answers = new Answers(page)
      // Of a span whose bars stand for hours: none is over meanwhile. Loaded anew, nothing else is drawn before.
      await page.goto(`${on.product.url}?since=30d`)
      await panel('Logs over time').locator('canvas').waitFor()
      const counted = await vi.waitUntil(() => ofVolume(answers, 'LOG_TYPE'), PATIENCE)
      const times = counted.buckets.map(({ from }) => Date.parse(from))
      const place = counted.buckets.findLastIndex(({ counts }) => counts.some(({ count }) => count > 0))
      const chart = panel('Logs over time').locator('.u-over')
      const { width = 0 } = (await chart.boundingBox()) ?? {}
      const position = { x: ((place + 0.5) / times.length) * width, y: 100 }
      await chart.hover({ position })
      await panel('Logs over time').locator('.tip').waitFor()
      await chart.click({ position })
      await page.getByRole('heading', { level: 1, name: 'Logs', exact: true }).waitFor()
      const { searchParams } = new URL(page.url())
      const bounds = [searchParams.get('since'), searchParams.get('until')]
      const [first = 0, second = 0] = times
      const from = times[place] ?? 0
      expect(bounds).toEqual([from, from + second - first].map((at) => new Date(at).toISOString()))
      await page.locator('.log').first().waitFor()
    })
  })

  it('reads the figures of a bar to who taps it once, and leads on at the second tap', async () => {
    const page = await on.browser.newPage({ size: sizes.phone, hasTouch: true })
    page.setDefaultTimeout(PATIENCE.timeout)
    await page.goto(`${on.product.url}?since=30d#key=${on.product.key}`)
    const chart = page.getByRole('region', { name: 'Logs over time', exact: true })
    await chart.locator('canvas').waitFor()
    const { width = 0 } = (await chart.locator('.u-over').boundingBox()) ?? {}
    // The newest bar: the oldest of a month has nothing yet.
    const position = { x: width - 4, y: 100 }
    await chart.locator('.u-over').tap({ position })
    await chart.locator('.tip').getByText(/\d/).first().waitFor()
    expect(new URL(page.url()).pathname).toBe('/')
    await chart.locator('.u-over').tap({ position })
    await page.getByRole('heading', { level: 1, name: 'Logs', exact: true }).waitFor()
    await page.close()
  })

  it.each(screens)(
    'has what is wrong in one line on $screen, which opens, beside a way to the deliveries that keep failing',
    async ({ size }) => {
      const { page } = kept
      let failingActions: Readonly<Record<string, readonly string[]>> = {
        EMAIL: ['Told'],
        WEBHOOK: ['Told', 'Heard'],
      }
      await page.route('**/graphql', async (route) => {
        if (operationOf(route.request()).name !== 'Health') return route.fallback()
        const response = await route.fetch()
        const { data } = (await response.json()) as { data: HealthQuery }
        const notices = weaknessesOf({ ...allIsDone, failingActions })
        await route.fulfill({ response, json: { data: { health: { ...data.health, notices } } } })
      })
      await page.setViewportSize(size)
      await page.reload()
      const said = page.locator('.notices-said')
      const toFailing = said.getByRole('link', { name: 'Failing deliveries' })
      const words = said.getByText('The EMAIL action of the rule "Told" has failed')
      await said.getByText('2 things to look at').waitFor()
      expect(await words.isVisible()).toBe(false)
      await said.getByText('2 things to look at').click()
      await words.waitFor()
      expect((await said.locator('.notice').first().boundingBox())?.height).toBeLessThan(48)
      await toFailing.click()
      await page.waitForURL('**/deliveries?status=failing')
      // Those of the rule that everybody knows: its log line is delivered, its webhook and its email never were.
      const states = page.locator('.delivery-row .badge')
      await states.first().waitFor()
      const others = (await states.allInnerTexts()).filter((state) => !/^(failed|retry)\b/.test(state))
      expect(others).toEqual([])
      failingActions = { EMAIL: ['Told'] }
      await page.reload()
      await words.waitFor()
      expect(await toFailing.count()).toBe(1)
      await page.unroute('**/graphql')
      await page.reload()
    },
  )

  it('says of each list when it was last read, how far behind that is, and in words what is wrong, among the settings too', async () => {
    const { page } = kept
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
    const sources = [
      { source: 'calls', lastSuccessAt: minutesAgo(2.5), lagSeconds: 150, error: null, isStale: false },
      {
        source: 'messages',
        lastSuccessAt: minutesAgo(130),
        lagSeconds: 7_800,
        error: 'Twilio answered 503.',
        isStale: true,
      },
      { source: 'alerts', lastSuccessAt: null, lagSeconds: null, error: null, isStale: true },
    ]
    await page.route('**/graphql', async (route) => {
      if (operationOf(route.request()).name !== 'Health') return route.fallback()
      const response = await route.fetch()
      const { data } = (await response.json()) as { data: HealthQuery }
      const [known] = data.health.sources
      const health = { ...data.health, sources: sources.map((one) => ({ ...known, ...one })) }
      await route.fulfill({ response, json: { data: { health } } })
    })
    await page.reload()
    await visit(page, '')
    // Early in the day it was on the day before, which is named.
    const minutesOld = String.raw`(\d\d:\d\d:\d\d|\d+ \w+( \d{4})?, \d\d:\d\d)`
    const lines = panel('Sources').getByRole('listitem')
    await onEveryScreenEventually(async () => {
      const [calls, messages, alerts] = await lines.allInnerTexts()
      expect(calls).toMatch(new RegExp(`^Calls\\s+read ${minutesOld}, 2 min behind$`))
      expect(messages).toMatch(/^Messages\s+read .*\d\d:\d\d.*, 2 h behind\s+Twilio answered 503\.$/)
      expect(alerts).toMatch(/^Monitor alerts\s+not read yet$/)
    })
    await panel('Sources').getByText('1 failing').waitFor()
    await visit(page, 'settings')
    const rows = page.locator('.setting-row')
    await onEveryScreenEventually(async () => {
      const [calls, messages, alerts] = await rows.allInnerTexts()
      expect(calls).toMatch(new RegExp(`^Calls\\s+AC\\S+\\s+Reading\\s+read ${minutesOld}, 2 min behind$`))
      expect(messages).toMatch(
        /^Messages\s+AC\S+\s+Twilio answered 503\.\s+Failing\s+read .*\d\d:\d\d.*, 2 h behind$/,
      )
      expect(alerts).toMatch(/^Monitor alerts\s+AC\S+\s+Not read any more\s+not read yet$/)
    })
    await page.unroute('**/graphql')
  })
})

const allIsDone = {
  oldestDueSeconds: 0,
  oldestReceivedSeconds: 0,
  failingRules: [],
  setAside: 0,
  workingActions: 1,
}

interface Tried {
  readonly id: string
  readonly status: string
  readonly attemptCount: number
  readonly action: { readonly actionType: string }
}

interface Table {
  readonly columns: readonly string[]
  /** Newest first. */
  readonly rows: readonly (readonly string[])[]
  /** Where the time of each leads to. */
  readonly ways: readonly (string | null)[]
}

/** The table that is shown in place of a chart. */
function tableOf(panel: Locator): Promise<Table> {
  return panel.getByRole('table').evaluate(({ tHead, tBodies: [body] }) => ({
    columns: [...tHead.querySelectorAll('th')].slice(1).map((cell) => cell.textContent),
    rows: [...body.rows].map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)),
    ways: [...body.rows].map((row) => row.querySelector('th > a')?.getAttribute('href') ?? null),
  }))
}

/** From each time, the newest first, to what was counted from then on. */
function waysTo(list: string, { buckets, bucketSeconds }: Counts): readonly string[] {
  return buckets.toReversed().map(({ from }) => {
    const [since = '', until = ''] = [0, bucketSeconds].map((seconds) =>
      new Date(Date.parse(from) + seconds * 1_000).toISOString(),
    )
    return list + new URLSearchParams({ since, until }).toString()
  })
}

/** The six largest groups each in a column, and all others in one. */
function asTable({ groups, buckets }: Counts, nameOf: (key: string) => string): Omit<Table, 'ways'> {
  const shown = groups.filter(({ key }) => key !== 'other').slice(0, 6)
  const hasOthers = groups.length > shown.length
  return {
    columns: [...shown.map(({ key }) => nameOf(key)), ...(hasOthers ? ['Other'] : [])],
    rows: buckets.toReversed().map(({ counts }) => {
      const countOf = (wanted: string) => counts.find(({ key }) => key === wanted)?.count ?? 0
      const figures = shown.map(({ key }) => countOf(key))
      const all = counts.reduce((sum, { count }) => sum + count, 0)
      const others = all - figures.reduce((sum, figure) => sum + figure, 0)
      return [...figures, ...(hasOthers ? [others] : [])].map((figure) => figure.toLocaleString('en'))
    }),
  }
}
