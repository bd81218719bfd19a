import { Field, ID, ObjectType } from 'type-graphql'
import type { Log, LogTransition } from '../sources/log.js'
import { LogType } from './enums.js'
import { Personal } from './personal.js'
import { DateTime, Json } from './scalars.js'

/** A log as the API shows it; its edges are in `LogResolver`. */
@ObjectType('Log', {
  description: 'A record that Twilio reported (a call, a message or a monitor alert), as it is stored now.',
  simpleResolvers: true,
})
export class LogObject implements Log {
  @Field(() => ID, { description: 'Its id here.' })
  id!: string

  @Personal()
  @Field(() => String, { description: "Twilio's SID of the record; custom:<name>:<id> for custom webhooks." })
  twilioSid!: string

  @Field(() => String, { description: 'The account it belongs to; custom:<name> for custom webhooks.' })
  accountSid!: string

  @Field(() => LogType, { description: 'What kind of record it is.' })
  logType!: LogType

  @Field(() => DateTime, {
    description: 'date_created of calls and messages, date_generated of monitor alerts.',
  })
  timestamp!: Date

  @Personal()
  @Field(() => String, {
    nullable: true,
    description: "The newest status, in Twilio's spelling; monitor alerts have none.",
  })
  status!: string | null

  @Personal()
  @Field(() => String, { nullable: true, description: 'The newest error code.' })
  errorCode!: string | null

  @Personal()
  @Field(() => String, { nullable: true, description: 'What Twilio says of the error.' })
  errorMessage!: string | null

  @Personal()
  @Field(() => String, { nullable: true, description: 'Who called or wrote.' })
  fromNumber!: string | null

  @Personal()
  @Field(() => String, { nullable: true, description: 'Who was called or written to.' })
  toNumber!: string | null

  @Personal()
  @Field(() => String, {
    nullable: true,
    description: 'What a message says, or the decoded text of an alert; null where the record has none.',
  })
  text!: string | null

  @Personal()
  @Field(() => Json, { description: 'The record as Twilio gave it.' })
  rawData!: unknown

  @Field(() => Boolean, { description: 'Whether the rules have judged its newest state.' })
  processed!: boolean

  @Field(() => DateTime, { description: 'When it was first stored.' })
  createdAt!: Date

  @Field(() => DateTime, { description: 'When its status or error last changed here.' })
  updatedAt!: Date
}

@ObjectType('LogTransition', { description: 'One status that a log passed through.', simpleResolvers: true })
export class LogTransitionObject implements LogTransition {
  @Personal()
  @Field(() => String, { nullable: true, description: 'The status it came to.' })
  status!: string | null

  @Personal()
  @Field(() => String, { nullable: true, description: 'The error code it came to.' })
  errorCode!: string | null

  @Field(() => DateTime, { description: 'When it was seen.' })
  at!: Date
}
