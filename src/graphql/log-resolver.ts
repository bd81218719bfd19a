import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root, Subscription } from 'type-graphql'
import type { Alert } from '../alerts/alert.js'
import type { FeedSubscriptions } from '../events/feed-subscriptions.js'
import type { FeedEvent } from '../events/feed-tail.js'
import { ApiScope } from '../keys/scope.js'
import { consolePage } from '../sources/console-page.js'
import { type Log, type LogTransition, LogType } from '../sources/log.js'
import { logsSoughtBy, matchesLog } from '../store/log-filter.js'
import type { LogReads } from '../store/log-reads.js'
import { isUuid } from '../store/uuid.js'
import { AlertObject } from './alert-object.js'
import { refuseNul } from './arguments.js'
import { type Connection, LogConnection } from './connections.js'
import type { Context } from './context.js'
import { ErrorCodeMeaningObject, meaningOf } from './error-code-object.js'
import { LogEvent } from './event-objects.js'
import { LogFilterInput } from './filter-inputs.js'
import { LogObject, LogTransitionObject } from './log-object.js'
import { NeedsScope } from './needs-scope.js'
import { PageArgs, readConnection } from './paging.js'
import { AFTER, followFeed } from './subscriptions.js'

const FILTER = { nullable: true, description: 'Which logs; all where left out.' }

@Resolver(() => LogObject)
export class LogResolver {
  constructor(
    private readonly reads: LogReads,
    private readonly feed: FeedSubscriptions,
  ) {}

  @NeedsScope(ApiScope.READ)
  @Query(() => LogConnection, { description: 'Logs by pages, newest first by timestamp.' })
  logs(
    @Arg('filter', () => LogFilterInput, FILTER) given: LogFilterInput | null | undefined,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { seesNumbers }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Log>> {
    refuseNul('filter', given ?? {})
    const filter = logsSoughtBy(seesNumbers, given ?? {})
    const { reads, feed } = this
    return readConnection({ list: 'logs', reads, filter, args, at: (log) => log.timestamp }, feed, info)
  }

  @NeedsScope(ApiScope.READ)
  @Query(() => LogObject, { nullable: true, description: 'One log; null where there is none with this id.' })
  async log(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { loaders }: Context,
  ): Promise<Log | null> {
    return isUuid(id) ? loaders.log.load(id.toLowerCase()) : null
  }

  @FieldResolver(() => [LogTransitionObject], {
    description: 'Every status it passed through, oldest first; the first is how it was first seen.',
  })
  transitions(@Root() log: Log, @Ctx() { loaders }: Context): Promise<readonly LogTransition[]> {
    return loaders.transitionsOfLog.load(log.id)
  }

  @FieldResolver(() => ErrorCodeMeaningObject, {
    nullable: true,
    description: "What its error code means; null where it has none, or one that is not Twilio's.",
  })
  errorMeaning(@Root() log: Log): ErrorCodeMeaningObject | null {
    return log.errorCode === null || log.logType === LogType.CUSTOM ? null : meaningOf(log.errorCode)
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Twilio's own page about it, for those who may sign in there; null where it can have none.",
  })
  consoleUrl(@Root() log: Log): string | null {
    return consolePage(log)
  }

  @FieldResolver(() => [AlertObject], {
    description:
      'The alerts that stand for it, oldest first: those that opened at it, that it joined, and of thresholds that it helped to open.',
  })
  alerts(@Root() log: Log, @Ctx() { loaders }: Context): Promise<readonly Alert[]> {
    return loaders.alertsOfLog.load(log.id)
  }

  @NeedsScope(ApiScope.READ)
  @Subscription(() => LogEvent, {
    description: 'New logs: once for each, ever.',
    subscribe: followFeed('log_added', matchesLog, logsSoughtBy),
  })
  logAdded(
    @Root() { cursor, row }: FeedEvent<Log>,
    @Arg('filter', () => LogFilterInput, FILTER) _filter: LogFilterInput | null | undefined,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after: string | null | undefined,
  ): LogEvent {
    return { cursor, log: row }
  }

  @NeedsScope(ApiScope.READ)
  @Subscription(() => LogEvent, {
    description: 'Logs whose status or error changed: once for each change.',
    subscribe: followFeed('log_changed', matchesLog, logsSoughtBy),
  })
  logChanged(
    @Root() { cursor, row }: FeedEvent<Log>,
    @Arg('filter', () => LogFilterInput, FILTER) _filter: LogFilterInput | null | undefined,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after: string | null | undefined,
  ): LogEvent {
    return { cursor, log: row }
  }
}
