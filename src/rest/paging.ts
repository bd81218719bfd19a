import { InputError } from '../errors.js'
import type { RestAnswer, RestRequest } from '../http/rest-face.js'
import { type Paged, encodePageCursor } from '../store/page-cursor.js'
import { DEFAULT_PAGE, LARGEST_PAGE, toPageRequest } from '../store/page-request.js'
import type { Page, PageRequest } from '../store/page.js'
import { text, whole } from './query-parameters.js'

export const pageParameters = {
  limit: whole(`How many at most: 1 to ${LARGEST_PAGE}; ${DEFAULT_PAGE} where nothing is said.`),
  first: whole('The same as limit, by the name that it has in GraphQL.'),
  after: text('Only what comes after this cursor. The Link header has the address of the next page with it.'),
}

export const LINK =
  'The address of the next page, as RFC 8288 writes it: <…>; rel="next". There is none on the last page.'

interface PageQuery {
  readonly limit?: number | undefined
  readonly first?: number | undefined
  readonly after?: string | undefined
}

interface PageOf<Row> {
  readonly list: Paged
  readonly query: PageQuery
  readonly request: RestRequest
  /** Where the list is reached under the server's address. */
  readonly path: string
  read(request: PageRequest): Promise<Page<Row>>
  /** By what the list is ordered. */
  at(row: Row): Date
  present(row: Row): unknown
}

/** One page of a list, and in its `Link` header the way to the next. */
export async function answerPage<Row extends { readonly id: string }>(
  page: PageOf<Row>,
): Promise<Omit<RestAnswer, 'status'>> {
  const { list, query, request } = page
  const { rows, hasNextPage } = await page.read(toRequest(list, query))
  const last = rows.at(-1)
  const body = rows.map((row) => page.present(row))
  if (!hasNextPage || !last) return { body }
  const next = new URLSearchParams(request.query)
  next.set('after', encodePageCursor(list, { at: page.at(last), id: last.id }))
  return { body, headers: { Link: `<${request.address}${page.path}?${next}>; rel="next"` } }
}

function toRequest(list: Paged, { limit, first, after }: PageQuery): PageRequest {
  if (limit !== undefined && first !== undefined)
    throw new InputError([{ path: 'first', message: 'is limit by another name: give one of them' }])
  try {
    return toPageRequest(list, { first: limit ?? first, after })
  } catch (failure) {
    if (!(failure instanceof InputError) || limit === undefined) throw failure
    throw new InputError(
      failure.fields.map((field) => (field.path === 'first' ? { ...field, path: 'limit' } : field)),
    )
  }
}
