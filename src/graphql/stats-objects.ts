import { Field, Int, ObjectType } from 'type-graphql'
import type { Stats, StatsBucket, StatsGroup } from '../store/stats.js'
import { Personal } from './personal.js'
import { DateTime } from './scalars.js'

@ObjectType('LogStatsGroup', { description: 'Logs that have one value in common.', simpleResolvers: true })
export class LogStatsGroupObject implements StatsGroup {
  @Personal()
  @Field(() => String, {
    description:
      'The value: a LogType, a status, an error code, or a region such as US (the calling code, such as +800, where it is none). Empty for logs without one; "other" for all beyond the 20 largest.',
  })
  key!: string

  @Field(() => Int, { description: 'How many.' })
  count!: number
}

@ObjectType('LogStatsBucket', { description: 'An equal part of the span.', simpleResolvers: true })
export class LogStatsBucketObject implements StatsBucket {
  @Field(() => DateTime, { description: 'Where it begins.' })
  from!: Date

  @Field(() => Int, { description: 'How many logs.' })
  total!: number

  @Field(() => [LogStatsGroupObject], {
    description: 'How many of them in each group of the span, without the groups that are empty here.',
  })
  counts!: readonly StatsGroup[]
}

@ObjectType('LogStats', {
  description: 'How many logs there are of what, over a span and in its parts.',
  simpleResolvers: true,
})
export class LogStatsObject implements Stats {
  @Field(() => DateTime, { description: 'Timestamps at or after it.' })
  since!: Date

  @Field(() => DateTime, { description: 'Timestamps before it.' })
  until!: Date

  @Field(() => Int, { description: 'How long each bucket is.' })
  bucketSeconds!: number

  @Field(() => Int, { description: 'How many logs.' })
  total!: number

  @Field(() => [LogStatsGroupObject], { description: 'The 20 largest groups, largest first, then the rest.' })
  groups!: readonly StatsGroup[]

  @Field(() => [LogStatsBucketObject], { description: 'Oldest first, empty ones included.' })
  buckets!: readonly StatsBucket[]
}

@ObjectType('DeliveryStatsGroup', { description: 'Deliveries in one status.', simpleResolvers: true })
export class DeliveryStatsGroupObject implements StatsGroup {
  @Field(() => String, { description: 'The DeliveryStatus.' })
  key!: string

  @Field(() => Int, { description: 'How many.' })
  count!: number
}

@ObjectType('DeliveryStatsBucket', { description: 'An equal part of the span.', simpleResolvers: true })
export class DeliveryStatsBucketObject implements StatsBucket {
  @Field(() => DateTime, { description: 'Where it begins.' })
  from!: Date

  @Field(() => Int, { description: 'How many deliveries.' })
  total!: number

  @Field(() => [DeliveryStatsGroupObject], {
    description: 'How many of them in each status, without those that none is in.',
  })
  counts!: readonly StatsGroup[]
}

@ObjectType('DeliveryStats', {
  description: 'How many deliveries are in which status, over a span and in its parts.',
  simpleResolvers: true,
})
export class DeliveryStatsObject implements Stats {
  @Field(() => DateTime, { description: 'Deliveries whose alert triggered at or after it,' })
  since!: Date

  @Field(() => DateTime, { description: 'and before it.' })
  until!: Date

  @Field(() => Int, { description: 'How long each bucket is.' })
  bucketSeconds!: number

  @Field(() => Int, { description: 'How many deliveries.' })
  total!: number

  @Field(() => [DeliveryStatsGroupObject], { description: 'Each status that there is, largest first.' })
  groups!: readonly StatsGroup[]

  @Field(() => [DeliveryStatsBucketObject], { description: 'Oldest first, empty ones included.' })
  buckets!: readonly StatsBucket[]
}
