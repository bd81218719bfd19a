import { describe, expect, it, vi } from 'vitest'
import type { PreviewRuleQuery } from '../../client/src/api/documents.js'
import { browserPath, onEveryScreen, PATIENCE, screens, visit } from './browser.js'
import { aKeptPage } from './kept-page.js'
import { aSharedProduct } from './shared-product.js'

type Found = PreviewRuleQuery['previewRule']

const HOUR_MS = 3_600_000
const spans = [
  { text: '24 h', hours: 24 },
  { text: '7 d', hours: 168 },
  { text: '30 d', hours: 720 },
]
const DELIVERED = 'rules/new?logType=MESSAGE&patternType=STATUS&patternValue=delivered&cooldownMinutes=10'

describe.skipIf(browserPath === undefined)(
  'what a rule would have done, as it is written (needs Chromium)',
  { timeout: 240_000 },
  () => {
    const on = aSharedProduct()
    const kept = aKeptPage(on)
    const preview = () => kept.page.locator('.preview')

    it('is asked anew at every change of the sentence, and is what the server answers then', async () => {
      const { page } = kept
      const write = (name: string, text: string) =>
        page.getByRole('textbox', { name, exact: true }).fill(text)
      const choose = (name: string, value: string) => page.getByRole('combobox', { name }).selectOption(value)
      /** What is asked for from the first step on. */
      let input = {}
      const steps: readonly (readonly [act: () => Promise<unknown>, changed: object])[] = [
        [
          () => visit(page, DELIVERED),
          { logType: 'MESSAGE', patternType: 'STATUS', patternValue: 'delivered', cooldownMinutes: 10 },
        ],
        [() => write('Statuses', 'failed, undelivered'), { patternValue: 'failed, undelivered' }],
        [() => write('Minutes of quiet', '0'), { cooldownMinutes: 0 }],
        [
          () => choose('How many', 'many'),
          {
            patternType: 'THRESHOLD',
            patternValue: 'status:failed, undelivered',
            thresholdCount: 10,
            thresholdWindowMinutes: 5,
          },
        ],
        [() => write('Count', '2'), { thresholdCount: 2 }],
        [() => write('Minutes of the window', '60'), { thresholdWindowMinutes: 60 }],
        [() => choose('Kind of log', 'ANY'), { logType: null }],
        [
          () => choose('What it must have', 'REGEX').then(() => write('Pattern', 'order')),
          { patternValue: 'regex:order' },
        ],
        [
          () => choose('How many', 'one'),
          { patternType: 'REGEX', patternValue: 'order', thresholdCount: null, thresholdWindowMinutes: null },
        ],
      ]
      for (const [act, changed] of steps) {
        await act()
        input = { ...input, ...changed }
        await onEveryScreen(page, async () => expect((await shownFor({ input })).logCount).toBeGreaterThan(0))
      }
      await write('Pattern', '(')
      await preview().getByText('What is wrong stands beside the sentence.').waitFor()
      await write('Pattern', '')
      await preview().getByText('Fill in the sentence').waitFor()
    })

    it.each(screens.flatMap((screen) => spans.map((span) => ({ ...screen, ...span }))))(
      'is told on $screen of the last $text: in figures, drawn and as a list',
      async ({ size, text, hours }) => {
        await kept.page.setViewportSize(size)
        await visit(kept.page, DELIVERED)
        await preview().getByRole('button', { name: text, exact: true }).click()
        const asked = Date.now()
        const found = await shownFor({ input: { patternValue: 'delivered' } }, ({ since }) => {
          // Since the span that was chosen, by the clock of this machine.
          expect(Math.abs(asked - hours * HOUR_MS - Date.parse(since))).toBeLessThan(60_000)
        })
        expect(found.matchCount).toBeGreaterThan(0)
        await preview().locator('canvas').waitFor()
        await preview().getByRole('button', { name: 'Over time: show as table' }).click()
        const drawn = await preview().getByRole('table').locator('td').allInnerTexts()
        const newestFirst = found.buckets.toReversed()
        expect(drawn.map(figureOf)).toEqual(
          newestFirst.flatMap(({ alerts, matches }) => [alerts, matches - alerts]),
        )
        expect(found.buckets.reduce((sum, { matches }) => sum + matches, 0)).toBe(found.matchCount)
        for (const [list, logs] of [
          ['Matches', found.matches.map(({ log }) => log.id)],
          ['Alerts', found.alerts.map(({ log }) => log.id)],
        ] as const) {
          await preview().getByRole('button', { name: list, exact: true }).click()
          const links = preview().locator('.preview-list a')
          const addresses = () => links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))
          await expect.poll(addresses, PATIENCE).toEqual(logs.slice(0, 8).map((id) => `/logs?log=${id}`))
        }
      },
    )

    it('leads to the blank that is still to be filled, and further back where nothing would have matched', async () => {
      const { page } = kept
      const toSentence = preview().getByRole('button', { name: 'To the sentence' })
      await visit(page, 'rules/new')
      await toSentence.click()
      await page.keyboard.type('99999')
      expect(await page.getByRole('textbox', { name: 'Error codes' }).inputValue()).toBe('99999')
      await preview().getByRole('button', { name: 'Look over 30 d' }).click()
      await preview().getByRole('button', { name: '30 d', exact: true, pressed: true }).waitFor()
      await toSentence.waitFor()
    })

    /** The answer to the newest question, once that is the one that is wanted and its figures are those that are shown. */
    function shownFor(
      wanted: { readonly input: object },
      check: (variables: { readonly since: string }) => void = () => {},
    ): Promise<Found> {
      return vi.waitFor(
        async () => {
          const last = kept.answers.last<PreviewRuleQuery>('PreviewRule')
          expect(last?.variables).toMatchObject(wanted)
          check(last?.variables as { readonly since: string })
          const found = last?.data?.previewRule
          expect(await shownFigures()).toEqual([found?.matchCount, found?.alertCount, 0])
          await preview()
            .getByText(new RegExp(`^${found?.logCount.toLocaleString('en')} stored logs`))
            .waitFor({ timeout: 1_000 })
          expect(await preview().locator('.preview-found').getAttribute('aria-busy')).toBe('false')
          return found!
        },
        { ...PATIENCE, interval: 50 },
      )
    }

    /** Matches, alerts, and what would have been sent: nothing, as nobody is told. */
    async function shownFigures(): Promise<readonly number[]> {
      return (await preview().locator('.figures dd').allInnerTexts()).map(figureOf)
    }
  },
)

function figureOf(text: string): number {
  return Number(text.replaceAll(',', ''))
}
