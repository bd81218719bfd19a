import { Field, ID, Int, ObjectType } from 'type-graphql'
import { ActionObject } from './action-object.js'
import { DeliveryObject } from './delivery-object.js'
import { InboxEntryObject } from './inbox-object.js'
import { Personal } from './personal.js'
import { ReceiverObject } from './receiver-object.js'
import { RuleObject } from './rule-object.js'
import { Json } from './scalars.js'

@ObjectType('RulePayload', { description: 'A rule as it was saved.', simpleResolvers: true })
export class RulePayload {
  @Field(() => RuleObject, { description: 'The rule.' })
  rule!: RuleObject

  @Field(() => [String], {
    description: 'What is allowed but probably not meant, such as a rule that can never match.',
  })
  warnings!: readonly string[]
}

@ObjectType('ActionPayload', { description: 'An action as it was saved.', simpleResolvers: true })
export class ActionPayload {
  @Field(() => ActionObject, { description: 'The action, its secrets masked.' })
  action!: ActionObject

  @Field(() => [String], { description: 'What is allowed but probably not meant.' })
  warnings!: readonly string[]
}

@ObjectType('DeletePayload', { description: 'What was deleted.', simpleResolvers: true })
export class DeletePayload {
  @Field(() => ID, { description: 'Its id.' })
  id!: string
}

@ObjectType('TestActionPayload', { description: 'What one try of an action came to.', simpleResolvers: true })
export class TestActionPayload {
  @Field(() => Boolean, { description: 'Whether the other side accepted it.' })
  success!: boolean

  @Personal()
  @Field(() => Json, {
    description:
      'The answer, or why it failed; and under `request` what was sent, its secrets masked: method, url, headers and body of a webhook, recipients, subject and text of an email, level and message of a log line.',
  })
  result!: unknown
}

@ObjectType('DeliveryPayload', { description: 'A delivery as it stands now.', simpleResolvers: true })
export class DeliveryPayload {
  @Field(() => DeliveryObject, { description: 'The delivery.' })
  delivery!: DeliveryObject
}

@ObjectType('ReceiverPayload', { description: 'A receiver as it was saved.', simpleResolvers: true })
export class ReceiverPayload {
  @Field(() => ReceiverObject, { description: 'The receiver.' })
  receiver!: ReceiverObject

  @Field(() => String, {
    nullable: true,
    description: 'The secret where it was generated now: shown this once, to be given to the sender.',
  })
  secret!: string | null

  @Field(() => [String], { description: 'What is allowed but probably not meant.' })
  warnings!: readonly string[]
}

@ObjectType('ReplayPayload', {
  description: 'A received webhook as it waits to be worked again.',
  simpleResolvers: true,
})
export class ReplayPayload {
  @Field(() => InboxEntryObject, { description: 'The received webhook.' })
  received!: InboxEntryObject
}

@ObjectType('RetryFailedPayload', { description: 'What is tried again.', simpleResolvers: true })
export class RetryFailedPayload {
  @Field(() => Int, { description: 'How many deliveries.' })
  count!: number
}

@ObjectType('PollPayload', { description: 'What polling every source found.', simpleResolvers: true })
export class PollPayload {
  @Field(() => Int, { description: 'How many new logs were stored.' })
  stored!: number

  @Field(() => Int, { description: 'How many known logs had changed.' })
  changed!: number
}
