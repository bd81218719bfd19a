import type { Page } from 'playwright-core'
import { PATIENCE, type sizes, unfoldFilters } from './browser.js'

/** Something that opens on a page. */
export interface Opening {
  readonly name: string
  /** The path of its page; `rules/` is that of the one rule. */
  readonly beginning: string
  opens(page: Page): Promise<void>
  /** What is there then. */
  readonly shows: string
  /** By Escape where it does not say. */
  closes?(page: Page): Promise<void>
  /** Where else there is none. */
  readonly only?: keyof typeof sizes
}

const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name, exact: true }).first().click(PATIENCE)

const pressInDialog = (page: Page, name: string): Promise<void> =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click(PATIENCE)

const MENU = '.menu'
const DIALOG = 'dialog[open]'

/** Menus, popovers, dialogs, forms with what is wrong in them, and notices. */
export const openings: readonly Opening[] = [
  {
    name: 'the preferences beside the pages',
    beginning: 'settings',
    opens: async () => {},
    shows: '.side-foot',
    only: 'desktop',
  },
  {
    name: 'the preferences under “More”',
    beginning: 'settings',
    opens: (page) => page.getByRole('navigation').getByRole('button', { name: 'More' }).click(),
    shows: MENU,
    only: 'phone',
  },
  {
    name: 'the list of keys',
    beginning: 'settings',
    opens: (page) => page.keyboard.press('?'),
    shows: DIALOG,
  },
  {
    name: 'the question before all is retried',
    beginning: '',
    opens: (page) => press(page, /^Retry .* failed/),
    shows: DIALOG,
  },
  {
    name: 'the charts as tables',
    beginning: '',
    opens: async (page) => {
      const switches = page.getByRole('button', { name: /: show as table$/ })
      await switches.first().waitFor(PATIENCE)
      while ((await switches.count()) > 0) await switches.first().click(PATIENCE)
    },
    shows: '.overview table',
  },
  {
    name: 'a log beside the live ones',
    beginning: 'live',
    opens: (page) => page.locator('.log a').first().click(PATIENCE),
    shows: '.log-details',
  },
  {
    name: 'a menu of filters',
    beginning: 'live',
    opens: async (page) => {
      await unfoldFilters(page)
      await press(page, /^Status/)
    },
    shows: MENU,
  },
  {
    name: 'the filters under “More”',
    beginning: 'logs',
    opens: async (page) => {
      await unfoldFilters(page)
      await page.getByRole('search').getByRole('button', { name: 'More' }).click(PATIENCE)
    },
    shows: '.popover',
  },
  {
    name: 'the filters of the deliveries',
    beginning: 'deliveries',
    opens: unfoldFilters,
    shows: '.list-filters',
    only: 'phone',
  },
  {
    name: 'a range of dates and the ways to export',
    beginning: 'logs',
    opens: async (page) => {
      await unfoldFilters(page)
      await press(page, 'Between')
      await press(page, 'Export')
    },
    shows: 'body',
  },
  {
    name: 'the types of actions',
    beginning: 'rules/new',
    opens: (page) => press(page, 'Add an action'),
    shows: MENU,
  },
  {
    name: 'a new rule with every kind of action, refused',
    beginning: 'rules/new',
    opens: async (page) => {
      for (const type of ['Email', 'Webhook', 'Log']) {
        await press(page, 'Add an action')
        await page.getByRole('menuitem', { name: type }).click()
      }
      for (const more of await page.locator('.action summary').all()) await more.click()
      await press(page, 'Create the rule')
      await page.locator('.save-error').waitFor(PATIENCE)
    },
    shows: 'main',
  },
  {
    name: 'the answer to a test',
    beginning: 'rules/',
    opens: async (page) => {
      await page.getByRole('button', { name: 'Send a test' }).first().click(PATIENCE)
      await page.getByRole('status', { name: 'The test' }).waitFor(PATIENCE)
    },
    shows: '.action',
  },
  {
    name: 'what undoes a deletion',
    beginning: 'rules',
    opens: async (page) => {
      await page.getByRole('button', { name: /^Delete Whatever/ }).click(PATIENCE)
      await page.getByRole('button', { name: 'Undo' }).waitFor()
    },
    shows: '.toasts',
    closes: (page) => press(page, 'Undo'),
  },
  {
    name: 'a new key',
    beginning: 'settings/keys',
    opens: (page) => press(page, 'New key'),
    shows: DIALOG,
  },
  {
    name: 'a key that is shown once',
    beginning: 'settings/keys',
    opens: async (page) => {
      await press(page, 'New key')
      await page.getByRole('textbox', { name: 'Name' }).fill('grafana')
      await pressInDialog(page, 'Make the key')
      await page.locator('.made-key').waitFor(PATIENCE)
    },
    shows: DIALOG,
  },
  {
    name: 'the question before a key is revoked',
    beginning: 'settings/keys',
    opens: (page) => press(page, 'Revoke grafana'),
    shows: DIALOG,
  },
  {
    name: 'a new receiver, refused',
    beginning: 'settings/receivers',
    opens: async (page) => {
      await press(page, 'New receiver')
      await page.getByRole('textbox', { name: 'Name' }).fill('No Such Name')
      await pressInDialog(page, 'Make the receiver')
      await page.locator(`${DIALOG} .field-error`).waitFor(PATIENCE)
    },
    shows: DIALOG,
  },
  {
    name: 'the proof of a receiver',
    beginning: 'settings/receivers/',
    opens: (page) => press(page, /the signing secret$/),
    shows: DIALOG,
  },
  {
    name: 'the question before a receiver is deleted',
    beginning: 'settings/receivers/',
    opens: (page) => press(page, 'Delete'),
    shows: DIALOG,
  },
  {
    name: 'a body as it was received',
    beginning: 'settings/receivers/',
    opens: (page) => page.locator('.received summary').first().click(PATIENCE),
    shows: '.received',
  },
  {
    name: 'what a test of one of all actions came to',
    beginning: 'actions',
    opens: async (page) => {
      await press(page, /^Send a test/)
      await page.getByRole('status', { name: 'The test' }).waitFor(PATIENCE)
    },
    shows: '.action-row',
  },
  {
    name: 'what a change changed',
    beginning: 'settings/audit',
    opens: (page) => page.locator('.audit-entry summary').first().click(PATIENCE),
    shows: '.audit-entry',
  },
  {
    name: 'the question before a number is erased',
    beginning: 'settings/retention',
    opens: async (page) => {
      await page.getByRole('textbox', { name: 'Phone number' }).fill('+14155552671')
      await press(page, 'Erase it')
    },
    shows: DIALOG,
  },
  {
    name: 'the examples of the explorer',
    beginning: 'graphiql',
    opens: (page) => press(page, 'Examples'),
    shows: MENU,
  },
]
