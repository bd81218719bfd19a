import { Field, ID, Int, ObjectType } from 'type-graphql'
import type { Receiver, ReceiverMapping } from '../inbox/receiver.js'
import { DateTime } from './scalars.js'

@ObjectType('ReceiverMapping', {
  description:
    'Where in a body each is found: names joined by dots, or a JSON pointer; null = the field of that name.',
  simpleResolvers: true,
})
export class ReceiverMappingObject implements ReceiverMapping {
  @Field(() => String, { nullable: true, description: 'The id of the log within the receiver.' })
  id!: string | null

  @Field(() => String, { nullable: true, description: 'When it happened.' })
  timestamp!: string | null

  @Field(() => String, { nullable: true, description: 'The status.' })
  status!: string | null

  @Field(() => String, { nullable: true, description: 'The error code.' })
  errorCode!: string | null

  @Field(() => String, { nullable: true, description: 'The message: what a regex searches.' })
  message!: string | null
}

/** A receiver as the API shows it: of its secrets only whether they are there. */
@ObjectType('Receiver', {
  description: 'Where webhooks of another system come in; each becomes a log of the type CUSTOM.',
  simpleResolvers: true,
})
export class ReceiverObject implements Omit<Receiver, 'secret' | 'token'> {
  @Field(() => ID, { description: 'Its id.' })
  id!: string

  @Field(() => String, { description: 'Its name, in its URL and in its logs; it never changes.' })
  name!: string

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  description!: string | null

  @Field(() => Boolean, { description: 'Whether it takes anything in.' })
  enabled!: boolean

  @Field(() => ReceiverMappingObject, { description: 'Where in a body the log is found.' })
  mapping!: ReceiverMappingObject

  @Field(() => Int, { description: 'The largest body, in bytes.' })
  maxBytes!: number

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date

  @Field(() => DateTime, { description: 'When its settings were last changed.' })
  updatedAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When something last came in; null = never.' })
  lastReceivedAt!: Date | null

  @Field(() => Int, { description: 'How much has come in since it was made, repeats left out.' })
  receivedCount!: number

  @Field(() => String, {
    nullable: true,
    description:
      'The files that say what it is, by the name they were applied under; null: whoever may edit receivers.',
  })
  managedBy!: string | null
}
