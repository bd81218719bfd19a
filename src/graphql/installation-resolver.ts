import { Query, Resolver } from 'type-graphql'
import type { ActionTypeInfo } from '../actions/describe-handlers.js'
import { ApiScope } from '../keys/scope.js'
import { ActionTypeInfoObject } from './action-type-object.js'
import { NeedsScope } from './needs-scope.js'
import { SettingObject } from './setting-object.js'

/** What this installation can do, and how it is set up. */
@Resolver()
export class InstallationResolver {
  constructor(
    private readonly types: readonly ActionTypeInfo[],
    private readonly inForce: readonly SettingObject[],
  ) {}

  @NeedsScope(ApiScope.READ)
  @Query(() => [ActionTypeInfoObject], {
    description: 'What can be done for an alert, each with a schema from which a form can be made.',
  })
  actionTypes(): readonly ActionTypeInfo[] {
    return this.types
  }

  @NeedsScope(ApiScope.ADMIN)
  @Query(() => [SettingObject], {
    description: 'The configuration of the process that answers: every setting, and where it came from.',
  })
  settings(): readonly SettingObject[] {
    return this.inForce
  }
}
