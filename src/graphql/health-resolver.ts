import { Mutation, Query, Resolver } from 'type-graphql'
import type { Commands } from '../commands/commands.js'
import type { Health } from '../http/health.js'
import { ApiScope } from '../keys/scope.js'
import { HealthObject } from './health-object.js'
import { NeedsScope } from './needs-scope.js'
import { PollPayload } from './payloads.js'

/** How the installation does, and the wish that it look at once. */
@Resolver()
export class HealthResolver {
  constructor(
    private readonly readHealth: () => Promise<Health>,
    private readonly commands: Commands,
  ) {}

  @NeedsScope(ApiScope.READ)
  @Query(() => HealthObject, { description: 'How the installation does; the same in every process.' })
  health(): Promise<Health> {
    return this.readHealth()
  }

  @NeedsScope(ApiScope.OPERATE)
  @Mutation(() => PollPayload, { description: 'Polls every source now, and answers when all are read.' })
  pollNow(): Promise<PollPayload> {
    return this.commands.pollNow()
  }
}
