import type { GraphQLResolveInfo } from 'graphql'
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Info,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql'
import type { Action } from '../actions/action.js'
import type { Delivery, DeliveryAttempt } from '../actions/delivery.js'
import type { Alert } from '../alerts/alert.js'
import type { FeedSubscriptions } from '../events/feed-subscriptions.js'
import type { FeedEvent } from '../events/feed-tail.js'
import { ApiScope } from '../keys/scope.js'
import { matchesDelivery } from '../store/delivery-filter.js'
import type { DeliveryReads } from '../store/delivery-reads.js'
import { idOf } from '../store/row-id.js'
import { isUuid } from '../store/uuid.js'
import { ActionObject } from './action-object.js'
import { AlertObject } from './alert-object.js'
import { type Connection, DeliveryConnection } from './connections.js'
import type { Context } from './context.js'
import { DeliveryAttemptObject, DeliveryObject } from './delivery-object.js'
import { DeliveryEvent } from './event-objects.js'
import { DeliveryFilterInput } from './filter-inputs.js'
import { NeedsScope } from './needs-scope.js'
import { PageArgs, readConnection } from './paging.js'
import { DeliveryPayload, RetryFailedPayload } from './payloads.js'
import { DateTime } from './scalars.js'
import { AFTER, followFeed } from './subscriptions.js'

const FILTER = { nullable: true, description: 'Which deliveries; all where left out.' }

@Resolver(() => DeliveryObject)
export class DeliveryResolver {
  constructor(
    private readonly reads: DeliveryReads,
    private readonly feed: FeedSubscriptions,
  ) {}

  @NeedsScope(ApiScope.READ)
  @Query(() => DeliveryConnection, {
    description: 'Deliveries by pages, newest first by the time their alert was triggered.',
  })
  deliveries(
    @Arg('filter', () => DeliveryFilterInput, FILTER) filter: DeliveryFilterInput | null | undefined,
    @Args(() => PageArgs) args: PageArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Delivery>> {
    const { reads, feed } = this
    const at = (delivery: Delivery): Date => delivery.triggeredAt
    return readConnection({ list: 'deliveries', reads, filter: filter ?? {}, args, at }, feed, info)
  }

  @NeedsScope(ApiScope.READ)
  @Query(() => DeliveryObject, {
    nullable: true,
    description: 'One delivery; null where there is none with this id.',
  })
  async delivery(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { loaders }: Context,
  ): Promise<Delivery | null> {
    return isUuid(id) ? loaders.delivery.load(id.toLowerCase()) : null
  }

  @FieldResolver(() => ActionObject, { description: 'The action that is owed, also after it was deleted.' })
  action(@Root() delivery: Delivery, @Ctx() { loaders }: Context): Promise<Action | null> {
    return loaders.action.load(delivery.actionId)
  }

  @FieldResolver(() => AlertObject, { description: 'The alert it is for.' })
  alert(@Root() delivery: Delivery, @Ctx() { loaders }: Context): Promise<Alert | null> {
    return loaders.alert.load(delivery.alertId)
  }

  @FieldResolver(() => [DeliveryAttemptObject], { description: 'The tries that have ended, oldest first.' })
  attempts(@Root() delivery: Delivery, @Ctx() { loaders }: Context): Promise<readonly DeliveryAttempt[]> {
    return loaders.attemptsOfDelivery.load(delivery.id)
  }

  @NeedsScope(ApiScope.OPERATE)
  @Mutation(() => DeliveryPayload, {
    description:
      'Tries a FAILED or SUPPRESSED delivery again: at once, alone, with fresh tries and the same ids. CONFLICT for any other, and where its rule or action is deleted or disabled.',
  })
  async retryDelivery(
    @Arg('id', () => ID, { description: 'The delivery.' }) id: string,
    @Ctx() { commands }: Context,
  ): Promise<DeliveryPayload> {
    return commands.retryDelivery(idOf('delivery', id))
  }

  @NeedsScope(ApiScope.OPERATE)
  @Mutation(() => RetryFailedPayload, {
    description:
      'Tries every FAILED delivery again, at once and within the limits: those that fit all that is named here, or all there are. Left out are those whose rule or action is deleted or disabled, and what is beyond 5,000: ask again.',
  })
  async retryFailedDeliveries(
    @Arg('alertId', () => ID, { nullable: true, description: 'Only those for this alert.' })
    alertId: string | null | undefined,
    @Arg('ruleId', () => ID, { nullable: true, description: 'Only those of this rule.' })
    ruleId: string | null | undefined,
    @Arg('since', () => DateTime, {
      nullable: true,
      description: 'Only those of alerts that were triggered at or after it.',
    })
    since: Date | null | undefined,
    @Arg('failing', () => Boolean, {
      nullable: true,
      description: 'Only those of which Delivery.failing is true; false: only others.',
    })
    failing: boolean | null | undefined,
    @Ctx() { commands }: Context,
  ): Promise<RetryFailedPayload> {
    return commands.retryFailedDeliveries({
      alertId: alertId == null ? null : idOf('alert', alertId),
      ruleId: ruleId == null ? null : idOf('rule', ruleId),
      since: since ?? null,
      failing: failing ?? null,
    })
  }

  @NeedsScope(ApiScope.READ)
  @Subscription(() => DeliveryEvent, {
    description:
      'Deliveries that were owed, tried or finished; not those that are no longer failing since their action works again.',
    subscribe: followFeed('delivery_changed', matchesDelivery),
  })
  deliveryChanged(
    @Root() { cursor, row }: FeedEvent<Delivery>,
    @Arg('filter', () => DeliveryFilterInput, FILTER) _filter: DeliveryFilterInput | null | undefined,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after: string | null | undefined,
  ): DeliveryEvent {
    return { cursor, delivery: row }
  }
}
