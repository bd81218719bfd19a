import type { FeedKind } from '../events/feed.js'
import type { SubjectOf } from '../events/feed-reader.js'
import type { FeedEvent } from '../events/feed-tail.js'
import { refuseNul } from './arguments.js'
import type { Context } from './context.js'

/** Description of the argument that every subscription resumes by. */
export const AFTER =
  'A cursor of an earlier event, of any subscription, or a feedCursor: what came since is sent first. Without it, what happens from now on.'

/** What type-graphql hands over when a subscription begins; it declares both as `any`. */
interface Beginning<Filter> {
  readonly args: { readonly filter?: Filter | null; readonly after?: string | null }
  readonly context: Context
}

/**
 * How a subscription begins: it follows one kind of feed entry, as far as `matches` wants it.
 *
 * @param soughtBy what the filter may find for somebody who sees phone numbers, or does not
 */
export function followFeed<Kind extends FeedKind, Filter extends object>(
  kind: Kind,
  matches: (filter: Filter, row: SubjectOf[Kind]) => boolean,
  soughtBy: (seesNumbers: boolean, filter: Filter) => Filter = (_, filter) => filter,
) {
  return async ({ args, context }: Beginning<Filter>): Promise<AsyncIterable<FeedEvent<SubjectOf[Kind]>>> => {
    const given = args.filter ?? ({} as Filter)
    refuseNul('filter', given)
    const filter = soughtBy(context.seesNumbers, given)
    return context.feed.follow({ kind, after: args.after ?? null, matches: (row) => matches(filter, row) })
  }
}
