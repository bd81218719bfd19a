import { Field, ID, Int, ObjectType } from 'type-graphql'
import { type Delivery, type DeliveryAttempt, FAILING, RETRIABLE } from '../actions/delivery.js'
import { DeliveryStatus } from './enums.js'
import { Personal } from './personal.js'
import { DateTime, Json } from './scalars.js'

/** A delivery as the API shows it; its edges are in `DeliveryResolver`. */
@ObjectType('Delivery', {
  description: 'An action owed for an alert, and what became of it.',
  simpleResolvers: true,
})
export class DeliveryObject implements Omit<Delivery, 'ruleId' | 'logId'> {
  @Field(() => ID, { description: 'Its id: also the webhook-id and part of the Message-ID of every try.' })
  id!: string

  @Field(() => ID, { description: 'The alert it is for.' })
  alertId!: string

  @Field(() => ID, { description: 'The action that is owed.' })
  actionId!: string

  @Field(() => DeliveryStatus, { description: 'Where it stands.' })
  status!: DeliveryStatus

  @Field(() => Boolean, { nullable: true, description: 'Whether it succeeded; null until it is finished.' })
  success!: boolean | null

  @Field(() => Int, { description: 'How many tries have been made.' })
  attemptCount!: number

  @Personal()
  @Field(() => Json, {
    nullable: true,
    description: 'What came of it: the answer, or why it failed or was suppressed.',
  })
  actionResult!: unknown

  @Field(() => DateTime, { description: 'When its alert was triggered.' })
  triggeredAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When it is tried next; null once it is finished.' })
  nextAttemptAt!: Date | null

  @Field(() => DateTime, { nullable: true, description: 'When it was finished.' })
  completedAt!: Date | null

  @Field(() => Boolean, { description: FAILING })
  failing!: boolean

  @Field(() => Boolean, { description: RETRIABLE })
  retriable!: boolean
}

@ObjectType('DeliveryAttempt', { description: 'One try at a delivery.', simpleResolvers: true })
export class DeliveryAttemptObject implements DeliveryAttempt {
  @Field(() => DateTime, { description: 'When it began.' })
  at!: Date

  @Field(() => Boolean, { description: 'Whether the other side accepted it.' })
  success!: boolean

  @Field(() => Int, { description: 'How long it took, in milliseconds.' })
  durationMs!: number

  @Field(() => Int, { nullable: true, description: 'HTTP or SMTP status, where there was an answer.' })
  statusCode!: number | null

  @Personal()
  @Field(() => String, { nullable: true, description: 'Why it failed.' })
  error!: string | null

  @Personal()
  @Field(() => String, { nullable: true, description: 'The first 2 kB of the answer.' })
  response!: string | null
}
