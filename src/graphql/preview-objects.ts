import { Field, Int, ObjectType } from 'type-graphql'
import type { PreviewAlert, PreviewBucket, PreviewMatch } from '../preview/tally.js'
import type { RulePreview } from '../preview/preview.js'
import { Personal } from './personal.js'
import { DateTime } from './scalars.js'

/** A match as the API shows it; its log is in `PreviewMatchResolver`. */
@ObjectType('PreviewMatch', { description: 'A log that starts to match, or that a threshold counts.' })
export class PreviewMatchObject implements Omit<PreviewMatch, 'logId'> {
  @Field(() => DateTime, { description: 'When it would have been judged: the time its state was stored.' })
  at!: Date
}

/** An alert as the API shows it; its log is in `PreviewAlertResolver`. */
@ObjectType('PreviewAlert', { description: 'An alert that the rule would have opened.' })
export class PreviewAlertObject implements Omit<PreviewAlert, 'logId'> {
  @Field(() => DateTime, { description: 'When it would have opened.' })
  triggeredAt!: Date

  @Field(() => Int, { description: 'How many matches it stands for: the first and all that joined it.' })
  matchCount!: number

  @Personal()
  @Field(() => String, { description: 'The sentence that it would have carried.' })
  summary!: string

  @Field(() => Int, { description: 'How many deliveries it would have owed: one for each enabled action.' })
  deliveryCount!: number
}

@ObjectType('PreviewBucket', {
  description: 'An equal part of the span; it counts by the timestamps of the logs.',
  simpleResolvers: true,
})
export class PreviewBucketObject implements PreviewBucket {
  @Field(() => DateTime, { description: 'Where it begins.' })
  from!: Date

  @Field(() => Int, { description: 'Matching logs of that time.' })
  matches!: number

  @Field(() => Int, { description: 'Alerts opened at logs of that time.' })
  alerts!: number
}

@ObjectType('RulePreview', {
  description: 'What a rule would have done over stored logs; nothing of it is kept.',
  simpleResolvers: true,
})
export class RulePreviewObject implements RulePreview {
  @Field(() => DateTime, { description: 'The span over which it was tried: timestamps at or after it,' })
  since!: Date

  @Field(() => DateTime, { description: 'and before it.' })
  until!: Date

  @Field(() => Int, { description: "Logs in the span that are of the rule's type." })
  logCount!: number

  @Field(() => Int, { description: 'How often a log starts to match; for a threshold, how many logs count.' })
  matchCount!: number

  @Field(() => Int, { description: 'Alerts that it would have opened.' })
  alertCount!: number

  @Field(() => Int, { description: 'Deliveries that these would have owed.' })
  deliveryCount!: number

  @Field(() => [PreviewMatchObject], { description: 'The newest 100 matches by timestamp, newest first.' })
  matches!: readonly PreviewMatch[]

  @Field(() => [PreviewAlertObject], { description: 'The newest 100 alerts, newest first.' })
  alerts!: readonly PreviewAlert[]

  @Field(() => [PreviewBucketObject], {
    description: 'The span in 24 to 60 equal parts of a round width, oldest first, empty ones included.',
  })
  buckets!: readonly PreviewBucket[]

  @Field(() => Boolean, {
    description: 'False where it stopped early; a warning then says why, and what was looked at.',
  })
  isComplete!: boolean

  @Field(() => [String], {
    description: 'What createRule would warn of, and what to know about this preview.',
  })
  warnings!: readonly string[]
}
