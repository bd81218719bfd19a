import type { GraphQLResolveInfo } from 'graphql'
import { ArgsType, Field, Int } from 'type-graphql'
import type { FeedSubscriptions } from '../events/feed-subscriptions.js'
import { type Paged, encodePageCursor } from '../store/page-cursor.js'
import { DEFAULT_PAGE, LARGEST_PAGE, toPageRequest } from '../store/page-request.js'
import type { Page, PageRequest } from '../store/page.js'
import type { Connection } from './connections.js'
import { selectedFields } from './selection.js'

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_PAGE,
    description: `How many at most: 1 to ${LARGEST_PAGE}.`,
  })
  first?: number | null

  @Field(() => String, {
    nullable: true,
    description: 'Only what comes after this cursor of an earlier page.',
  })
  after?: string | null
}

/** A list that is read by pages. */
export interface PagedList<Filter, Row> {
  page(filter: Filter, request: PageRequest): Promise<Page<Row>>
  count(filter: Filter): Promise<number>
}

export interface PageOf<Filter, Row> {
  readonly list: Paged
  readonly reads: PagedList<Filter, Row>
  readonly filter: Filter
  readonly args: PageArgs
  /** By what the list is ordered. */
  at(row: Row): Date
}

/**
 * Reads what was asked for of a connection. The feed's cursor is read before the page, so that a subscription from it
 * misses nothing; cursor and count are read only where they are selected.
 */
export async function readConnection<Filter, Row extends { readonly id: string }>(
  { list, reads, filter, args, at }: PageOf<Filter, Row>,
  feed: FeedSubscriptions,
  info: GraphQLResolveInfo,
): Promise<Connection<Row>> {
  const request = toPageRequest(list, args)
  const selected = selectedFields(info)
  const feedCursor = selected.has('feedCursor') ? await feed.cursor() : ''
  const [page, totalCount] = await Promise.all([
    reads.page(filter, request),
    selected.has('totalCount') ? reads.count(filter) : 0,
  ])
  const edges = page.rows.map((node) => ({
    cursor: encodePageCursor(list, { at: at(node), id: node.id }),
    node,
  }))
  const pageInfo = {
    hasNextPage: page.hasNextPage,
    hasPreviousPage: request.after !== null,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  }
  return { edges, nodes: page.rows, pageInfo, totalCount, feedCursor }
}
