import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root, Subscription } from 'type-graphql'
import type { Delivery } from '../actions/delivery.js'
import type { Alert } from '../alerts/alert.js'
import type { FeedSubscriptions } from '../events/feed-subscriptions.js'
import type { FeedEvent } from '../events/feed-tail.js'
import { ApiScope } from '../keys/scope.js'
import type { Rule } from '../rules/rule.js'
import type { Log } from '../sources/log.js'
import { type AlertFilter, matchesAlert } from '../store/alert-filter.js'
import type { AlertReads } from '../store/alert-reads.js'
import type { LogOfAlert } from '../store/log-reads.js'
import type { PageRequest } from '../store/page.js'
import { isUuid } from '../store/uuid.js'
import { AlertObject } from './alert-object.js'
import { AlertConnection, type Connection, LogConnection } from './connections.js'
import type { Context } from './context.js'
import { DeliveryObject } from './delivery-object.js'
import { AlertEvent } from './event-objects.js'
import { AlertFilterInput } from './filter-inputs.js'
import { LogObject } from './log-object.js'
import { NeedsScope } from './needs-scope.js'
import { PageArgs, readConnection } from './paging.js'
import { RuleObject } from './rule-object.js'
import { AFTER, followFeed } from './subscriptions.js'

const FILTER = { nullable: true, description: 'Which alerts; all where left out.' }

@Resolver(() => AlertObject)
export class AlertResolver {
  constructor(
    private readonly reads: AlertReads,
    private readonly feed: FeedSubscriptions,
  ) {}

  @NeedsScope(ApiScope.READ)
  @Query(() => AlertConnection, { description: 'Alerts by pages, newest first by the time they opened.' })
  async alerts(
    @Arg('filter', () => AlertFilterInput, FILTER) given: AlertFilterInput | null | undefined,
    @Args(() => PageArgs) args: PageArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Alert> & { readonly filter: AlertFilter }> {
    const { reads, feed } = this
    const filter = given ?? {}
    const at = (alert: Alert): Date => alert.triggeredAt
    const connection = await readConnection({ list: 'alerts', reads, filter, args, at }, feed, info)
    // For what `AlertConnectionResolver` counts of it.
    return { ...connection, filter }
  }

  @NeedsScope(ApiScope.READ)
  @Query(() => AlertObject, {
    nullable: true,
    description: 'One alert; null where there is none with this id.',
  })
  async alert(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { loaders }: Context,
  ): Promise<Alert | null> {
    return isUuid(id) ? loaders.alert.load(id.toLowerCase()) : null
  }

  @FieldResolver(() => RuleObject, { description: 'The rule that fired, also after it was deleted.' })
  rule(@Root() alert: Alert, @Ctx() { loaders }: Context): Promise<Rule | null> {
    return loaders.rule.load(alert.ruleId)
  }

  @FieldResolver(() => LogObject, { nullable: true, description: 'The log at which it opened.' })
  async log(@Root() alert: Alert, @Ctx() { loaders }: Context): Promise<Log | null> {
    return alert.logId === null ? null : loaders.log.load(alert.logId)
  }

  @FieldResolver(() => LogConnection, {
    description:
      'The logs that it stands for, newest first: the one at which it opened, those that joined it and, of a threshold, those that helped to open it. ' +
      'Each once, though it may have matched more than once; one that was deleted is gone from here too.',
  })
  logs(
    @Root() alert: Alert,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { loaders }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Log>> {
    const reads = {
      page: (alertId: string, request: PageRequest) => loaders.logsOfAlert.load({ alertId, request }),
      count: (alertId: string) => loaders.logCountOfAlert.load(alertId),
    }
    const at = (log: LogOfAlert): Date => log.joinedAt
    return readConnection({ list: 'logs of an alert', reads, filter: alert.id, args, at }, this.feed, info)
  }

  @FieldResolver(() => [DeliveryObject], { description: 'What is owed and was done for it, oldest first.' })
  deliveries(@Root() alert: Alert, @Ctx() { loaders }: Context): Promise<readonly Delivery[]> {
    return loaders.deliveriesOfAlert.load(alert.id)
  }

  @NeedsScope(ApiScope.READ)
  @Subscription(() => AlertEvent, {
    description: 'New alerts; a match that joins an open one is no event.',
    subscribe: followFeed('alert_triggered', matchesAlert),
  })
  alertTriggered(
    @Root() { cursor, row }: FeedEvent<Alert>,
    @Arg('filter', () => AlertFilterInput, FILTER) _filter: AlertFilterInput | null | undefined,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after: string | null | undefined,
  ): AlertEvent {
    return { cursor, alert: row }
  }
}
