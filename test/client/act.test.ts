import type { Route } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import type { RulesQuery } from '../../client/src/api/documents.js'
import {
  browserPath,
  couldBePressed,
  newName,
  onEveryScreen,
  operationOf,
  PATIENCE,
  screens,
  unfoldFilters,
  visit,
} from './browser.js'
import { aKeptPage } from './kept-page.js'
import { aQuietRule, aWebhook } from './quiet-rule.js'
import { makeReceiver, sendTo, TOKEN } from './receivers.js'
import { aProductToVisit, SECRET_KEY } from './shared-product.js'
import { aKeptSink } from './sink.js'

describe.skipIf(browserPath === undefined)(
  'the dashboard acts (needs Chromium)',
  { timeout: 240_000 },
  () => {
    const on = aProductToVisit()
    const kept = aKeptPage(on)
    const to = aKeptSink()

    describe('whoever is on call', () => {
      it.each(screens)(
        'makes a rule on $screen in plain words, and is told which field is wrong',
        async ({ size }) => {
          const { page } = kept
          await page.setViewportSize(size)
          await visit(page, 'rules/new?logType=MESSAGE&patternType=ERROR_CODE&patternValue=30003')
          await page.getByRole('combobox', { name: 'What it must have' }).selectOption('STATUS')
          await page.getByRole('textbox', { name: 'Statuses' }).fill('')
          await page.getByRole('button', { name: 'canceled', exact: true }).click()
          const rule = newName('Anything canceled')
          await page.getByRole('textbox', { name: 'Name', exact: true }).fill(rule)
          await page.getByRole('button', { name: 'Add an action' }).click()
          await page.getByRole('menuitem', { name: 'Webhook' }).click()
          await page.getByRole('textbox', { name: 'URL' }).fill('nowhere')
          await page.getByRole('button', { name: 'Create the rule' }).click()
          await page.getByRole('textbox', { name: 'URL' }).and(page.locator('[aria-invalid]')).waitFor()
          await page.getByRole('textbox', { name: 'Minutes of quiet' }).fill('10m')
          await page.getByRole('button', { name: 'Create the rule' }).click()
          await page.getByText('Minutes of quiet must be a whole number').waitFor()
          await page.getByRole('textbox', { name: 'Minutes of quiet' }).fill('10')
          await page.getByRole('textbox', { name: 'URL' }).fill(to.sink.url)
          await page.getByRole('button', { name: 'Create the rule' }).click()
          await page.getByRole('heading', { level: 1, name: rule }).waitFor()
          expect(
            await on.product.ask('{ rules { name patternType patternValue cooldownMinutes } }'),
          ).toMatchObject({
            rules: expect.arrayContaining([
              { name: rule, patternType: 'STATUS', patternValue: 'canceled', cooldownMinutes: 10 },
            ]) as unknown,
          })
        },
      )

      it.each(screens)(
        'edits its actions in place on $screen: what is stored is what is shown, and its secrets are hidden at once',
        async ({ size }) => {
          const { page } = kept
          await page.setViewportSize(size)
          const rule = await aQuietRule(on.product, 'Never', aWebhook(to.sink.url))
          await visit(page, `rules/${rule.id}`)
          await page.getByText('More settings').first().click()
          // Whatever is read of it from now on fails.
          await page.route('**/graphql', (route) =>
            operationOf(route.request()).name === 'Rule'
              ? route.fulfill({ status: 500, json: { errors: [{ message: 'Not now.' }] } })
              : route.fallback(),
          )
          await page.getByRole('button', { name: 'Add one' }).click()
          await page.getByRole('textbox', { name: 'name 1' }).fill('Authorization')
          await page.getByRole('textbox', { name: 'value 1' }).fill('Bearer of-nobody-else')
          await page.getByRole('button', { name: 'Add an action' }).click()
          await page.getByRole('menuitem', { name: 'Log' }).click()
          await page.getByRole('button', { name: 'Save', exact: true }).click()
          await page.getByText(`${rule.name} is saved`).first().waitFor()
          await page.getByText('Applies to logs stored later').waitFor()
          expect(await page.locator('.action').count()).toBe(2)
          expect(await page.getByRole('textbox', { name: 'value 1' }).inputValue()).toBe('********')
          await page.unroute('**/graphql')
        },
      )

      it.each(screens)(
        'saves on $screen no JSON that is not whole, and has what is stored back by discarding',
        async ({ size }) => {
          const { page } = kept
          await page.setViewportSize(size)
          const headers = { Authorization: 'Bearer of-nobody-else' }
          const rule = await aQuietRule(on.product, 'Never', aWebhook(to.sink.url, { headers }))
          await visit(page, `rules/${rule.id}`)
          await page.getByText('More settings').first().click()
          const payload = page.getByRole('textbox', { name: 'Payload' })
          await payload.fill('{ "text": ')
          await page.getByRole('button', { name: 'Save', exact: true }).click()
          await page.getByText('One field is not right yet').waitFor()
          await page.getByRole('textbox', { name: 'value 1' }).fill('something else')
          await page.getByRole('button', { name: 'Discard' }).click()
          expect(await payload.inputValue()).toBe('')
          expect(await page.getByRole('textbox', { name: 'value 1' }).inputValue()).toBe('********')
          await page.getByText('Applies to logs stored later').waitFor()
        },
      )

      it('sees when a rule last fired', async () => {
        const { page } = kept
        await visit(page, 'rules')
        const row = page.getByRole('listitem').filter({ hasText: 'Whatever arrives' })
        await onEveryScreen(page, async () => {
          // It goes on firing.
          await vi.waitFor(async () => {
            const { rules } = await on.product.ask<Pick<RulesQuery, 'rules'>>(
              '{ rules { name alertCount lastFiredAt } }',
            )
            const { alertCount, lastFiredAt } = rules.find(({ name }) => name === 'Whatever arrives')!
            const alerts = `${alertCount.toLocaleString('en')} ${alertCount === 1 ? 'alert' : 'alerts'}`
            expect(await row.getByRole('link', { name: /alerts?$/ }).innerText()).toBe(alerts)
            expect(await row.locator('.rule-fired time').getAttribute('datetime')).toBe(lastFiredAt)
          }, PATIENCE)
          await row.getByText(/^last (now|.* ago)$/).waitFor()
        })
      })
    })

    describe('an administrator', () => {
      it('makes a key that is shown once and opens the API, and revokes it', async () => {
        const { page } = kept
        await visit(page, 'settings/keys')
        await page.getByRole('button', { name: 'New key' }).first().click()
        const name = newName('prometheus')
        await page.getByRole('textbox', { name: 'Name' }).fill(name)
        await page.getByRole('button', { name: 'Make the key' }).click()
        const key = await page.locator('.made-key code').innerText()
        expect(await on.product.statusOf(key)).toBe(200)
        await page.keyboard.press('Escape')
        await page.keyboard.press('Escape')
        await page.mouse.click(5, 5)
        // As a page that was not loaded over https has none.
        await page.evaluate(
          `Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })`,
        )
        await page.getByRole('button', { name: 'Copy the key' }).click()
        await page.getByRole('button', { name: 'Copied' }).waitFor()
        await page.evaluate('delete navigator.clipboard')
        await page.getByRole('button', { name: 'I have it' }).click()
        expect(await pasted()).toBe(key)
        await page.getByRole('button', { name: `Revoke ${name}` }).click()
        await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
        await page.getByText('Revoked').first().waitFor()
        expect(await page.getByText(key).count()).toBe(0)
        await expect.poll(() => on.product.statusOf(key), { timeout: 15_000 }).toBe(401)
      })

      /** What the clipboard holds, by a dialog that is not left by marking a text to beyond its edge, but by a click there. */
      async function pasted(): Promise<string> {
        const { page } = kept
        await page.getByRole('button', { name: 'New key' }).first().click()
        const name = page.getByRole('textbox', { name: 'Name' })
        await name.focus()
        await page.keyboard.press('Control+V')
        const text = await name.inputValue()
        const { x, y } = (await name.boundingBox()) ?? { x: 0, y: 0 }
        await page.mouse.move(x + 20, y + 10)
        await page.mouse.down()
        await page.mouse.move(5, y + 10)
        await page.mouse.up()
        expect(await name.inputValue()).toBe(text)
        await page.mouse.click(5, 5)
        await name.waitFor({ state: 'detached' })
        return text
      }
    })

    describe('whoever has to answer for it', () => {
      it.each(screens)(
        'finds on $screen who changed a rule, what it was before and where from, also after a reload',
        async ({ size }) => {
          const { page } = kept
          await page.setViewportSize(size)
          const { id, name } = await aQuietRule(
            on.product,
            '<img src=x onerror="window.hacked=1">',
            aWebhook(to.sink.url),
          )
          await on.product.ask(
            'mutation ($id: ID!) { updateRule(id: $id, input: { cooldownMinutes: 30 }) { rule { id } } }',
            { id },
          )
          await visit(page, 'settings/audit')
          await unfoldFilters(page)
          for (const [menu, entry] of [
            ['Done', 'Changed'],
            ['To what', 'Rules'],
          ] as const) {
            await page.getByRole('button', { name: menu }).click()
            await page.getByRole('menuitemcheckbox', { name: entry }).click()
            await page.keyboard.press('Escape')
          }
          const entries = page.locator('.audit-entry')
          const changed = entries.filter({ hasText: `The administrator changed the rule ${name}` })
          await changed.waitFor()
          await page.reload()
          await changed.locator('summary').click()
          const field = changed.locator('.audit-changes > div')
          expect(await field.allInnerTexts()).toEqual([
            expect.stringMatching(/^Minutes of quiet\s+before:\s*0\s*→\s*after:\s*30$/),
          ])
          await changed.getByText('127.0.0.1').waitFor()
          await changed.getByRole('button', { name: 'All that was done to it' }).click()
          await entries.filter({ hasText: `made the rule ${name}` }).waitFor()
          expect(await entries.count()).toBe(2)
          expect(await page.evaluate('"hacked" in window')).toBe(false)
        },
      )

      it.each(screens)(
        'erases a number on $screen only once it was asked whether that is meant, and is told at the field what is no number',
        async ({ size }) => {
          const { page } = kept
          await page.setViewportSize(size)
          const sent: unknown[] = []
          // How it is done is proven in test/privacy and test/product; it goes through all that the tests share.
          await page.route('**/graphql', (route) => {
            const { number } = (route.request().postDataJSON() as { variables: { number?: string } })
              .variables
            if (number !== '+493012345678') return route.fallback()
            sent.push(number)
            return route.fulfill({ json: { data: { eraseNumber: { number: '+4930***5678', rows: 12 } } } })
          })
          await visit(page, 'settings/retention')
          const field = page.getByRole('textbox', { name: 'Phone number' })
          const ask = async (text: string): Promise<void> => {
            await field.fill(text)
            await page.getByRole('button', { name: 'Erase it' }).click()
            await page.getByRole('dialog').getByText('This cannot be undone.').waitFor()
          }
          await ask('nobody')
          await page.getByRole('button', { name: 'Erase for good' }).click()
          await field.and(page.locator('[aria-invalid]')).waitFor()
          await page.getByText('must be a phone number').waitFor()
          await ask('+493012345678')
          await page.getByRole('button', { name: 'Cancel' }).click()
          await page.getByRole('dialog').waitFor({ state: 'detached' })
          expect(sent).toEqual([])
          await ask('+493012345678')
          await page.getByRole('button', { name: 'Erase for good' }).click()
          await page.getByText('+4930***5678 is erased: it was taken out of 12 rows').waitFor()
          expect([sent, await field.inputValue()]).toEqual([['+493012345678'], ''])
          await page.unroute('**/graphql')
        },
      )

      it('hears of an erasure whether it was not sent, may be going on, or is through while another page is shown', async () => {
        const { page } = kept
        let answer = (): void => {}
        const isAnswered = new Promise<void>((resolve) => (answer = resolve))
        const answers: ((route: Route) => Promise<void>)[] = [
          (route) => route.abort('internetdisconnected'),
          (route) => route.fulfill({ status: 504, body: 'Gateway Timeout' }),
          async (route) => {
            await isAnswered
            await route.fulfill({ json: { data: { eraseNumber: { number: '+4930***5679', rows: 3 } } } })
          },
        ]
        await page.route('**/graphql', (route) => {
          const { name } = operationOf(route.request())
          if (name === 'EraseNumber') return answers.shift()?.(route)
          // It does not need what is told of all that is stored.
          if (name === 'Retention') return route.fulfill({ json: NOT_NOW })
          return route.fallback()
        })
        await visit(page, 'settings/retention')
        await page.reload()
        await page.getByText('This could not be loaded').waitFor()
        const erase = async (): Promise<void> => {
          await page.getByRole('textbox', { name: 'Phone number' }).fill('+493012345679')
          await page.getByRole('button', { name: 'Erase it' }).click()
          await page.getByRole('button', { name: 'Erase for good' }).click()
        }
        await erase()
        await page.getByText('The number was not sent, and nothing is erased.').waitFor()
        await erase()
        await page.getByText('No answer came. It may still be going on').waitFor()
        await erase()
        await page.getByText('It goes through everything that is stored').waitFor()
        await visit(page, 'rules')
        await page.getByRole('heading', { level: 1, name: 'Rules' }).waitFor()
        answer()
        await page.locator('.toast').getByText('+4930***5679 is erased').waitFor()
        await page.unroute('**/graphql')
      })
    })

    describe('whoever looks into an alert', () => {
      it('comes to every log that joined it, and hears that its rule was changed since', async () => {
        const { page } = kept
        const status = newName('torn')
        const { url } = await makeReceiver(on.product, newName('presses'))
        const { createRule } = await on.product.ask<{ createRule: { rule: { id: string; name: string } } }>(
          JOINED_RULE,
          { name: newName('Torn paper'), status },
        )
        const { id: ruleId, name } = createRule.rule
        for (let n = 1; n <= 25; n++) expect(await sendTo(url, { id: `job-${n}`, status })).toBe(202)
        const alertId = await vi.waitUntil(async () => {
          const { alerts } = await on.product.ask<{
            alerts: { nodes: { id: string; matchCount: number }[] }
          }>(`query ($ruleId: [ID!]) { alerts(filter: { ruleId: $ruleId }) { nodes { id matchCount } } }`, {
            ruleId: [ruleId],
          })
          return alerts.nodes.find(({ matchCount }) => matchCount === 25)?.id
        }, PATIENCE)
        const others = page
          .locator('section', {
            has: page.getByRole('heading', { name: 'The other logs that it stands for' }),
          })
          .last()
        const lines = others.getByRole('listitem')
        const more = others.getByRole('button', { name: 'Show more' })
        await visit(page, `alerts/${alertId}`)
        await onEveryScreen(page, () => couldBePressed(more))
        await more.click()
        await onEveryScreen(page, async () => {
          await lines.nth(23).waitFor()
          expect(await lines.count()).toBe(24)
        })
        const change = (input: object) =>
          on.product.ask(
            `mutation ($id: ID!, $input: UpdateRuleInput!) { updateRule(id: $id, input: $input) { rule { id } } }`,
            { id: ruleId, input },
          )
        for (const enabled of [false, true]) await change({ enabled, cooldownMinutes: 30 })
        await page.reload()
        await lines.first().waitFor()
        expect(await page.getByText('The rule was changed since').count()).toBe(0)
        await change({ patternValue: `${status},lost` })
        await page.getByText('The rule was changed since').waitFor()
        expect(await page.getByRole('link', { name: 'See the rule' }).getAttribute('href')).toBe(
          `/rules/${ruleId}`,
        )
        await lines.last().getByRole('link').click()
        await page.getByRole('dialog').getByRole('link', { name }).waitFor()
      })
    })

    describe('whoever connects another system', () => {
      it.each(screens)(
        'makes a receiver on $screen, is shown its secret once, gives it a token, and sees what came in',
        async ({ size }) => {
          const { page } = kept
          await page.setViewportSize(size)
          await visit(page, 'settings/receivers')
          await page.getByRole('button', { name: 'New receiver' }).first().click()
          const receiver = newName('printers')
          await page.getByRole('textbox', { name: 'Name' }).fill(receiver)
          await page.getByRole('button', { name: 'Make the receiver' }).click()
          await page.getByRole('heading', { name: 'The new receiver' }).waitFor()
          const [url = '', secret = ''] = await page.locator('.made-key code').allInnerTexts()
          expect(secret).toMatch(/^whsec_/)
          await page.getByRole('button', { name: 'Set it up' }).click()
          await page.getByRole('heading', { level: 1, name: receiver }).waitFor()
          await page.getByRole('button', { name: 'Set the token' }).click()
          await page.getByRole('textbox', { name: 'The token' }).fill(TOKEN)
          await page.getByRole('button', { name: 'Save the token' }).click()
          await page.getByRole('button', { name: 'Replace the token' }).waitFor()
          expect(await sendTo(url)).toBe(202)
          await page.locator('.received').getByText('Stored', { exact: true }).waitFor()
          expect(await page.getByText(secret).count()).toBe(0)
        },
      )

      it.each(screens)(
        'says on $screen where the message is found, and has what came worked again',
        async ({ size }) => {
          const { page } = kept
          await page.setViewportSize(size)
          const receiver = newName('scanners')
          const { id, url } = await makeReceiver(on.product, receiver)
          expect(await sendTo(url)).toBe(202)
          await visit(page, `settings/receivers/${id}`)
          const message = page.getByRole('textbox', { name: 'Message' })
          await message.fill('data..text')
          await page.getByRole('button', { name: 'Save', exact: true }).click()
          await message.and(page.locator('[aria-invalid]')).waitFor()
          await message.fill('text')
          await page.getByRole('button', { name: 'Save', exact: true }).click()
          await page.getByText(`${receiver} is saved`).first().waitFor()
          await page.getByRole('button', { name: 'Replay' }).click()
          await page.getByText('It is worked once more.').first().waitFor()
          await expect
            .poll(async () => {
              const { logs } = await on.product.ask<{
                logs: { nodes: readonly { errorMessage: string | null }[] }
              }>(`{ logs(filter: { twilioSid: ["custom:${receiver}:job-1"] }) { nodes { errorMessage } } }`)
              return logs.nodes[0]?.errorMessage
            }, PATIENCE)
            .toBe('The paper is out')
        },
      )

      it('sees every setting that is in force and where it was given, but no secret', async () => {
        const { page } = kept
        await visit(page, 'settings/configuration')
        const row = page.locator('.configuration-row', { has: page.getByText('SECRET_KEY', { exact: true }) })
        await onEveryScreen(page, async () => {
          await row.getByText('********').waitFor()
          await row.getByText('environment').waitFor()
          expect(await page.locator('main').innerText()).toContain('POLL_INTERVAL_SECONDS')
        })
        expect(await page.content()).not.toContain(SECRET_KEY)
      })
    })
  },
)

/** No failure that heals by itself. */
const NOT_NOW = { errors: [{ message: 'Not now.', extensions: { code: 'CONFLICT' } }] }

const JOINED_RULE = `mutation ($name: String!, $status: String!) {
  createRule(
    input: { name: $name, logType: CUSTOM, patternType: STATUS, patternValue: $status, cooldownMinutes: 60 }
  ) {
    rule {
      id
      name
    }
  }
}`
