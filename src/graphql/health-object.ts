import { Field, Int, ObjectType } from 'type-graphql'
import type { Health, WatchedSource } from '../http/health.js'
import type { HealthNotice } from '../watch/health-notice.js'
import { HealthCode } from './enums.js'
import { DateTime } from './scalars.js'

@ObjectType('SourceHealth', { description: 'How one list of one account is read.', simpleResolvers: true })
export class SourceHealthObject implements WatchedSource {
  @Field(() => String, { description: 'The account.' })
  accountSid!: string

  @Field(() => String, { description: 'calls, messages or alerts.' })
  source!: WatchedSource['source']

  @Field(() => DateTime, { nullable: true, description: 'When it was last read to the end.' })
  lastSuccessAt!: Date | null

  @Field(() => Int, { nullable: true, description: 'Seconds since then.' })
  lagSeconds!: number | null

  @Field(() => String, { nullable: true, description: 'Why the last poll failed; null where it did not.' })
  error!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Of which kind that failure was, such as unauthorized, throttled or server.',
  })
  errorKind!: WatchedSource['errorKind']

  @Field(() => Boolean, {
    description: 'Whether it was last read to the end too long ago, whether or not anybody knows why.',
  })
  isStale!: boolean
}

@ObjectType('HealthNotice', { description: 'One thing that an operator should know.', simpleResolvers: true })
export class HealthNoticeObject implements HealthNotice {
  @Field(() => HealthCode, { description: 'What it is about.' })
  code!: HealthCode

  @Field(() => String, { description: 'The same in words.' })
  text!: string
}

@ObjectType('Health', {
  description: 'How the installation does; the same in every process.',
  simpleResolvers: true,
})
export class HealthObject implements Health {
  @Field(() => String, { description: 'ok, or degraded where something it lives on is away.' })
  status!: string

  @Field(() => Boolean, { description: 'Whether the logs are those of the built-in demo account.' })
  demo!: boolean

  @Field(() => String, { description: 'The version that runs.' })
  version!: string

  @Field(() => String, { description: 'embedded or postgres.' })
  database!: Health['database']

  @Field(() => String, { description: 'Where jobs are kept: postgres or mongodb.' })
  jobs!: Health['jobs']

  @Field(() => String, {
    description: 'What carries events between processes: memory (one process only) or redis.',
  })
  pubsub!: Health['pubsub']

  @Field(() => [String], { description: 'What an operator should know, in words.' })
  messages!: readonly string[]

  @Field(() => [HealthNoticeObject], { description: 'The same messages, each with what it is about.' })
  notices!: readonly HealthNoticeObject[]

  @Field(() => [SourceHealthObject], { description: 'Each list of each account.' })
  sources!: readonly SourceHealthObject[]
}
