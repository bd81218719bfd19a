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
    leave: 'Leave the list',
  },

  live: {
    label: 'Logs as they come',
    about: (count: number) =>
      count === 1 ? '1 log, newest first' : `${count.toLocaleString('en')} logs, newest first`,
    pause: 'Pause',
    resume: (waiting: number) => (waiting === 0 ? 'Resume' : `Resume, ${waiting.toLocaleString('en')} new`),
    paused: (waiting: number) => `Paused, ${waiting} new`,
    toggle: 'Pause or resume',
    jump: 'Jump to the newest',
    waiting: (count: number) => `${count.toLocaleString('en')} new`,
    gap: 'The connection was away for too long to be made up for. Logs of that time are missing here; the Logs page has them all.',
    empty: 'Nothing here yet',
    emptyNext: 'New logs appear by themselves. With filters on, only those that match them do.',
  },

  logs: {
    label: 'Stored logs',
    counting: 'Counting',
    found: (count: number) =>
      count > 10_000 ? 'More than 10,000 logs' : count === 1 ? '1 log' : `${count.toLocaleString('en')} logs`,
    refresh: 'Refresh',
    shown: (count: number) => `${count.toLocaleString('en')} shown, more follow as you scroll`,
    end: (count: number) => `${count.toLocaleString('en')} shown, that is all`,
    loadingMore: 'Loading more',
    empty: 'No log matches this',
    emptyNext: 'Take a filter away, or look further back.',
    time: 'Time',
    type: 'Type',
    status: 'Status',
    numbers: 'From and to',
    what: 'What',
    search: 'Search text, number, SID or code',
    more: 'More',
    code: 'Error codes',
    codeHint: 'One or more, with commas: 30003,30008',
    from: 'From',
    to: 'To',
    numberHint: 'The exact number: +14155550123',
    sid: 'SID',
    apply: 'Apply',
    chosen: 'Filters in use',
    clear: 'Clear all',
    takeAway: (what: string) => `Remove the filter ${what}`,
    codeChip: (code: string) => `Code ${code}`,
    chips: {
      from: (text: string) => `From ${text}`,
      to: (text: string) => `To ${text}`,
      sid: (text: string) => text,
      search: (text: string) => `“${text}”`,
    },
  },

  log: {
    title: (type: string) => type,
    untitled: 'Log',
    missing: 'There is no such log',
    missingNext: 'It may have been deleted, or the address is mistyped.',
    copyLink: 'Copy the link to this log',
    copy: (what: string) => `Copy: ${what}`,
    sid: 'SID',
    from: 'From',
    to: 'To',
    account: 'Account',
    remedy: 'What helps:',
    errorPage: 'Twilio about this error',
    console: 'Open at Twilio',
    alertMe: 'Alert me on this',
    transitions: 'What happened',
    alerts: 'Alerts',
    noAlerts: 'No rule fired at this log.',
    raw: 'The record as Twilio gave it',
    copyRaw: 'Copy JSON',
  },

  span: {
    label: 'Time range',
    last: (length: string) => `The last ${length}`,
    all: 'All',
    between: 'Between',
    from: 'From',
    to: 'To',
  },

  export: {
    button: 'Export',
    as: { csv: 'As CSV, for spreadsheets', json: 'As JSON, with the whole records' },
    progress: (count: number, total: number | undefined) =>
      total === undefined || total > 10_000
        ? `${count.toLocaleString('en')} written`
        : `${count.toLocaleString('en')} of ${total.toLocaleString('en')}`,
    cancel: 'Cancel',
    done: (count: number) =>
      count === 1 ? '1 log exported.' : `${count.toLocaleString('en')} logs exported.`,
    failed: (why: string) => `The export stopped: ${why}`,
  },
} as const
