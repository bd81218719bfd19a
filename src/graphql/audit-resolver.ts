import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Info, Query, Resolver } from 'type-graphql'
import type { AuditEntry } from '../audit/audit-entry.js'
import type { FeedSubscriptions } from '../events/feed-subscriptions.js'
import { ApiScope } from '../keys/scope.js'
import type { AuditReads } from '../store/audit-reads.js'
import { refuseNul } from './arguments.js'
import { AuditFilterInput } from './audit-filter-input.js'
import { AuditEntryConnection, type Connection } from './connections.js'
import { NeedsScope } from './needs-scope.js'
import { PageArgs, readConnection } from './paging.js'

@Resolver()
export class AuditResolver {
  constructor(
    private readonly reads: AuditReads,
    private readonly feed: FeedSubscriptions,
  ) {}

  @NeedsScope(ApiScope.ADMIN)
  @Query(() => AuditEntryConnection, { description: 'Who changed what, by pages, newest first.' })
  async auditLog(
    @Arg('filter', () => AuditFilterInput, {
      nullable: true,
      description: 'Which changes; all where left out.',
    })
    filter: AuditFilterInput | null | undefined,
    @Args(() => PageArgs) args: PageArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<AuditEntry>> {
    refuseNul('filter', filter ?? {})
    const { reads, feed } = this
    const at = (entry: AuditEntry): Date => entry.at
    return readConnection({ list: 'changes', reads, filter: filter ?? {}, args, at }, feed, info)
  }
}
