import { Field, ID, InputType } from 'type-graphql'
import { ActionType } from './enums.js'
import { Json } from './scalars.js'

const CONFIG =
  'The settings of its type. EMAIL: recipients, subject, template, body, priority. WEBHOOK: url, method, headers, payload, secret, timeoutSeconds. LOG: level, message.'

@InputType('RuleActionInput', { description: 'An action that is made together with its rule.' })
export class RuleActionInput {
  @Field(() => ActionType, { description: 'What is done.' })
  actionType!: ActionType

  @Field(() => Json, { description: CONFIG })
  config!: unknown

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: 'Whether new alerts make it act.',
  })
  enabled?: boolean | null
}

@InputType('CreateActionInput', { description: 'A new action of a rule.' })
export class CreateActionInput {
  @Field(() => ID, { description: 'The rule it belongs to.' })
  ruleId!: string

  @Field(() => ActionType, { description: 'What is done.' })
  actionType!: ActionType

  @Field(() => Json, { description: CONFIG })
  config!: unknown

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: 'Whether new alerts make it act.',
  })
  enabled?: boolean | null
}

@InputType('UpdateActionInput', { description: 'What changes of an action; what is left out stays.' })
export class UpdateActionInput {
  @Field(() => Json, {
    nullable: true,
    description: 'The whole new config. The mask of a secret in it keeps the secret that is stored there.',
  })
  config?: unknown

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether new alerts make it act; false also suppresses what is still unsent.',
  })
  enabled?: boolean | null
}
