import { Field, ObjectType } from 'type-graphql'
import type { ActionTypeInfo } from '../actions/describe-handlers.js'
import { ActionType } from './enums.js'
import { Json } from './scalars.js'

@ObjectType('ActionTypeInfo', {
  description: 'What can be done for an alert, and what it wants to know.',
  simpleResolvers: true,
})
export class ActionTypeInfoObject implements ActionTypeInfo {
  @Field(() => ActionType, { description: 'The type.' })
  type!: ActionType

  @Field(() => String, { description: 'What people call it.' })
  title!: string

  @Field(() => String, { description: 'What it does, in a sentence.' })
  description!: string

  @Field(() => Json, {
    description:
      'JSON Schema (2020-12) of its config, with a title and a description of each field; what says writeOnly is a secret, what says format: template may hold {{variables}}.',
  })
  configSchema!: Readonly<Record<string, unknown>>
}
