import { Field, ID, ObjectType } from 'type-graphql'
import type { InboxEntry } from '../inbox/inbox-entry.js'
import { InboxState } from './enums.js'
import { Personal } from './personal.js'
import { DateTime } from './scalars.js'

/** A received webhook as the API shows it; its log is in `InboxResolver`. */
@ObjectType('InboxEntry', {
  description: 'A webhook as it came in: kept for seven days, or thirty where it was set aside.',
  simpleResolvers: true,
})
export class InboxEntryObject implements Omit<InboxEntry, 'twilioSid'> {
  @Field(() => ID, { description: 'Its id.' })
  id!: string

  @Field(() => String, {
    description:
      'What kind it is: twilio-message, twilio-call, twilio-debugger, twilio-event, twilio-other, or custom:<name>.',
  })
  channel!: string

  @Field(() => ID, { nullable: true, description: 'The receiver it came to; null for those of Twilio.' })
  receiverId!: string | null

  @Field(() => DateTime, { description: 'When it came in.' })
  receivedAt!: Date

  @Field(() => InboxState, { description: 'Where it stands.' })
  state!: InboxState

  @Personal()
  @Field(() => String, {
    nullable: true,
    description: 'Why it was ignored or set aside, or why its last try failed.',
  })
  error!: string | null

  @Personal()
  @Field(() => String, { description: 'The body as it came: a form, one event of a batch, or JSON.' })
  body!: string
}
