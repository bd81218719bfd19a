import type { SourceName } from '../sources/log.js'
import { FilterError, listFilter, type DateGranularity } from './list-filters.js'
import { instanceOnlyFields } from './raw-records.js'
import type { RawRecord } from './world.js'

/** One request for a list. */
export interface ListRequest {
  readonly source: SourceName
  readonly path: string
  readonly query: URLSearchParams
  readonly granularity: DateGranularity
  /** Scheme and host before the absolute links of the monitor API. */
  readonly monitorUrl: string
}

interface Page {
  readonly number: number
  readonly size: number
  readonly records: readonly RawRecord[]
  readonly nextToken: string | null
}

const defaultPageSize = 50
const largestPageSize = 1_000
/** Twilio lists no more than this many alerts for one query (docs: usage/monitor-alert). */
const mostAlerts = 10_000

/**
 * The body of one page of a list. Paging hangs on the last record of the page before (`PageToken`), so what is inserted
 * at the head meanwhile shifts nothing.
 * @throws FilterError for a bad date (20001), page size (20007) or token (21481)
 */
export function listPage(request: ListRequest, records: Iterable<RawRecord>): unknown {
  const page = readPage(request, records)
  return request.source === 'alerts' ? monitorBody(request, page) : accountBody(request, page)
}

function readPage(request: ListRequest, records: Iterable<RawRecord>): Page {
  const { source, query } = request
  const size = pageSize(query)
  const after = tokenSid(query)
  const passes = listFilter(source, query, request.granularity)
  const most = source === 'alerts' ? mostAlerts : Infinity
  const shown: RawRecord[] = []
  let afterSeen = after === null
  let passed = 0
  let more = false
  for (const record of records) {
    if (passed === most) break
    const matches = passes(record)
    more = afterSeen && matches && shown.length === size
    if (more) break
    if (matches) passed += 1
    if (afterSeen && matches) shown.push(record)
    afterSeen ||= record.sid === after
  }
  if (!afterSeen) throw new FilterError(21481, 'Invalid PageToken')
  return {
    number: Number(query.get('Page') ?? 0),
    size,
    records: shown,
    nextToken: more ? `PA${shown.at(-1)?.sid}` : null,
  }
}

function pageSize(query: URLSearchParams): number {
  const asked = query.get('PageSize')
  if (asked === null) return defaultPageSize
  const size = Number(asked)
  // Whether Twilio refuses or cuts a larger page is not documented; refusing shows a reader that asks for it.
  if (!(Number.isInteger(size) && size >= 1 && size <= largestPageSize)) {
    throw new FilterError(20007, 'Page size must be between 1 and 1000')
  }
  return size
}

function tokenSid(query: URLSearchParams): string | null {
  const token = query.get('PageToken')
  if (token === null) return null
  if (!token.startsWith('PA')) throw new FilterError(21481, 'Invalid PageToken')
  return token.slice(2)
}

function accountBody(request: ListRequest, page: Page): unknown {
  const start = page.number * page.size
  return {
    [request.source]: page.records,
    first_page_uri: linkTo(request, page.size, 0, null),
    next_page_uri: page.nextToken && linkTo(request, page.size, page.number + 1, page.nextToken),
    previous_page_uri: null,
    page: page.number,
    page_size: page.size,
    start,
    end: Math.max(start, start + page.records.length - 1),
    uri: linkTo(request, page.size, page.number, request.query.get('PageToken')),
  }
}

function monitorBody(request: ListRequest, page: Page): unknown {
  const link = (number: number, token: string | null) =>
    request.monitorUrl + linkTo(request, page.size, number, token)
  return {
    alerts: page.records.map(asListItem),
    meta: {
      key: 'alerts',
      page: page.number,
      page_size: page.size,
      first_page_url: link(0, null),
      next_page_url: page.nextToken && link(page.number + 1, page.nextToken),
      previous_page_url: null,
      url: link(page.number, request.query.get('PageToken')),
    },
  }
}

function asListItem(alert: RawRecord): Record<string, unknown> {
  return Object.fromEntries(Object.entries(alert).filter(([field]) => !instanceOnlyFields.has(field)))
}

function linkTo(request: ListRequest, size: number, number: number, token: string | null): string {
  const query = new URLSearchParams(request.query)
  query.set('PageSize', String(size))
  query.set('Page', String(number))
  if (token === null) query.delete('PageToken')
  else query.set('PageToken', token)
  return `${request.path}?${query.toString()}`
}
