import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { FeedSubscriptions } from '../events/feed-subscriptions.js'
import type { InboxEntry } from '../inbox/inbox-entry.js'
import { ApiScope } from '../keys/scope.js'
import type { Log } from '../sources/log.js'
import type { InboxReads } from '../store/inbox-reads.js'
import { idOf } from '../store/row-id.js'
import { type Connection, InboxEntryConnection } from './connections.js'
import type { Context } from './context.js'
import { InboxEntryObject } from './inbox-object.js'
import { LogObject } from './log-object.js'
import { NeedsScope } from './needs-scope.js'
import { PageArgs, readConnection } from './paging.js'
import { ReplayPayload } from './payloads.js'

@Resolver(() => InboxEntryObject)
export class InboxResolver {
  constructor(
    private readonly reads: InboxReads,
    private readonly feed: FeedSubscriptions,
  ) {}

  @NeedsScope(ApiScope.READ)
  @Query(() => InboxEntryConnection, { description: 'Received webhooks by pages, newest first.' })
  async received(
    @Arg('receiverId', () => ID, { nullable: true, description: 'Only those of this receiver.' })
    receiverId: string | null | undefined,
    @Args(() => PageArgs) args: PageArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<InboxEntry>> {
    const { reads, feed } = this
    const filter = receiverId == null ? {} : { receiverId: idOf('receiver', receiverId) }
    const at = (entry: InboxEntry): Date => entry.receivedAt
    return readConnection({ list: 'received', reads, filter, args, at }, feed, info)
  }

  @FieldResolver(() => LogObject, {
    nullable: true,
    description: 'The log it told of; null where there is none, or not yet.',
  })
  async log(@Root() { twilioSid }: InboxEntry, @Ctx() { loaders }: Context): Promise<Log | null> {
    return twilioSid === null ? null : loaders.logOfSid.load(twilioSid)
  }

  @NeedsScope(ApiScope.OPERATE)
  @Mutation(() => ReplayPayload, {
    description:
      'Works a received webhook once more, by the receiver and its mapping as they are now. What is known already changes nothing.',
  })
  async replayReceived(
    @Arg('id', () => ID, { description: 'The received webhook.' }) id: string,
    @Ctx() { commands }: Context,
  ): Promise<ReplayPayload> {
    return commands.replayReceived(idOf('received webhook', id))
  }
}
