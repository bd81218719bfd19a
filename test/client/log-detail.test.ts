import { isDeepStrictEqual } from 'node:util'
import type { Locator } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import { strokes } from '../../client/src/components/icon-strokes.js'
import { browserPath, onEveryScreen, operationOf, PATIENCE, screens, sizes, visit } from './browser.js'
import { aKeptPage } from './kept-page.js'
import { aSharedProduct } from './shared-product.js'

interface StoredLog {
  readonly id: string
  readonly twilioSid: string
  readonly rawData: unknown
  readonly errorCode: string | null
  readonly errorMeaning: { readonly remedy: string } | null
}

interface FollowedLog {
  readonly id: string
  readonly transitions: readonly {
    readonly status: string
    readonly errorCode: string | null
    readonly at: string
  }[]
}

/** What Twilio reports of itself that is wrong. */
const grave = [
  { type: 'ERROR', word: 'Error', icon: 'error', colour: '--bad' },
  { type: 'WARNING', word: 'Warning', icon: 'warning', colour: '--warn' },
] as const

const CONSOLE = 'https://console.twilio.com/us1/monitor/logs'

/** In which part of the console a record is. */
const recorded = [
  { type: 'MESSAGE', part: 'sms' },
  { type: 'CALL', part: 'calls' },
  { type: 'ERROR', part: 'debugger/errors' },
]

describe.skipIf(browserPath === undefined)(
  'a log that is open (needs Chromium)',
  { timeout: 240_000 },
  () => {
    const on = aSharedProduct()
    const kept = aKeptPage(on)
    const drawer = () => kept.page.getByRole('dialog')

    async function newest(filter: object): Promise<StoredLog> {
      const { logs } = await on.product.ask<{ logs: { nodes: readonly StoredLog[] } }>(
        `query ($filter: LogFilter) { logs(filter: $filter, first: 1) { nodes { id twilioSid rawData errorCode errorMeaning { remedy } } } }`,
        { filter },
      )
      return logs.nodes[0]!
    }

    it.each(screens)(
      'says on $screen what helps against its error, and leads to what Twilio says of it, in a tab of its own that learns nothing of this one',
      async ({ size }) => {
        await kept.page.setViewportSize(size)
        const { id, errorMeaning } = await newest({
          errorCode: ['30003', '30005', '30006', '30007', '30008'],
        })
        await visit(kept.page, `logs?log=${id}`)
        const meaning = drawer().locator('.log-meaning')
        const link = meaning.getByRole('link', { name: 'Twilio about this error' })
        const code = await meaning.locator('code').innerText()
        expect(await link.getAttribute('href')).toBe(`https://www.twilio.com/docs/api/errors/${code}`)
        expect(await opensOutside(link)).toBe(true)
        expect(await meaning.innerText()).toContain(`What helps: ${errorMeaning?.remedy}`)
      },
    )

    it('passes no verdict on a code that nobody knows here, such as that of a custom webhook', async () => {
      const { page } = kept
      const { id } = await newest({ errorCode: ['30003', '30005', '30006', '30007', '30008'] })
      await page.route('**/graphql', async (route) => {
        if (operationOf(route.request()).name !== 'Log') return route.fallback()
        const response = await route.fetch()
        const { data } = (await response.json()) as { data: { log: object } }
        const log = { ...data.log, logType: 'CUSTOM', errorCode: 'disk-full', errorMeaning: null }
        await route.fulfill({ response, json: { data: { log } } })
      })
      await visit(page, `logs?log=${id}`)
      await drawer().locator('.code-chip', { hasText: 'disk-full' }).waitFor()
      expect(await drawer().locator('.timeline .code-chip').count()).toBeGreaterThan(0)
      expect(await drawer().locator('.log-meaning, .code-chip:not(.tone-idle)').count()).toBe(0)
      await page.unroute('**/graphql')
    })

    it('has each status that the API has of it, in that order, with its code and when it came', async () => {
      const { page } = kept
      const followed = await vi.waitUntil(async () => {
        const { logs } = await on.product.ask<{ logs: { nodes: readonly FollowedLog[] } }>(
          '{ logs(first: 200, filter: { logType: [MESSAGE, CALL] }) { nodes { id transitions { status errorCode at } } } }',
        )
        return logs.nodes.find(({ transitions }) => transitions.length > 1)
      }, PATIENCE)
      await visit(page, `logs?log=${followed.id}`)
      const steps = drawer().locator('.timeline li')
      await onEveryScreen(page, async () => {
        await steps.nth(1).waitFor()
        await expect
          .poll(async () => {
            // It may go on meanwhile.
            const { log } = await on.product.ask<{ log: FollowedLog }>(
              'query ($id: ID!) { log(id: $id) { transitions { status errorCode at } } }',
              { id: followed.id },
            )
            const wanted = log.transitions.map(({ status, errorCode, at }) => [status, errorCode, at])
            return isDeepStrictEqual(await Promise.all((await steps.all()).map(stepShown)), wanted)
          }, PATIENCE)
          .toBe(true)
      })
    })

    it('shows an error and a warning each in its colour, with its icon, its code and in words, on a desktop and on a phone', async () => {
      const { page } = kept
      for (const { type, word, icon, colour } of grave) {
        const { id, errorCode } = await newest({ logType: [type] })
        await visit(page, `logs?type=${word.toLowerCase()}`)
        const row = page.locator(`.log[data-id="${id}"]`)
        await onEveryScreen(page, async () => {
          await row.waitFor()
          expect(await row.locator('.log-type').innerText()).toBe(word)
          expect(await row.locator('.log-what').innerText()).toContain(errorCode)
          const drawn = row.locator('.log-type > .icon')
          expect(await drawn.locator('path').getAttribute('d')).toBe(strokes[icon])
          for (const part of [drawn, row.locator('.code-chip')])
            expect(await coloursOf(part, colour)).toEqual({ is: true, differs: true })
        })
        await visit(page, `logs?log=${id}`)
        const meaning = drawer().locator('.log-meaning h3')
        await meaning.waitFor()
        expect(await coloursOf(meaning, colour)).toEqual({ is: true, differs: true })
      }
    })

    it('stays calm about the code of a notice, open and in its row', async () => {
      const { page } = kept
      const { id } = await newest({ logType: ['WARNING'] })
      await page.route('**/graphql', async (route) => {
        if (!['Log', 'LogPage'].includes(operationOf(route.request()).name)) return route.fallback()
        const response = await route.fetch()
        const body = (await response.text()).replaceAll('"logType":"WARNING"', '"logType":"NOTICE"')
        await route.fulfill({ response, body })
      })
      await page.reload()
      await visit(page, `logs?type=warning&log=${id}`)
      const row = page.locator(`.log[data-id="${id}"]`)
      await drawer().locator('.log-meaning').waitFor()
      for (const part of [row.locator('.code-chip'), drawer().locator('.log-meaning h3')])
        expect(await coloursOf(part, '--idle')).toEqual({ is: true, differs: true })
      await page.unroute('**/graphql')
      await page.reload()
    })

    it.each(screens)(
      'says on $screen why a demo leads to no page of Twilio’s console, in the row of its button',
      async ({ size }) => {
        await kept.page.setViewportSize(size)
        const { id } = await newest({ logType: ['MESSAGE'] })
        await visit(kept.page, `logs?log=${id}`)
        const why = await drawer().getByText('Twilio has no such record').boundingBox()
        const button = await drawer().getByRole('link', { name: 'Alert me on this' }).boundingBox()
        expect(why!.x + why!.width).toBeLessThanOrEqual(button!.x)
        expect(why!.y).toBeLessThan(button!.y + button!.height)
        expect(await drawer().getByText('Open at Twilio').count()).toBe(0)
      },
    )

    it('says once what its error is called, where Twilio’s words are that title', async () => {
      const { page } = kept
      const { id } = await newest({ errorCode: ['30003', '30005', '30006', '30007', '30008'] })
      let errorMessage = 'Not today'
      let title = ''
      await page.route('**/graphql', async (route) => {
        if (operationOf(route.request()).name !== 'Log') return route.fallback()
        const response = await route.fetch()
        const { data } = (await response.json()) as { data: { log: { errorMeaning: { title: string } } } }
        title = data.log.errorMeaning.title
        await route.fulfill({ response, json: { data: { log: { ...data.log, errorMessage } } } })
      })
      await visit(page, `logs?log=${id}`)
      const words = drawer().locator('.log-text')
      await words.getByText('Not today', { exact: true }).waitFor()
      errorMessage = title
      await words.waitFor({ state: 'detached' })
      expect(await drawer().locator('.log-meaning h3').innerText()).toContain(title)
      await page.unroute('**/graphql')
    })

    it.each(screens)('leads on $screen to the page of its record in Twilio’s console', async ({ size }) => {
      const { page } = kept
      await page.setViewportSize(size)
      // Of a demo no address of Twilio's is shown.
      await page.route('**/graphql', async (route) => {
        if (operationOf(route.request()).name !== 'Health') return route.fallback()
        const response = await route.fetch()
        const { data } = (await response.json()) as { data: { health: object } }
        await route.fulfill({ response, json: { data: { health: { ...data.health, demo: false } } } })
      })
      await page.reload()
      for (const { type, part } of recorded) {
        const { id, twilioSid } = await newest({ logType: [type] })
        await visit(page, `logs?log=${id}`)
        await drawer().getByText(twilioSid).first().waitFor()
        const link = drawer().getByRole('link', { name: 'Open at Twilio' })
        expect(await link.getAttribute('href')).toBe(`${CONSOLE}/${part}/${twilioSid}`)
        expect(await opensOutside(link)).toBe(true)
        await page.keyboard.press('Escape')
        await drawer().waitFor({ state: 'detached' })
      }
      await page.unroute('**/graphql')
    })

    it('is closed on a phone by going back; closed by its button, it is not opened again by going back', async () => {
      const { page } = kept
      await page.setViewportSize(sizes.phone)
      await visit(page, 'live')
      await visit(page, 'logs?status=delivered')
      const chosen = page.getByRole('button', { name: 'Remove the filter delivered' })
      const openAt = async (place: number): Promise<void> => {
        await page.locator('.log').nth(place).click()
        await drawer().getByText('What happened').waitFor()
        expect(new URL(page.url()).searchParams.get('log')).not.toBeNull()
      }
      const isClosed = async (): Promise<void> => {
        await drawer().waitFor({ state: 'detached' })
        await chosen.waitFor()
        expect(page.url()).toBe(`${on.product.url}logs?status=delivered`)
      }
      await openAt(0)
      await page.goBack()
      await isClosed()
      for (const close of [
        () => drawer().getByRole('button', { name: 'Close' }).click(),
        // Twice, as a finger that is in a hurry.
        () => page.keyboard.press('Escape').then(() => page.keyboard.press('Escape')),
      ]) {
        await openAt(1)
        await close()
        await isClosed()
      }
      await page.goBack()
      await page.getByRole('heading', { level: 1, name: 'Live' }).waitFor()
      await page.setViewportSize(sizes.desktop)
    })

    it('is closed where it was opened by its address, without leaving the list', async () => {
      const { page } = kept
      const [id] = await on.product.logIds(1)
      await visit(page, `logs?log=${id}`)
      await drawer().getByText('What happened').waitFor()
      await drawer().getByRole('button', { name: 'Close' }).click()
      await drawer().waitFor({ state: 'detached' })
      await page.locator('.log').first().waitFor()
      expect(page.url()).toBe(`${on.product.url}logs`)
    })

    it.each(screens)(
      'has its address copied on $screen, and its record exactly as Twilio gave it',
      async ({ size }) => {
        const { page } = kept
        await page.setViewportSize(size)
        await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
        // Of what was just delivered the price is still to come.
        const until = new Date(Date.now() - 3_600_000).toISOString()
        const { id, rawData } = await newest({ status: ['delivered'], until })
        await visit(page, `live?status=delivered&log=${id}`)
        const clipboard = () => page.evaluate<string>('navigator.clipboard.readText()')
        await drawer().getByRole('button', { name: 'Copy the link to this log' }).click()
        await expect.poll(clipboard, PATIENCE).toBe(`${on.product.url}logs?log=${id}`)
        await drawer().getByRole('button', { name: 'Copy JSON' }).click()
        const record = JSON.stringify(rawData, null, 2)
        await expect.poll(clipboard, PATIENCE).toBe(record)
        expect(await drawer().locator('.raw').innerText()).toBe(record)
      },
    )
  },
)

/** A step of the timeline as it is read: the status, the code and, as a machine reads it, the time. */
async function stepShown(step: Locator): Promise<readonly (string | null)[]> {
  const code = step.locator('.code-chip')
  return [
    await step.locator('.badge').innerText(),
    (await code.count()) === 0 ? null : await code.innerText(),
    await step.locator('time').getAttribute('datetime'),
  ]
}

/** Whether what is drawn has the colour of this name, and whether that is another than that of texts. */
function coloursOf(
  drawn: Locator,
  name: string,
): Promise<{ readonly is: boolean; readonly differs: boolean }> {
  return drawn.evaluate((element, wanted) => {
    const { defaultView, body } = element.ownerDocument
    const probe = element.ownerDocument.createElement('span')
    body.append(probe)
    const { color } = defaultView.getComputedStyle(element)
    probe.style.color = `var(${wanted})`
    const is = defaultView.getComputedStyle(probe).color === color
    probe.style.color = 'var(--text)'
    const differs = defaultView.getComputedStyle(probe).color !== color
    probe.remove()
    return { is, differs }
  }, name)
}

/** Whether it opens another tab that can neither reach nor name the one it came from. */
async function opensOutside(link: Locator): Promise<boolean> {
  const [target, rel] = [await link.getAttribute('target'), await link.getAttribute('rel')]
  return target === '_blank' && rel === 'noopener noreferrer'
}
