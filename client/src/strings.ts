/*
 * Every text that a person reads in the dashboard, by where it is read. What is not here, on purpose:
 *
 * - what the server says, shown as it came: errors and the faults of fields, summaries of alerts, what a setting or an action is
 *   for, the meanings of error codes; Twilio's statuses; a name that came later than this file, put in words from its code;
 * - operations, commands and addresses: what is sent and not said;
 * - what libraries say by themselves: CodeMirror in the explorer, Swagger UI at `/docs`;
 * - months and countries, which `Intl` names in the language below;
 * - faults of this program, which nobody should ever see.
 *
 * The two HTML files take theirs from here when they are built. `test/client/strings.test.ts` finds texts that are elsewhere.
 */

import type { AuditAction, AuditActor, AuditObject } from './api/documents.js'
import type { CaughtUp } from './api/link-state.js'

/** In which figures, dates and countries are written. */
export const language = 'en-GB'

/** The most that the server counts: of more it says only that there are more. */
export const MOST_COUNTED = 10_000

/** The most deliveries that the server tries again at a time, the oldest first. */
const MOST_RETRIED = 5_000

/** With its thousands apart. */
const figure = (count: number): string => count.toLocaleString(language)

/** The same of what the server counts: `over 10,000` where it counted no further. */
const figureCounted = (count: number): string =>
  count > MOST_COUNTED ? `over ${figure(MOST_COUNTED)}` : figure(count)

/** `1 log`, `1,234 logs`. */
const counted = (count: number, one: string, many = `${one}s`): string =>
  `${figure(count)} ${count === 1 ? one : many}`

/** `7 events`; `over 7,500 events` where that is not all. */
const eventsOfCut = ({ count, isAll }: CaughtUp): string =>
  `${isAll ? '' : 'over '}${counted(count, 'event')}`

/** How many of what failed would be tried again: `all 5`, `3 of 5`, `the oldest 5,000`. With none there is nothing to press, and all are named. */
const ofFailed = (count: number, failed: number): string => {
  const toRetry = count === 0 ? failed : count
  if (toRetry > MOST_RETRIED) return `the oldest ${figure(MOST_RETRIED)}`
  return toRetry === failed ? `all ${figure(failed)}` : `${figure(toRetry)} of ${figureCounted(failed)}`
}

const retriedInParts = (count: number): string =>
  count > MOST_RETRIED ? `, ${figure(MOST_RETRIED)} at a time; ask again for the rest` : ''

const afterTries = (count: number): string => (count > 1 ? ` after ${count} tries` : '')

const keyNames: Readonly<Record<string, string>> = { Space: 'Space', Enter: 'Enter', Escape: 'Escape' }

const inWords = (name: string): string => name.replaceAll('_', ' ').toLowerCase()

/** What a change in the audit log did; more may follow. */
const verbs: Readonly<Record<string, string>> = {
  CREATE: 'made',
  UPDATE: 'changed',
  DELETE: 'deleted',
  APPLY: 'applied',
  RETRY: 'tried again',
  REPLAY: 'worked again',
  REVOKE: 'revoked',
  ROTATE: 'encrypted anew',
  ERASE: 'erased',
  RESTORE: 'restored',
  TEST: 'sent a test of',
  POLL: 'polled',
  READ: 'was shown',
} satisfies Record<AuditAction, string>

/** To what; its name follows where it has one. */
const things: Readonly<Record<string, string>> = {
  RULE: 'the rule',
  ACTION: 'an action of',
  DELIVERY: 'a delivery',
  RECEIVER: 'the receiver',
  RECEIVED: 'a received webhook',
  API_KEY: 'the key',
  CONFIGURATION: 'the files of',
  NUMBER: 'the number',
  PERSONAL_DATA: 'phone numbers whole',
  SECRETS: 'the stored secrets',
  INSTALLATION: 'the installation',
} satisfies Record<AuditObject, string>

/** To many of them. */
const ofMany: Readonly<Record<string, string>> = { DELIVERY: 'failed deliveries' }

/** Where the parts make no sentence. */
const whole: Readonly<Record<string, string>> = {
  'POLL INSTALLATION': 'polled Twilio by hand',
  'RESTORE INSTALLATION': 'filled it from a backup',
}

/** Texts with figures or names in them are functions. */
export const say = {
  // Said everywhere
  product: 'GiftPulse',
  close: 'Close',
  cancel: 'Cancel',
  copied: 'Copied',
  copyFailed: 'Not copied',
  none: '-',
  figure,
  percent: (value: number, digits: number) =>
    `${value.toLocaleString(language, { maximumFractionDigits: digits })} %`,

  time: {
    seconds: (count: number) => `${count} s`,
    minutes: (count: number) => `${count} min`,
    hours: (count: number) => `${count} h`,
    days: (count: number) => `${count} d`,
    now: 'now',
    ago: (length: string) => `${length} ago`,
    ahead: (length: string) => `in ${length}`,
  },

  span: {
    label: 'Time range',
    lengths: { '1h': '1 h', '24h': '24 h', '7d': '7 d', '30d': '30 d' },
    last: (length: string) => `The last ${length}`,
    back: (count: number, unit: 'm' | 'h' | 'd') => `Last ${count} ${unit === 'm' ? 'min' : unit}`,
    since: (moment: string) => `Since ${moment}`,
    until: (moment: string) => `Until ${moment}`,
    range: (from: string, to: string) => `${from} – ${to}`,
    all: 'All',
    between: 'Between',
    from: 'From',
    to: 'To',
  },

  filters: (count: number) => (count === 0 ? 'Filters' : `Filters (${count})`),

  states: {
    loading: 'Loading',
    failed: 'This could not be loaded',
    olderFailed: (why: string) => `The next could not be loaded: ${why}`,
    forbidden: 'Your key may not see this',
    forbiddenNext: 'Sign in with a key that has it, or ask an administrator for one.',
    otherKey: 'Sign in with another key',
    tryAgain: 'Try again',
    newerFailed: (why: string) => `Not refreshed: ${why}`,
    /** @param what is missing: the beginning of a sentence */
    lacks: (what: string, why: string) => `${what} could not be loaded: ${why}`,
    /** @param places such as `alert.log` */
    partFailed: (places: string, why: string) => `A part is missing (${places}): ${why}`,
    age: (length: string) => `What you see is ${length} old.`,
    missing: 'There is no such page',
    missingNext: 'The address may be old, or mistyped.',
    home: 'To the overview',
    broken: 'This page broke',
    notLoaded: 'This page is not loaded yet',
    notLoadedNext:
      'Its files did not come. The server may be away for a moment, or was upgraded: then a reload brings the new ones.',
    reload: 'Reload',
  },

  scope: {
    names: { READ: 'read', OPERATE: 'operate', PII: 'whole numbers', ADMIN: 'admin' },
    lacks: (scope: string) =>
      `Your key lacks the scope “${scope}”. Ask an administrator for one that has it.`,
  },

  /** Where no answer came that has words of its own. */
  api: {
    refused: 'The key was refused.',
    silent: 'The server does not answer.',
    unreachable: 'The server cannot be reached.',
    noData: (status: number) => `The server answered ${status} without data.`,
    noWords: 'An error without words.',
  },

  toast: { label: 'Notice', list: 'Notices ({hotkey})' },

  // Around every page
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

  nav: {
    label: 'Pages',
    overview: 'Overview',
    live: 'Live',
    logs: 'Logs',
    rules: 'Rules',
    alerts: 'Alerts',
    deliveries: 'Deliveries',
    actions: 'Actions',
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
    description: 'GiftPulse watches a Twilio account: its logs and alerts, live.',
    noScript: 'This page needs JavaScript. The same data is at /graphql.',
    demo: 'Demo',
    demoNotice: 'These logs come from a simulated Twilio account. No real call or message is behind them.',
    leave: 'What you have written is not saved yet. Leave it?',
    offline: 'This device is offline. Connect it again: the page catches up by itself.',
    degraded: 'Degraded',
    problems: (count: number) => `${counted(count, 'thing')} to look at`,
    failingDeliveries: 'Failing deliveries',
    alertNews: (rule: string) => `${rule} fired`,
    show: 'Show',
  },

  link: {
    connecting: 'Connecting',
    connected: 'Connected',
    connectedTitle: 'What happens appears here by itself.',
    caughtUp: (after: CaughtUp) =>
      after.count === 0 ? 'Connected again' : `Caught up ${eventsOfCut(after)}`,
    caughtUpTitle: (after: CaughtUp) =>
      after.count === 0
        ? 'The connection was cut. What is shown here was read anew.'
        : `The connection was cut; ${eventsOfCut(after)} of that time came after it.`,
    cut: 'Reconnecting',
    age: (length: string) => `data ${length} old`,
    tryNow: 'Try now',
    refusal: (reason: string) => `Nothing comes live, the server says why: ${reason}`,
  },

  keys: {
    title: 'Keyboard shortcuts',
    sequence: 'then',
    everywhere: 'Everywhere',
    help: 'Show this list',
    search: 'Search on this page',
    go: (page: string) => `Go to ${page}`,
    list: 'In a list',
    next: 'Next row',
    previous: 'Previous row',
    open: 'Open the row',
    leave: 'Leave the list',
    notices: 'To the notices',
    characters: 'Single keys do this too',
    readOut: 'Read out the newest three logs of every ten seconds on Live, not only how many came',
    /** As it is written on the key. @param key as `KeyboardEvent.key` names it; the space bar is `Space` */
    named: (key: string) => keyNames[key] ?? key,
  },

  // What pages share
  chart: {
    chart: 'Show as chart',
    table: 'Show as table',
    asChart: (title: string) => `${title}: show as chart`,
    asTable: (title: string) => `${title}: show as table`,
    label: (title: string) => `Chart: ${title}. The same figures can be shown as a table.`,
    from: 'From',
    nothing: 'Nothing',
  },

  rule: {
    kinds: {
      ANY: { one: 'a log', many: 'logs' },
      CALL: { one: 'a call', many: 'calls' },
      MESSAGE: { one: 'a message', many: 'messages' },
      ERROR: { one: 'an error', many: 'errors' },
      WARNING: { one: 'a warning', many: 'warnings' },
      NOTICE: { one: 'a notice', many: 'notices' },
      DEBUG: { one: 'a debug alert', many: 'debug alerts' },
      CUSTOM: { one: 'a custom record', many: 'custom records' },
    },
    conditions: {
      ERROR_CODE: (codes: string) => ` with error code ${codes}`,
      STATUS: (statuses: string) => ` with status ${statuses}`,
      REGEX: (pattern: string) => ` with a text that matches “${pattern}”`,
      ANY: () => '',
    },
    system: (troubles: string) => `When ${troubles}`,
    one: (kind: string, what: string) => `When ${kind}${what} appears`,
    many: (count: number, kinds: string, what: string, minutes: number) =>
      `When ${count} or more ${kinds}${what} happen within ${minutes === 1 ? '1 minute' : `${minutes} minutes`}`,
    or: 'or',
    butNot: (wanted: string, unwanted: string) =>
      wanted === '' ? `other than ${unwanted}` : `${wanted} but not ${unwanted}`,
  },

  action: {
    to: (type: string, target: string) => `${type}: ${target}`,
    andOthers: (first: string, others: number) => `${first} and ${others} more`,
    /** Where the name of the type is not enough. */
    names: { LOG: 'Log line' } as Readonly<Record<string, string>>,
    /** Of an action that names nobody. */
    abouts: {
      EMAIL: 'No recipient yet',
      WEBHOOK: 'No URL yet',
      LOG: 'In the program’s own log',
    } as Readonly<Record<string, string>>,
  },

  deliveries: {
    states: {
      FAILING: 'Failing',
      DELIVERED: 'Delivered',
      FAILED: 'Failed',
      PENDING: 'Pending',
      SUPPRESSED: 'Suppressed',
    } as Readonly<Record<string, string>>,
    delivered: (tries: number) => `delivered${afterTries(tries)}`,
    failed: (tries: number) => `failed${afterTries(tries)}`,
    suppressed: 'suppressed',
    sending: 'sending',
    retry: (when: string, tries: number) => `retry ${when}${afterTries(tries)}`,
  },

  sources: {
    none: 'Nothing is watched',
    noneNext: 'Start GiftPulse with the credentials of a Twilio account, or with DEMO=true.',
    toSettings: 'Look at the settings',
    polling: 'Polling',
    reading: 'Reading',
    failing: 'Failing',
    stale: 'Not read any more',
    someFailing: (count: number) => `${figure(count)} failing`,
    someStale: (count: number) => `${figure(count)} no longer read`,
    read: 'read',
    names: { calls: 'Calls', messages: 'Messages', alerts: 'Monitor alerts' } as Readonly<
      Record<string, string>
    >,
    neverRead: 'not read yet',
    lastRead: 'Last read to the end',
    lag: (length: string) => `${length} behind`,
  },

  log: {
    untitled: 'Log',
    missing: 'There is no such log',
    missingNext: 'It may have been deleted, or the address is mistyped.',
    allLogs: 'All logs',
    copyLink: 'Copy the link to this log',
    copy: (what: string) => `Copy: ${what}`,
    types: {
      CALL: 'Call',
      MESSAGE: 'Message',
      ERROR: 'Error',
      WARNING: 'Warning',
      NOTICE: 'Notice',
      DEBUG: 'Debug',
      CUSTOM: 'Custom',
    },
    sid: 'SID',
    from: 'From',
    to: 'To',
    account: 'Account',
    remedy: 'What helps:',
    errorPage: 'Twilio about this error',
    console: 'Open at Twilio',
    consoleDemo: 'The account is simulated: Twilio has no such record.',
    alertMe: 'Alert me on this',
    /** Names for the rule that is made of it. */
    ruleForCode: (code: string) => `Error ${code}`,
    ruleForStatus: (isCall: boolean, status: string) => `${isCall ? 'Calls' : 'Messages'} ${status}`,
    transitions: 'What happened',
    alerts: 'Alerts',
    noAlerts: 'No alert stands for it: none opened at it, and it joined none.',
    allAlerts: 'All alerts',
    delivery: (actionType: string, state: string) => `${actionType}: ${state}`,
    raw: 'The record as Twilio gave it',
    copyRaw: 'Copy JSON',
  },

  // Overview
  overview: {
    sources: 'Sources',
    firing: 'Firing now',
    allAlerts: 'All alerts',
    moreRules: (count: number) => `and ${counted(count, 'more rule')}`,
    oldest: 'oldest',
    calm: 'Nothing is firing',
    calmNext: 'Every rule is quiet.',
    toResolved: 'What fired before',
    failed: 'Failed deliveries',
    allFailed: 'All failed',
    failedCount: figureCounted,
    retryTitle: (count: number, failed: number) =>
      failed === 1 ? 'Retry the failed delivery?' : `Retry ${ofFailed(count, failed)} failed deliveries?`,
    retryAbout: (length: string, count: number) =>
      `What fired within the last ${length} and could not be delivered is sent now${retriedInParts(count)}. What belongs to a rule or an action that is disabled or deleted is left out.`,
    failedOf: (action: string, rule: string) => `${action}: ${rule}`,
    tries: (count: number) => counted(count, 'try', 'tries'),
    noReason: 'no reason was given',
    noneFailed: 'No delivery failed',
    noneFailedNext: (length: string) => `In the last ${length} none was given up, and none is failing.`,
    keepFailing: (count: number) =>
      count > MOST_COUNTED
        ? `More than ${figure(MOST_COUNTED)} deliveries keep failing`
        : `${counted(count, 'delivery keeps', 'deliveries keep')} failing`,
    keepFailingNext: (length: string) =>
      `In the last ${length} none was given up: they are tried again by themselves.`,
    toFailing: 'What keeps failing',
    toSent: 'What was sent',
    volume: 'Logs over time',
    volumeBy: 'Split the logs by',
    logs: (count: number) => counted(count, 'log'),
    byType: 'Type',
    byStatus: 'Status',
    byCountry: 'Country',
    other: 'Other',
    noStatus: 'No status',
    noNumber: 'No number',
    rate: 'Messages delivered',
    reached: 'Reached their receiver',
    codes: 'Top error codes',
    noCodes: 'No error codes',
    noCodesNext: 'No log of this time carries one.',
    toLogs: 'The logs of this time',
    code: 'Code',
    codeMeans: 'What it means',
    codeLogs: 'Logs',
    meanings: 'What the codes mean',
    share: (code: string) => `How often ${code} came`,
    deliveries: 'Deliveries for alerts',
  },

  // Live
  live: {
    label: 'Logs as they come',
    about: (count: number) => `${counted(count, 'log')}, newest first`,
    pause: 'Pause',
    resume: (waiting: number) => (waiting === 0 ? 'Resume' : `Resume, ${figure(waiting)} new`),
    paused: 'Paused',
    news: (count: number, errors: number) =>
      [
        ...(count > 0 ? [counted(count, 'new log')] : []),
        ...(errors > 0 ? [counted(errors, 'error')] : []),
      ].join(', '),
    last: 'The newest logs, to be read out',
    line: (type: string, status: string | null, code: string | null, text: string | null) =>
      [status === null ? type : `${type} ${status}`, code === null ? null : `error ${code}`, text]
        .filter((part) => part !== null)
        .join(', '),
    andOthers: (count: number) => `and ${counted(count, 'other')}`,
    toggle: 'Pause or resume',
    jump: 'Jump to the newest',
    waiting: (count: number) => `${figure(count)} new`,
    gap: 'The connection was away for too long to be made up for. Logs of that time are missing here; the Logs page has them all.',
    none: { title: 'Nothing here yet', next: 'New logs appear by themselves, once they are read.' },
    noneMatch: { title: 'No log matches yet', next: 'New ones that match the filters appear by themselves.' },
  },

  // Logs
  logs: {
    label: 'Stored logs',
    counting: 'Counting',
    uncounted: 'Not counted',
    count: 'How many logs there are',
    found: (count: number) =>
      count > MOST_COUNTED ? `More than ${figure(MOST_COUNTED)} logs` : counted(count, 'log'),
    refresh: 'Refresh',
    shown: (count: number) => `${figure(count)} shown, more follow as you scroll`,
    end: (count: number) => `${figure(count)} shown, that is all`,
    loadingMore: 'Loading more',
    rereading: (count: number) => `${figure(count)} shown, being read anew`,
    kept: (count: number) => `${figure(count)} shown`,
    moreFailed: (count: number, why: string) =>
      `${figure(count)} shown; the next could not be loaded: ${why}`,
    none: { title: 'No log is stored yet', next: 'They are here once they are read.' },
    noneMatch: { title: 'No log matches this', next: 'Take a filter away, or look further back.' },
    toHealth: 'See what is read',
    showAll: 'Show all logs',
    time: 'Time',
    type: 'Type',
    status: 'Status',
    numbers: 'From and to',
    what: 'What',
    filters: 'Filter the logs',
    search: 'Search text, number, SID or code',
    searchShort: 'Search the logs',
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

  export: {
    button: 'Export',
    as: { csv: 'As CSV, for spreadsheets', json: 'As JSON, with the whole records' },
    progress: (count: number, total: number | undefined) =>
      total === undefined || count > total || count > MOST_COUNTED
        ? `${figure(count)} read`
        : `${figure(count)} of ${total > MOST_COUNTED ? `more than ${figure(MOST_COUNTED)}` : figure(total)} read`,
    again: (progress: string) => `${progress}, asking again`,
    done: (count: number) => `${counted(count, 'log')} exported.`,
    stopped: 'The export stopped',
    stoppedWhy: (progress: string, why: string) => `${progress}. ${why}`,
    stoppedNext: 'Go on from there, or save what was read: the name of the file says that it is incomplete.',
    stoppedAtOnce: 'Nothing was read yet. Try it again.',
    goOn: 'Go on',
    savePart: 'Save the part',
    discard: 'Discard',
    doneInPart: (count: number) => `Part of the logs is exported: ${figure(count)}.`,
    /** In the name of a file. */
    incomplete: 'incomplete',
  },

  // Alerts
  alerts: {
    about: 'What fired, why, and who was told.',
    filters: 'Filter the alerts',
    state: 'State',
    all: 'All',
    firing: 'Firing',
    resolved: 'Resolved',
    rule: 'Rule',
    anyRule: 'Any rule',
    deletedRule: 'A deleted rule',
    /** While no name is known. */
    oneRule: 'One rule',
    rules: 'The rules to choose from',
    none: 'Nothing fired yet',
    noneNext: 'When a rule starts to match, its alert appears here by itself.',
    toRules: 'Look at the rules',
    noneMatch: 'No alerts match',
    showAll: 'Show all alerts',
    older: 'Older alerts',
    matches: (count: number) => counted(count, 'match', 'matches'),
    matchesTitle: 'The first match and all that joined it',
    counts: {
      FAILED: (count: number) => `${count} failed`,
      PENDING: (count: number) => `${count} on the way`,
      DELIVERED: (count: number) => `${count} delivered`,
      SUPPRESSED: (count: number) => `${count} suppressed`,
    },
    back: 'All alerts',
    missing: 'There is no such alert',
    why: 'Why it fired',
    openRule: 'Open the rule',
    ruleSays: 'The rule',
    ruleChanged: 'The rule was changed since, and may have looked for something else when it fired:',
    seeRule: 'See the rule',
    whenOpened: 'When it opened',
    counted: 'Counted in all',
    matched: (count: number) =>
      `One match opened it${count === 1 ? '' : `; ${figure(count - 1)} more joined`}.`,
    heldOn: (count: number) =>
      `The count still held after the cooldown, and one match opened it${count === 1 ? '' : `; ${figure(count - 1)} more joined`}.`,
    /** All that joined are in the count, however long after the window that opened it. */
    countOf: (count: number, threshold: number, minutes: number) =>
      `${counted(count, 'match', 'matches')}; ${figure(threshold)} within ${minutes} min ${threshold === 1 ? 'opens' : 'open'} an alert`,
    openedAt: 'The log at which it opened',
    openLog: 'Open the log',
    otherLogs: 'The other logs that it stands for',
    moreLogs: 'Show more',
    unnamed: (count: number) =>
      `${count === 1 ? 'One match names' : `${figure(count)} matches name`} no log here: it was deleted, it is listed already because it matched more than once, or it joined before GiftPulse kept which logs join.`,
    logsOfThen: 'The logs of that time',
    noLog: 'The log at which it opened is no longer kept.',
    deliveries: 'Deliveries',
    deliveriesAbout: (count: number) => counted(count, 'action'),
    noDeliveries: 'Nobody was told',
    noDeliveriesNext: 'The rule had no enabled action when it fired.',
    addAction: 'Add an action',
    attempts: 'Attempts',
    attempt: (number: number) => `Try ${number}`,
    noAttempt: 'Not tried yet.',
    took: (milliseconds: number) =>
      milliseconds < 1_000 ? `${milliseconds} ms` : `${(milliseconds / 1_000).toFixed(1)} s`,
    answer: 'The answer',
    retry: 'Retry',
    retryThem: 'Retry them',
    retryAll: (count: number, failed: number) =>
      failed === 1 ? 'Retry the failed one' : `Retry ${ofFailed(count, failed)} failed`,
    noneRetried: 'None of them can be tried again: their rules or actions are disabled or deleted.',
    retrying: (count: number) => (count === 1 ? 'It is tried again now.' : `${count} are tried again now.`),
    ruleDeleted: 'The rule was deleted',
    /** Why a delivery cannot be retried, and what helps. */
    toRetry: {
      ruleDeleted: 'It cannot be retried: the rule was deleted.',
      ruleDisabled: 'The rule is disabled: enable it to retry this.',
      actionDeleted: 'It cannot be retried: the action was deleted.',
      actionDisabled: 'The action is disabled: enable it to retry this.',
    },
    toRetryAll: {
      ruleDeleted: 'They cannot be retried: the rule was deleted.',
      ruleDisabled: 'The rule is disabled: enable it to retry them.',
      actionDeleted: 'They cannot be retried: their actions were deleted.',
      actionDisabled: 'Their actions are disabled: enable them to retry these.',
    },
  },

  // Deliveries
  deliveryList: {
    about: 'What was sent for alerts, and what became of it.',
    found: (count: number) =>
      count > MOST_COUNTED
        ? `More than ${figure(MOST_COUNTED)} deliveries`
        : counted(count, 'delivery', 'deliveries'),
    filters: 'Filter the deliveries',
    status: 'State',
    all: 'All',
    anyStatus: 'In any state',
    action: 'Action',
    anyAction: 'Any action',
    deletedAction: 'A deleted action',
    /** While no name is known. */
    oneAction: 'One action',
    actions: 'The actions to choose from',
    totals: 'How many deliveries there are, and how many failed,',
    rule: (name: string) => `The rule ${name}`,
    none: 'Nothing was sent yet',
    noneNext: 'When a rule fires, what its actions send appears here by itself.',
    noneIn: {
      ANY: { title: 'No deliveries match', next: 'Take a filter away, or look further back.' },
      FAILED: {
        title: 'Nothing failed',
        next: 'Of the deliveries that these filters look at, none failed.',
      },
      FAILING: {
        title: 'Nothing keeps failing',
        next: 'Of what these filters look at, nothing waits on an action that fails.',
      },
    },
    showAll: 'Show all deliveries',
    older: 'Older deliveries',
    retryIt: (rule: string) => `Retry what ${rule} sends`,
    retryAbout: (count: number) =>
      `What these filters find and could not be delivered is sent now${retriedInParts(count)}. What belongs to a rule or an action that is disabled or deleted is left out.`,
  },

  // Rules
  rules: {
    about: 'What is watched for, and who is told.',
    create: 'New rule',
    none: 'No rule yet',
    noneNext: 'A rule watches the logs and tells somebody when something is wrong.',
    missing: 'There is no such rule',
    missingNext: 'It may have been deleted.',
    back: 'All rules',
    enabled: (name: string) => `${name}: watch`,
    on: 'Watching',
    off: 'Off',
    alerts: 'Alerts',
    fired: (count: number) => counted(count, 'alert'),
    never: 'Never fired',
    lastFired: 'When its newest alert opened',
    lastOne: 'last',
    tells: 'Tells',
    tellsNobody: 'Tells nobody; its alerts appear here only',
    duplicate: (name: string) => `Duplicate ${name}`,
    duplicateShort: 'Duplicate',
    copyName: (name: string) => `${name} (copy)`,
    remove: (name: string) => `Delete ${name}`,
    removeShort: 'Delete',
    deleting: (name: string) => `Deleting ${name}`,
    deleted: (name: string) => `${name} is deleted`,
    undo: 'Undo',
    managed: (by: string) => `Managed by ${by}`,
    managedSome: 'What files manage is changed in those files, and only shown here.',
    managedNote: (by: string) =>
      `The files of “${by}” manage this rule and its actions. They are shown here, and changed there.`,
    newTitle: 'New rule',
    when: 'When',
    thenTell: 'Then tell',
    addAction: 'Add an action',
    actionTypes: 'What actions there are, with their forms,',
    noActions: 'Nobody yet. Its alerts appear in the dashboard all the same.',
    removeAction: 'Remove this action',
    actionOn: (type: string) => `${type}: on`,
    test: 'Send a test',
    saveAndTest: 'Save this and send a test',
    testAbout: 'Really sends it once, marked as a test.',
    testLater: 'Create the rule first, then it can be tested.',
    naming: 'Name',
    name: 'Name',
    description: 'Description',
    descriptionHint: 'What it is for, and what to do when it fires.',
    save: 'Save',
    createIt: 'Create the rule',
    discard: 'Discard',
    unsaved: 'Not saved yet.',
    judges: (isOfItself: boolean) =>
      isOfItself ? 'Applies once you save.' : 'Applies to logs stored later.',
    saved: (name: string) => `${name} is saved`,
    savedBut: (warning: string) => `Saved, but: ${warning}`,
    fault: (label: string, fault: string) => `${label} ${fault}`,
    faults: (count: number) =>
      count === 1
        ? 'One field is not right yet: it is marked.'
        : `${count} fields are not right yet: they are marked.`,
  },

  // Actions
  actionList: {
    about: 'Who is told when a rule fires.',
    found: (count: number, all = count) =>
      count === all
        ? `${counted(all, 'action')} over all rules`
        : `${figure(count)} of ${counted(all, 'action')}`,
    filters: 'Filter the actions',
    search: 'Search rules, addresses and settings',
    searchShort: 'Search the actions',
    type: 'Type',
    anyType: 'Any type',
    ruleOff: 'Rule is off',
    on: (type: string, rule: string) => `${type} of ${rule}: on`,
    onAbout: 'Switched off, it tells nobody of new alerts, and what is still unsent is suppressed.',
    last: 'Its newest delivery: open the alert',
    deliveries: 'All deliveries',
    deliveriesOf: (type: string, rule: string) => `All deliveries: ${type} of ${rule}`,
    test: (type: string, rule: string) => `Send a test: ${type} of ${rule}`,
    unused: 'Nothing sent yet',
    latest: 'What became of the newest deliveries',
    older: 'Not among the newest',
    more: (count: number) => `Show ${figure(count)} more`,
    none: 'Nobody is told yet',
    noneNext: 'Open a rule and add an action: an email, a webhook or a log line.',
    noneMatch: 'No actions match',
    noneMatchNext: 'Search for less, or take a filter away.',
    showAll: 'Show all actions',
  },

  sentence: {
    when: 'When',
    amount: 'How many, or GiftPulse itself',
    one: 'a single',
    many: 'at least',
    itself: 'GiftPulse itself',
    hasTrouble: 'has one of these troubles, an alert opens. It stays open until the trouble is over.',
    /** What it says of itself, in the words of the API. */
    troubles: {
      SOURCE_STALE: 'a list of the account is no longer read to its end',
      CREDENTIALS_REFUSED: 'Twilio refuses the credentials',
      RULE_FAILS: 'a rule throws',
      ACTION_FAILS: 'every try of an action has failed for two minutes and more',
    },
    count: 'Count',
    kind: 'Kind of log',
    kinds: {
      ANY: 'log of any kind',
      CALL: 'call',
      MESSAGE: 'message',
      ERROR: 'error',
      WARNING: 'warning',
      NOTICE: 'notice',
      DEBUG: 'debug alert',
      CUSTOM: 'custom record',
    },
    condition: 'What it must have',
    conditions: {
      ERROR_CODE: 'with error code',
      STATUS: 'with status',
      REGEX: 'whose text matches',
      ANY: 'whatever they are',
    },
    values: { ERROR_CODE: 'Error codes', STATUS: 'Statuses', REGEX: 'Pattern', SYSTEM: 'Troubles' },
    placeholders: { ERROR_CODE: '30003', STATUS: 'failed', REGEX: '(?i)timeout' },
    hints: {
      ERROR_CODE: 'One or more codes with commas. 30003-30008 is a range; !30006 leaves one out.',
      STATUS: 'One or more statuses with commas, in Twilio’s words.',
      REGEX: 'An RE2 pattern, searched in the error message and in the text. (?i) at its start ignores case.',
      SYSTEM: 'Tell somebody by an action that works even where these do not.',
    },
    statuses: 'Usual statuses',
    happen: 'happen within',
    appears: 'appears,',
    window: 'Minutes of the window',
    minutes: (count: string) => (count.trim() === '1' ? 'minute,' : 'minutes,'),
    fires: 'an alert opens. For',
    cooldown: 'Minutes of quiet',
    joins: (count: string) =>
      `${count.trim() === '1' ? 'minute' : 'minutes'} after that, further matches join it.`,
  },

  preview: {
    title: 'What it would have done',
    span: 'Over',
    unfinished: 'Fill in the sentence',
    unfinishedNext: 'Then you see here what the rule would have found and whom it would have told.',
    noLogs: 'This looks at no logs',
    noTrouble: 'Choose which troubles it tells of.',
    tellsWhen: (troubles: string) => `It tells when ${troubles}.`,
    toHealth: 'How it is now',
    invalid: 'Not a rule yet',
    invalidNext: 'What is wrong stands beside the sentence.',
    toSentence: 'To the sentence',
    inBrief: (matches: number, alerts: number, length: string) =>
      `${counted(matches, 'match', 'matches')}, ${counted(alerts, 'alert')} in the last ${length}`,
    looking: 'Looking what it would have done',
    matches: 'Matches',
    alerts: 'Alerts',
    sent: 'Sent',
    matchesSeries: 'Other matches',
    alertsSeries: 'Opened an alert',
    looked: (count: number) => `${counted(count, 'stored log')} ${count === 1 ? 'was' : 'were'} looked at.`,
    chart: 'Over time',
    list: 'List',
    none: 'Nothing would have matched',
    noneNext: 'That may be good news. A longer span, or a wider sentence, shows more.',
    further: (length: string) => `Look over ${length}`,
    match: (type: string, status: string | null, to: string | null) =>
      [type, status, to === null ? null : `to ${to}`].filter((word) => word !== null).join(' '),
    all: (count: number) => `Show all ${figure(count)}`,
    newest: (count: number) => `Show the newest ${figure(count)}`,
    andMore: (count: number) => `and ${figure(count)} more`,
  },

  config: {
    onePerLine: 'One per line.',
    entryFault: (entry: string, message: string) => `“${entry}”: ${message}`,
    more: 'More settings',
    asUsual: 'As usual',
    masked: 'A secret is stored. Leave this as it is to keep it.',
    name: 'Name',
    value: 'Value',
    pairName: (label: string, place: number) => `${label}: name ${place}`,
    pairValue: (label: string, place: number) => `${label}: value ${place}`,
    removePair: (name: string) => `Remove ${name}`,
    addPair: 'Add one',
    noJson: 'This is not JSON yet.',
  },

  test: {
    title: 'The test',
    accepted: (actionType: string) => (actionType === 'LOG' ? 'Written' : 'Accepted by the other side'),
    failed: 'It failed',
    request: 'What was sent',
    url: 'URL',
    answer: 'The answer',
  },

  // Settings
  settings: {
    parts: 'Parts of the settings',
    viewer: (name: string, scopes: string) => `Signed in with the key “${name}” (${scopes}).`,
    health: 'Health',
    keys: 'API keys',
    receivers: 'Receivers',
    configuration: 'Configuration',
    audit: 'Audit',
    retention: 'Retention',
    installation: 'Installation',
    ok: 'All is well',
    version: 'Version',
    database: 'Database',
    jobs: 'Jobs',
    pubsub: 'Events',
    sources: 'Sources',
  },

  keyring: {
    create: 'New key',
    none: 'No key but the administrator’s',
    noneNext: 'Make one for each person or program, with no more scope than it needs.',
    name: 'Name',
    nameHint: 'Who or what uses it.',
    scope: 'Scope',
    scopes: {
      READ: 'Sees everything but keys and settings.',
      OPERATE: 'Also changes rules and actions, tests, retries and polls.',
      PII: 'Sees phone numbers whole, not masked',
      ADMIN: 'Also makes and revokes keys, and changes receivers.',
    },
    life: 'Expires',
    lives: { '': 'Never', '30': 'In 30 days', '90': 'In 90 days', '365': 'In a year' },
    make: 'Make the key',
    made: 'The new key',
    once: 'Copy it now: it is shown this once, and nobody can see it again.',
    copy: 'Copy the key',
    copyShort: 'Copy',
    done: 'I have it',
    unused: 'Not used yet',
    used: 'Used',
    expires: 'expires',
    valid: 'Valid',
    expired: 'Expired',
    revoked: 'Revoked',
    revoke: 'Revoke',
    revokeIt: (name: string) => `Revoke ${name}`,
    revokeTitle: (name: string) => `Revoke “${name}”?`,
    revokeAbout: 'Whoever uses it is locked out within seconds, for good. It cannot be brought back.',
  },

  receivers: {
    create: 'New receiver',
    none: 'No receiver yet',
    noneNext: 'A receiver takes JSON that another system sends; its records become logs that rules judge.',
    back: 'All receivers',
    missing: 'There is no such receiver',
    name: 'Name',
    nameHint: 'It becomes a part of the address: a to z, 0 to 9 and -.',
    description: 'Description',
    make: 'Make the receiver',
    made: 'The new receiver',
    goOn: 'Set it up',
    url: 'the address',
    once: 'Copy the secret now: it is shown this once. The sender signs with it.',
    secret: 'signing secret',
    token: 'token',
    keyOnly: 'API key only',
    keyOnlyAbout: 'Without either, senders need a key of the API with the scope “operate”.',
    enabled: (name: string) => `${name}: receive`,
    on: 'Receiving',
    off: 'Off',
    received: (count: number) => `${figure(count)} received`,
    last: 'last',
    copy: (what: string) => `Copy ${what}`,
    copyUrl: (name: string) => `Copy the address of ${name}`,
    remove: 'Delete',
    deleteTitle: (name: string) => `Delete “${name}”?`,
    deleteAbout: 'What is sent to its address is refused from then on. The logs that it brought stay.',
    managedNote: (by: string) =>
      `The files of “${by}” manage this receiver. It is shown here, and changed there.`,
    address: 'Where to send',
    example: 'To try it out from a terminal:',
    exampleLabel: 'the command',
    exampleMessage: 'The disk is full',
    copyExample: 'Copy the command',
    settings: 'Settings',
    save: 'Save',
    saved: (name: string) => `${name} is saved`,
    maxBytes: 'Largest body, in bytes',
    maxBytesHint: 'From 256 to 1,048,576; 65,536 where nothing is written.',
    mapping: 'Where in a body each is found',
    mappingAbout:
      'Names joined by dots, such as alert.labels.name, or a JSON pointer. Left empty, the field of that name.',
    places: {
      id: 'Id',
      timestamp: 'When it happened',
      status: 'Status',
      errorCode: 'Error code',
      message: 'Message',
    },
    proofs: 'How senders are let in',
    proof: {
      secret: {
        name: 'Signing secret',
        about: 'Each request is signed by Standard Webhooks.',
        own: 'A secret of your own',
        hint: 'whsec_ and base64, or any other text of 8 to 512 characters.',
        save: 'Use this secret',
      },
      token: {
        name: 'Token',
        about: 'Shown as X-Receiver-Token, or as Authorization: Bearer.',
        own: 'The token',
        hint: '8 to 512 printable characters without spaces.',
        save: 'Save the token',
      },
    },
    isSet: 'Set',
    isNotSet: 'Not set',
    set: 'Set',
    replace: 'Replace',
    setIt: (proof: 'secret' | 'token', isStored: boolean) =>
      `${isStored ? 'Replace' : 'Set'} the ${proof === 'secret' ? 'signing secret' : 'token'}`,
    replaces: 'The one that is stored opens nothing any more from then on.',
    generate: 'Make a new secret',
    madeSecret: 'The new secret',
    orOwn: 'or',
    removeProof: (proof: 'secret' | 'token') =>
      `Delete the ${proof === 'secret' ? 'signing secret' : 'token'}`,
    removeProofAbout: 'Senders that use it are refused from then on.',
  },

  received: {
    title: 'Last received',
    none: 'Nothing came in yet',
    noneNext: 'Webhooks of Twilio and of receivers appear here, with what became of each.',
    noneOfOneNext: 'Send something to the address above: it appears here, with what became of it.',
    older: 'Older ones',
    states: { DONE: 'Stored', FAILED: 'Set aside', IGNORED: 'Ignored', PENDING: 'Waiting' },
    from: (channel: string) =>
      channel.startsWith('custom:')
        ? channel.slice('custom:'.length)
        : channel.replace(/^twilio-/, 'Twilio ').replace('Twilio other', 'Twilio, other'),
    openLog: 'Open the log',
    body: 'Body as received',
    replay: 'Replay',
    replayAbout: 'Works it once more, by the receiver as it is now. What is known already changes nothing.',
    replaying: 'It is worked once more.',
  },

  configuration: {
    about:
      'As the process that answers has it. It is changed in the environment or in its file, and read at the start.',
    shown: 'Which settings are shown',
    all: (count: number) => `All ${count}`,
    given: (count: number) => `Set here ${count}`,
    none: 'Nothing is set',
    noneNext: 'Every setting is as it is by default.',
    showAll: 'Show all settings',
    unset: (meaning: string | null) => (meaning === null ? 'Not set' : `Not set: ${meaning}`),
    empty: '(empty)',
    origins: { environment: 'environment', '.env': '.env', file: 'file' } as Readonly<Record<string, string>>,
  },

  audit: {
    title: 'Who changed what',
    about: 'Kept for ever; nobody can edit or delete it.',
    filters: 'Filter the changes',
    who: 'Who',
    anybody: 'Anybody',
    otherKey: 'Another key',
    keys: 'The keys to choose from',
    did: 'Done',
    to: 'To what',
    /** Of whom there may be many. */
    actors: {
      ADMINISTRATOR: 'The administrator’s key',
      KEY: 'Any other key',
      CLI: 'The command line',
      SYSTEM: 'GiftPulse itself',
    } satisfies Record<AuditActor, string>,
    /** At the beginning of a sentence; who has a key of its own is called by its name. */
    callers: {
      ADMINISTRATOR: 'The administrator',
      CLI: 'The command line',
      SYSTEM: 'GiftPulse itself',
    } as Readonly<Record<string, string>>,
    doings: {
      CREATE: 'Made',
      UPDATE: 'Changed',
      DELETE: 'Deleted',
      APPLY: 'Applied files',
      RETRY: 'Tried again',
      REPLAY: 'Worked again',
      REVOKE: 'Revoked',
      ROTATE: 'Encrypted anew',
      ERASE: 'Erased',
      RESTORE: 'Restored',
      TEST: 'Tested',
      POLL: 'Polled',
      READ: 'Read',
    } satisfies Record<AuditAction, string>,
    things: {
      RULE: 'Rules',
      ACTION: 'Actions',
      DELIVERY: 'Deliveries',
      RECEIVER: 'Receivers',
      RECEIVED: 'Received webhooks',
      API_KEY: 'API keys',
      CONFIGURATION: 'Configuration files',
      NUMBER: 'Phone numbers',
      PERSONAL_DATA: 'Numbers shown whole',
      SECRETS: 'Stored secrets',
      INSTALLATION: 'The installation',
    } satisfies Record<AuditObject, string>,
    /** What follows the name of who did it; the name of what it was done to follows, where it has one. */
    sentence: (action: string, object: string, isOne: boolean) =>
      whole[`${action} ${object}`] ??
      `${verbs[action] ?? inWords(action)} ${(isOne ? null : ofMany[object]) ?? things[object] ?? inWords(object)}`,
    at: 'When',
    ip: 'From the address',
    request: 'Request',
    /** Said before a value, where others see it struck out or coloured. */
    was: 'before:',
    is: 'after:',
    before: (field: string) => `${field} before`,
    after: (field: string) => `${field} after`,
    yes: 'yes',
    no: 'no',
    /** As their editors call them; any other by its name in words. */
    fields: {
      actionType: 'Kind of action',
      cooldownMinutes: 'Minutes of quiet',
      enabled: 'Switched on',
      expiresAt: 'Valid until',
      hint: 'Ends with',
      id: 'Id',
      logId: 'Log',
      logType: 'Kind of log',
      managedBy: 'Managed by the files of',
      patternType: 'What it must have',
      patternValue: 'What is looked for',
      revokedAt: 'Revoked',
      ruleId: 'Rule',
      scopes: 'What it may',
      thresholdCount: 'How many',
      thresholdWindowMinutes: 'Within minutes',
      url: 'URL',
    } as Readonly<Record<string, string>>,
    noFields: 'No field was changed by it.',
    open: {
      RULE: 'Open the rule',
      RECEIVER: 'Open the receiver',
      ACTION: 'Its deliveries',
    } as Readonly<Record<string, string>>,
    ofObject: 'All that was done to it',
    ofRequest: 'All of this request',
    onlyObject: 'Done to one thing',
    onlyRequest: 'Of one request',
    none: 'Nothing was changed yet',
    noneNext: 'Whoever makes a rule, a key or a receiver, or tries something again, is noted here.',
    noneMatch: 'No changes match',
    noneMatchNext: 'Take a filter away, or look further back.',
    showAll: 'Show all changes',
    older: 'Older changes',
  },

  retention: {
    title: 'How long things are kept',
    about:
      'By the configuration in force, which is changed in the environment or in its file and read at the start.',
    configuration: 'All settings',
    logs: 'Logs',
    logsAbout:
      'With every status they passed through. What was dropped is not stored again, even where Twilio still lists it.',
    alerts: 'Alerts and deliveries',
    alertsAbout: 'An alert that is over goes with its deliveries and their tries. What is still owed stays.',
    received: 'Received webhooks',
    receivedAbout: 'For a replay. Those that could not be worked are kept 30 days at least.',
    events: 'Events',
    eventsAbout:
      'What happened, for live pages and subscriptions that were away: they go on where they were.',
    audit: 'Audit log',
    auditAbout: 'Every change with who made it. Nothing drops it; an erased number alone is taken out of it.',
    rules: 'Rules, actions, receivers and keys',
    rulesAbout: 'Until somebody deletes or revokes them. Deleted ones stay readable through their alerts.',
    untilDeleted: 'Until deleted',
    forEver: 'For ever',
    unknown: 'Not known',
    days: (count: number) => counted(count, 'day'),
    stored: (count: number, one: string, many: string) =>
      count === 0
        ? `no ${many} now`
        : count > MOST_COUNTED
          ? `over ${figure(MOST_COUNTED)} ${many} now`
          : `${counted(count, one, many)} now`,
    log: ['log', 'logs'],
    alert: ['alert', 'alerts'],
    delivery: ['delivery', 'deliveries'],
    webhook: ['webhook', 'webhooks'],
    change: ['change', 'changes'],
    eraseTitle: 'Erase a phone number',
    eraseAbout: [
      'Takes one number out of everything that is stored, in its usual spellings: logs with their raw records, alerts, answers, received webhooks and the audit log.',
      'The records stay, so counts do. Rules that look for the number are disabled.',
      'It stays away: what Twilio still has of it comes in without it from then on.',
      'Backups, and what actions have sent already, are yours to deal with.',
    ],
    number: 'Phone number',
    numberHint: 'With its calling code, such as +14155552671.',
    erase: 'Erase it',
    eraseAsk: (number: string) => `Erase ${number} for good?`,
    eraseWarning:
      'This cannot be undone. The number is taken out of everything that is stored, and nothing can bring it back, not even for you. A number that was erased cannot be stored again.',
    eraseDo: 'Erase for good',
    erasing: 'It goes through everything that is stored, which may take some minutes.',
    erased: (number: string, rows: number) =>
      `${number} is erased: it was taken out of ${counted(rows, 'row')}, and none holds it now.`,
    noAnswer:
      'No answer came. It may still be going on; the audit log notes whether it was begun. To be sure, erase the number once more: that does no harm.',
    notSent: (why: string) => `${why} The number was not sent, and nothing is erased.`,
    command: 'The same from a terminal:',
    commandLabel: 'the command',
    docs: 'More in docs/operations.md, under “Personal data”.',
  },

  // The explorer and the REST API
  explorer: {
    about: 'Try the GraphQL API out, with the key you signed in with.',
    run: 'Run',
    runKeys: 'Ctrl ↵',
    stop: 'Stop',
    query: 'Operation',
    variables: 'Variables',
    variablesHint: '{ }',
    answer: 'Answer',
    listening: (count: number) => (count === 0 ? 'Waiting for events …' : 'Live, the newest first'),
    docs: 'Schema',
    docsAbout: 'What can be asked for, changed and followed.',
    roots: 'Schema',
    examples: 'Examples',
    exampleNames: {
      failedMessages: 'Newest failed messages',
      firing: 'What is firing',
      newLogs: 'Follow new logs (subscription)',
      newAlerts: 'Follow alerts (subscription)',
      rules: 'Rules and whom they tell',
      makeRule: 'Make a rule',
      health: 'How the installation is doing',
    },
    noOperation: 'There is no operation to run.',
    noJson: (why: string) => `The variables are not JSON: ${why}`,
    schema: 'The schema, by which operations are completed,',
    closed: 'The connection was closed.',
    save: 'Save this one',
    name: 'Name',
    nameHint: 'It is kept on this device. The same name replaces what was kept under it.',
    keep: 'Save',
    forget: (name: string) => `Delete ${name}`,
  },

  /** The page of the REST API, besides what Swagger UI writes. */
  docs: {
    choice: 'Value',
    title: 'REST API',
    description: 'The REST API of GiftPulse, to read and to try.',
    explorer: 'GraphQL explorer',
    file: 'openapi.json',
    noScript: 'This page needs JavaScript. The same is in api/openapi.json.',
    unreadable: (status: number) => `The description could not be read: ${status}.`,
  },
} as const
