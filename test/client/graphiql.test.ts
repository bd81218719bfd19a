import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { examples } from '../../client/src/pages/graphiql/examples.js'
import {
  browserPath,
  newName,
  onEveryScreen,
  operationOf,
  PATIENCE,
  screens,
  sizes,
  visit,
} from './browser.js'
import { aKeptPage } from './kept-page.js'
import { aSharedProduct } from './shared-product.js'

const isSubscription = ({ query }: { readonly query: string }): boolean => query.startsWith('subscription')

describe.skipIf(browserPath === undefined)('the explorer (needs Chromium)', { timeout: 240_000 }, () => {
  const on = aSharedProduct()
  const kept = aKeptPage(on)
  const editor = (name: string) => kept.page.getByRole('textbox', { name, exact: true })
  const press = (name: string | RegExp) => kept.page.getByRole('button', { name }).click()

  async function pick(example: string): Promise<void> {
    await press('Examples')
    await kept.page.getByRole('menuitem', { name: example, exact: true }).click()
  }

  it.each(screens)(
    'runs on $screen what it brings as it is, with the key that was signed in with',
    async ({ size }) => {
      await kept.page.setViewportSize(size)
      await visit(kept.page, 'graphiql')
      for (const example of examples.filter((one) => !isSubscription(one))) {
        await pick(example.name)
        await press(/^Run/)
        // The first line tells of each that it is answered: one answer begins as the other.
        const field = /{\n {2}(\w+)/.exec(example.query)?.[1]
        await editor('Answer').getByText(`"${field}"`, { exact: true }).first().waitFor()
        expect(await editor('Answer').innerText()).not.toContain('"errors"')
      }
    },
  )

  it('fits into the window of a desktop however long an answer is, with its variables and its schema', async () => {
    const { page } = kept
    await visit(page, 'graphiql')
    await write(page, '{ __schema { types { name fields { name } } } }')
    await press(/^Run/)
    await editor('Answer').getByText('"__schema"').waitFor()
    const scroller = page.locator('.pane-answer .cm-scroller')
    expect(await scroller.evaluate((part) => part.scrollHeight)).toBeGreaterThan(sizes.desktop.height)
    await press('Schema')
    for (const name of ['Operation', 'Variables', 'Answer', 'Schema']) {
      const { y = 0, height = Infinity } =
        (await page.getByRole('region', { name, exact: true }).boundingBox()) ?? {}
      expect(y + height, name).toBeLessThan(sizes.desktop.height)
    }
    expect(await page.evaluate<number>('document.documentElement.scrollHeight - innerHeight')).toBe(0)
    await press('Schema')
  })

  it('says why no answer came, and runs it again where that may help', async () => {
    const { page } = kept
    let isAway = true
    await page.route('**/graphql', (route) =>
      isAway && operationOf(route.request()).name === 'Mine' ? route.abort() : route.fallback(),
    )
    await visit(page, 'graphiql')
    await write(page, 'query Mine { health { status } }')
    await onEveryScreen(page, async () => {
      isAway = true
      await press(/^Run/)
      const fault = page.getByRole('alert')
      await fault.getByText('The server cannot be reached.').waitFor()
      isAway = false
      await fault.getByRole('button', { name: 'Try again' }).click()
      await editor('Answer').getByText('"status"').first().waitFor()
      expect(await fault.count()).toBe(0)
    })
    await write(page, 'query Mine {')
    await press(/^Run/)
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0)
    await page.unroute('**/graphql')
  })

  it('brings the answer into sight on a phone, where it stands below the editors', async () => {
    const { page } = kept
    await page.setViewportSize(sizes.phone)
    await visit(page, 'graphiql')
    await pick(examples[0]!.name)
    const pane = page.getByRole('region', { name: 'Answer', exact: true })
    expect((await pane.boundingBox())?.y).toBeGreaterThan(sizes.phone.height / 2)
    await press(/^Run/)
    await editor('Answer').getByText('{').first().waitFor()
    const { y = -1 } = (await pane.boundingBox()) ?? {}
    expect(y).toBeGreaterThan(0)
    expect(y).toBeLessThan(sizes.phone.height / 2)
  })

  it.each(screens)(
    'shows on $screen the events of a subscription as they come, until it is stopped',
    async ({ size }) => {
      const { page } = kept
      await page.setViewportSize(size)
      await visit(page, 'graphiql')
      const [first, second] = examples.filter(isSubscription)
      await pick(first?.name ?? '')
      const opened = page.waitForEvent('websocket')
      await press(/^Run/)
      const older = await opened
      await page.getByText('Live, the newest first').waitFor()
      const openedAnew = page.waitForEvent('websocket')
      await editor('Operation').press('Control+Enter')
      const socket = await openedAnew
      // Its end is not the end of the one that runs by now.
      await expect.poll(() => older.isClosed(), PATIENCE).toBe(true)
      await page.getByText('Live, the newest first').waitFor()
      const events = () => editor('Answer').getByText('logAdded').count()
      await expect.poll(events, PATIENCE).toBeGreaterThan(1)
      expect(await isInSight(page.getByRole('button', { name: 'Stop' }))).toBe(true)
      await press('Stop')
      await expect.poll(() => socket.isClosed(), PATIENCE).toBe(true)
      await pick(second?.name ?? '')
      await press(/^Run/)
      await page.getByText(/Waiting for events|Live, the newest first/).waitFor()
      await press('Stop')
    },
  )

  it.each(screens)(
    'keeps on $screen what its reader saved, and opens it anew, until it is deleted',
    async ({ size }) => {
      const { page } = kept
      await page.setViewportSize(size)
      const name = newName('How it is')
      await visit(page, 'graphiql')
      await write(page, 'query Mine { health { status } }')
      await press('Examples')
      await page.getByRole('menuitem', { name: 'Save this one' }).click()
      await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(name)
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.reload()
      await pick(name)
      expect(await editor('Operation').innerText()).toContain('query Mine { health { status } }')
      await press(/^Run/)
      await editor('Answer').getByText('"status"').first().waitFor()
      await press('Examples')
      await page.getByRole('menuitem', { name: 'Save this one' }).click()
      await press(`Delete ${name}`)
      await page.keyboard.press('Escape')
      await page.reload()
      await press('Examples')
      await page.getByRole('menuitem', { name: examples[0]!.name }).waitFor()
      expect(await page.getByRole('menuitem', { name }).count()).toBe(0)
      await page.keyboard.press('Escape')
    },
  )

  /** In place of the operation that is there. */
  async function write(page: Page, operation: string): Promise<void> {
    await editor('Operation').click()
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
    await page.keyboard.insertText(operation)
  }
})

/** Whether it can be pressed where the page stands. */
function isInSight(button: Locator): Promise<boolean> {
  return button.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect()
    return element.contains(element.ownerDocument.elementFromPoint(x + width / 2, y + height / 2))
  })
}
