import type { Sighting, SourceName } from './log.js'
import { readRecords, type ReadRecords } from './to-sighting.js'
import type { TwilioAccount, TwilioPage } from './twilio-account.js'
import { TwilioReadError } from './twilio-read-error.js'

export interface SweepOptions {
  readonly account: TwilioAccount
  readonly source: SourceName
  /** How far back to read: the sweep ends with a whole page of older records, or with as many on smaller ones. */
  readonly bound: Date
  readonly clock: () => Date
  /** Stores a page; the next one is read when it is done. */
  readonly onPage: (page: ReadRecords) => Promise<void>
  readonly signal: AbortSignal
}

/** Twilio gives no more alerts than this for one query, and says nothing of the rest (docs, usage/monitor-alert). */
const ALERTS_PER_QUERY = 10_000
/** Pages in a row without a single new SID: a few may come from drift, this many are a circle. */
const MAX_IDLE_PAGES = 100
const MAX_PAGES = 20_000
/** Whole pages in a row that may be passed over because they do not say how far the list has come. */
const MAX_UNTELLING_PAGES = 5

/**
 * What a list may be sorted by besides its records' creation. It is empty until a call starts or a message is sent, and nobody
 * documents where such records stand then: they may all come first, however old they are.
 */
const emptySortDates: Readonly<Record<SourceName, string | null>> = {
  calls: 'start_time',
  messages: 'date_sent',
  alerts: null,
}

/**
 * Reads a list from its newest record back to `bound`, unfiltered: a date filter would hide what is not yet sent or started.
 * Nobody promises the order of the list, so it ends only with a whole page whose records are all older by the newest of their
 * dates, or as many on smaller pages, or with the list itself; an empty page ends nothing, nor does one of records that were never sent
 * or started.
 *
 * @returns every SID seen
 * @throws TwilioReadError when a page cannot be read or paging makes no progress
 */
export async function sweep(options: SweepOptions): Promise<ReadonlySet<string>> {
  const seen = new Set<string>()
  let idle = 0
  let count = 0
  /** Records in a row, by whole pages of them: that do not say how far the list has come, and that are older. */
  let untelling = 0
  let older = 0
  const { wholePage } = options.account
  for await (const page of pagesOf(options)) {
    await options.onPage(page)
    const known = seen.size
    for (const { twilioSid } of page.sightings) seen.add(twilioSid)
    const records = page.sightings.length + page.unreadable.length
    untelling = saysHowFar(page.sightings, options.source) ? 0 : untelling + records
    const isTelling = untelling === 0 || untelling > MAX_UNTELLING_PAGES * wholePage
    older = isTelling && isWhollyOlder(page.sightings, options.bound) ? older + records : 0
    if (older >= wholePage) break
    idle = seen.size > known ? 0 : idle + 1
    count += 1
    if (idle >= MAX_IDLE_PAGES || count >= MAX_PAGES) throw endless(options.source)
  }
  return seen
}

function isWhollyOlder(sightings: readonly Sighting[], bound: Date): boolean {
  return sightings.length > 0 && sightings.every((sighting) => sighting.newestDate < bound)
}

function saysHowFar(sightings: readonly Sighting[], source: SourceName): boolean {
  const field = emptySortDates[source]
  return (
    field === null || sightings.some(({ rawData }) => (rawData as Record<string, unknown>)[field] !== null)
  )
}

/** The pages of a list; where a query of alerts ends at its limit, another goes on from the oldest date it reached. */
async function* pagesOf(options: SweepOptions): AsyncGenerator<ReadRecords> {
  let endDate: Date | null = null
  for (;;) {
    let count = 0
    let oldest = Infinity
    for await (const page of pagesOfQuery(options, endDate)) {
      count += page.sightings.length + page.unreadable.length
      for (const { newestDate } of page.sightings) oldest = Math.min(oldest, newestDate.getTime())
      yield page
    }
    if (options.source !== 'alerts' || count < ALERTS_PER_QUERY) return
    endDate = furtherBack(endDate, oldest)
  }
}

/**
 * Which of its dates Twilio compares with EndDate is not documented; by the newest of each record's dates nothing can be left
 * out. Whole seconds, rounded up, because EndDate knows no parts of them and is inclusive.
 */
function furtherBack(endDate: Date | null, oldest: number): Date {
  const next = Math.ceil(oldest / 1_000) * 1_000
  if (Number.isFinite(next) && (endDate === null || next < endDate.getTime())) return new Date(next)
  throw new TwilioReadError(
    'malformed',
    `Twilio gives no more than ${ALERTS_PER_QUERY} alerts for one query, and a query up to an earlier time gives no earlier ones.`,
  )
}

async function* pagesOfQuery(options: SweepOptions, endDate: Date | null): AsyncGenerator<ReadRecords> {
  const { account, source, clock, signal } = options
  const links = new Set<string>()
  let page: TwilioPage = await account.firstPage(source, endDate ? { endDate, signal } : { signal })
  for (;;) {
    yield await readRecords(page.records, { source, accountSid: account.accountSid, readAt: clock() })
    signal.throwIfAborted()
    if (page.next === null) return
    if (links.has(page.next)) throw endless(source)
    links.add(page.next)
    page = await account.page(source, page.next, { signal })
  }
}

function endless(source: SourceName): TwilioReadError {
  return new TwilioReadError(
    'malformed',
    `Twilio's list of ${source} does not end: its links lead in a circle.`,
  )
}
