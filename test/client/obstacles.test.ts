import type { Dialog } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import type { OverviewQuery } from '../../client/src/api/documents.js'
import { browserPath, newName, onEveryScreen, operationOf, PATIENCE, screens, visit } from './browser.js'
import { aKeptPage } from './kept-page.js'
import { aQuietRule, aWebhook } from './quiet-rule.js'
import { aProductToVisit } from './shared-product.js'
import { aKeptSink } from './sink.js'

const LEAVE = 'What you have written is not saved yet. Leave it?'

describe.skipIf(browserPath === undefined)(
  'what stands in the way (needs Chromium)',
  { timeout: 240_000 },
  () => {
    const on = aProductToVisit()
    const kept = aKeptPage(on)
    const to = aKeptSink(() => false)

    /** The path of the one rule or alert that every page knows. */
    const pathOf = (beginning: string): string =>
      on.pages.find(({ path }) => path.startsWith(beginning) && !path.endsWith('/new'))?.path ?? ''

    it.each(screens)('of a retry is said beside it on $screen, with what helps', async ({ size }) => {
      const { page } = kept
      await page.setViewportSize(size)
      const rule = pathOf('rules/').split('/')[1] ?? ''
      const allow = (enabled: boolean) => on.product.ask(ENABLE_RULE, { id: rule, enabled })
      await allow(false)
      try {
        for (const [path, row] of [
          [pathOf('alerts/'), '.delivery'],
          [`deliveries?status=failed&rule=${rule}`, '.delivery-row'],
        ] as const) {
          await visit(page, path)
          const failed = page.locator(row).filter({ has: page.getByRole('button', { name: /^Retry/ }) })
          await failed.first().getByText('The rule is disabled: enable it to retry this.').waitFor()
          expect(
            await failed
              .first()
              .getByRole('button', { name: /^Retry/ })
              .isDisabled(),
          ).toBe(true)
          await page.getByText('The rule is disabled: enable it to retry them.').waitFor()
          expect(await page.getByRole('button', { name: /^Retry all \d+ failed$/ }).isDisabled()).toBe(true)
        }
      } finally {
        await allow(true)
      }
    })

    it('of a part of the failed ones leaves it out of how many are tried again, as soon as it is there', async () => {
      const { page } = kept
      const name = newName('Told to nobody')
      const { createRule } = await on.product.ask<{ createRule: { rule: { id: string } } }>(TO_NOBODY, {
        name,
      })
      const { id } = createRule.rule
      await vi.waitUntil(async () => {
        const { deliveries } = await on.product.ask<{ deliveries: { totalCount: number } }>(FAILED_OF, {
          ruleId: [id],
        })
        return deliveries.totalCount === 2
      }, PATIENCE)
      await visit(page, `deliveries?status=failed&rule=${id}`)
      await page.getByRole('button', { name: 'Retry all 2 failed' }).waitFor()
      await visit(page, `actions?rule=${id}`)
      const first = page.getByRole('switch', { name: `Email of ${name}: on` }).first()
      await first.click()
      await page.locator('.action-row[data-off]').waitFor()
      await visit(page, `deliveries?status=failed&rule=${id}`)
      await page.getByRole('button', { name: 'Retry 1 of 2 failed' }).click()
      await page.getByRole('dialog', { name: 'Retry 1 of 2 failed deliveries?' }).waitFor()
      await page.keyboard.press('Escape')
      await visit(page, '')
      await onEveryScreen(page, () =>
        vi.waitFor(async () => {
          const { failed, retriable } = kept.answers.last<OverviewQuery>('Overview')?.data ?? {}
          expect(retriable!.totalCount).toBeLessThan(failed!.totalCount)
          const part = `Retry ${retriable!.totalCount} of ${failed!.totalCount} failed`
          expect(await page.getByRole('button', { name: part, exact: true }).isEnabled()).toBe(true)
        }, PATIENCE),
      )
      await on.product.ask(`mutation ($id: ID!) { deleteRule(id: $id) { id } }`, { id })
    })

    it('of all that failed is named on the overview only where all of them are listed there', async () => {
      const { page } = kept
      let further = 0
      await page.route('**/graphql', async (route) => {
        if (operationOf(route.request()).name !== 'Overview') return route.fallback()
        const response = await route.fetch()
        const { data } = (await response.json()) as { data: OverviewQuery }
        const listed = data.failed.nodes.slice(0, 1).map((one) => ({
          ...one,
          action: { ...one.action, deletedAt: null },
          alert: { ...one.alert, rule: { ...one.alert.rule, enabled: false, deletedAt: null } },
        }))
        const failed = { totalCount: listed.length + further, nodes: listed }
        await route.fulfill({ response, json: { data: { ...data, failed, retriable: { totalCount: 0 } } } })
      })
      for (const [others, obstacle] of [
        [0, 'The rule is disabled: enable it to retry them.'],
        [7, 'None of them can be tried again: their rules or actions are disabled or deleted.'],
      ] as const) {
        further = others
        await page.reload()
        await visit(page, '?since=24h')
        await onEveryScreen(page, async () => {
          await page.getByText(obstacle, { exact: true }).waitFor()
          const retry = page.getByRole('button', { name: /^Retry (the failed one|all 8 failed)$/ })
          expect(await retry.isDisabled()).toBe(true)
        })
      }
      await page.unroute('**/graphql')
    })

    it.each(screens)('of a change is said on $screen: that files manage it', async ({ size }) => {
      const { page } = kept
      await page.setViewportSize(size)
      await page.route('**/graphql', async (route) => {
        if (!['Rules', 'Actions'].includes(operationOf(route.request()).name)) return route.fallback()
        const response = await route.fetch()
        const { data } = (await response.json()) as { data: Readonly<Record<string, readonly object[]>> }
        const managed = Object.entries(data).map(([name, all]) => [
          name,
          all.map((one) => ({ ...one, managedBy: 'deploy' })),
        ])
        await route.fulfill({ response, json: { data: Object.fromEntries(managed) as unknown } })
      })
      for (const path of ['rules', 'actions']) {
        await visit(page, path)
        await page.getByText('What files manage is changed in those files').waitFor()
        await page.getByText('Managed by deploy').first().waitFor()
        expect(await page.getByRole('main').getByRole('switch').first().isDisabled()).toBe(true)
      }
      await page.unroute('**/graphql')
    })

    it.each(screens)('of a test is what was answered, on $screen', async ({ size }) => {
      const { page } = kept
      await page.setViewportSize(size)
      const rule = await aQuietRule(on.product, 'Nobody listens', aWebhook(to.sink.url))
      await visit(page, `rules/${rule.id}`)
      await page.getByRole('button', { name: 'Send a test' }).click()
      const test = page.getByRole('status', { name: 'The test' })
      await test.getByText('It failed').waitFor()
      const words = await test.innerText()
      expect(words).toContain('500')
      expect(words).toContain('the sink is out of order')
    })

    it.each(screens)(
      'of leaving is what is not saved: who stays on $screen has it still',
      async ({ size }) => {
        const { page } = kept
        await page.setViewportSize(size)
        const asked: string[] = []
        let mayLeave = false
        const answer = async (dialog: Dialog): Promise<void> => {
          asked.push(dialog.message())
          await (mayLeave ? dialog.accept() : dialog.dismiss())
        }
        page.on('dialog', answer)
        await visit(page, 'rules/new')
        const name = page.getByRole('textbox', { name: 'Name', exact: true })
        await name.fill('Half a rule')
        await page.getByText('Not saved yet.').waitFor()
        const leave = page.getByRole('link', { name: 'All rules' })
        await leave.click()
        expect(asked).toEqual([LEAVE])
        await page.goBack()
        await expect.poll(() => asked).toEqual([LEAVE, LEAVE])
        await expect.poll(() => page.url()).toBe(`${on.product.url}rules/new`)
        expect(await name.inputValue()).toBe('Half a rule')
        mayLeave = true
        await leave.click()
        await page.getByRole('heading', { level: 1, name: 'Rules', exact: true }).waitFor()
        expect(asked).toHaveLength(3)
        page.off('dialog', answer)
      },
    )
  },
)

const ENABLE_RULE = `mutation ($id: ID!, $enabled: Boolean!) {
  updateRule(id: $id, input: { enabled: $enabled }) { rule { id } }
}`

const FAILED_OF = `query ($ruleId: [ID!]) {
  deliveries(filter: { ruleId: $ruleId, status: [FAILED] }) { totalCount }
}`

/** Fires once, and there is no mail server. */
const TO_NOBODY = `mutation ($name: String!) {
  createRule(
    input: {
      name: $name
      logType: MESSAGE
      patternType: STATUS
      patternValue: "delivered"
      cooldownMinutes: 60
      actions: [
        { actionType: EMAIL, config: { recipients: ["first@example.com"] } }
        { actionType: EMAIL, config: { recipients: ["second@example.com"] } }
      ]
    }
  ) {
    rule {
      id
    }
  }
}`
