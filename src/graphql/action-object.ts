import { Field, ID, ObjectType } from 'type-graphql'
import type { Action } from '../actions/action.js'
import { ActionType } from './enums.js'
import { DateTime } from './scalars.js'

/** An action as the API shows it; its config, masked, and its rule are in `ActionResolver`. */
@ObjectType('Action', { description: 'What is done for the alerts of a rule.', simpleResolvers: true })
export class ActionObject implements Omit<Action, 'config'> {
  @Field(() => ID, { description: 'Its id.' })
  id!: string

  @Field(() => ID, { description: 'The rule it belongs to.' })
  ruleId!: string

  @Field(() => ActionType, { description: 'What is done.' })
  actionType!: ActionType

  @Field(() => Boolean, { description: 'Whether new alerts make it act.' })
  enabled!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'The files that manage its rule, and so the action too; null where none do.',
  })
  managedBy!: string | null

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was deleted; a deleted action is reached through its deliveries only.',
  })
  deletedAt!: Date | null
}
