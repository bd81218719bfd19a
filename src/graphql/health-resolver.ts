import { Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { Health } from '../http/health.js'
import { ApiScope } from '../keys/scope.js'
import { HealthObject } from './health-object.js'
import type { Context } from './context.js'
import { NeedsScope } from './needs-scope.js'
import { PollPayload } from './payloads.js'

/** How the installation does, and the wish that it look at once. */
@Resolver()
export class HealthResolver {
  constructor(private readonly readHealth: () => Promise<Health>) {}

  @NeedsScope(ApiScope.READ)
  @Query(() => HealthObject, { description: 'How the installation does; the same in every process.' })
  health(): Promise<Health> {
    return this.readHealth()
  }

  @NeedsScope(ApiScope.OPERATE)
  @Mutation(() => PollPayload, { description: 'Polls every source now, and answers when all are read.' })
  pollNow(@Ctx() { commands }: Context): Promise<PollPayload> {
    return commands.pollNow()
  }
}
