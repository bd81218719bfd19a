import { span } from './time/relative-time.js'

/** Every text of the dashboard, by where it is shown. Texts with figures are functions. */
export const say = {
  product: 'GiftPulse',
  close: 'Close',
  copied: 'Copied',
  copyFailed: 'Not copied',
  none: '-',

  nav: {
    label: 'Pages',
    overview: 'Overview',
    live: 'Live',
    logs: 'Logs',
    rules: 'Rules',
    alerts: 'Alerts',
    settings: 'Settings',
    explorer: 'API explorer',
    more: 'More',
    skip: 'Skip to the content',
    firing: (count: number) => `${count} firing`,
  },

  shell: {
    signOut: 'Sign out',
    keys: 'Keyboard shortcuts',
    zone: 'Time zone',
    zoneLocal: 'Local',
    zoneUtc: 'UTC',
    theme: 'Colours',
    themeAuto: 'As the system',
    themeLight: 'Light',
    themeDark: 'Dark',
    demo: 'Demo',
    offline: 'This device is offline. What you see is what was last heard.',
    degraded: 'Degraded',
    alertNews: (rule: string) => `${rule} fired`,
    show: 'Show',
  },

  link: {
    connecting: 'Connecting',
    live: 'Live',
    caughtUp: (count: number) => `Live, caught up ${count}`,
    caughtUpTitle: (count: number) =>
      count === 0
        ? 'The connection was cut; nothing happened meanwhile.'
        : `The connection was cut; ${count} ${count === 1 ? 'event' : 'events'} of that time came after it.`,
    cut: (seconds: number) => `Reconnecting, data ${span(seconds)} old`,
    cutShort: 'Reconnecting',
    tryNow: 'Try now',
  },

  states: {
    loading: 'Loading',
    failed: 'This could not be loaded',
    forbidden: 'Your key may not see this',
    forbiddenNext: 'Ask an administrator for a key with a wider scope.',
    tryAgain: 'Try again',
    missing: 'There is no such page',
    missingNext: 'The address may be old, or mistyped.',
    home: 'To the overview',
    broken: 'This page broke',
    reload: 'Load it again',
  },

  toast: { label: 'Notices' },

  signIn: {
    title: 'Sign in',
    about: 'See what your Twilio account is doing, as it happens.',
    key: 'API key',
    hint: 'The first start of GiftPulse prints an address with the key in it. Later it lies in DATA_DIR/api-key, or is what API_KEY says.',
    button: 'Sign in',
    refused: 'This key was refused. It may be mistyped, expired or revoked.',
    impossible: 'This cannot be a key: it has characters that no key has.',
    kept: 'The key stays in this tab, until you sign out or close it.',
  },

  keys: {
    title: 'Keyboard shortcuts',
    sequence: 'then',
    everywhere: 'Everywhere',
    help: 'Show this list',
    search: 'Search on this page',
    go: (page: string) => `Go to ${page}`,
    closeIt: 'Close what is open',
    list: 'In a list',
    next: 'Next row',
    previous: 'Previous row',
    open: 'Open the row',
  },
} as const
