import { Field, ID, Int, ObjectType } from 'type-graphql'
import type { Rule } from '../rules/rule.js'
import { LogType, PatternType } from './enums.js'
import { DateTime } from './scalars.js'

/** A rule as the API shows it; its actions are in `RuleResolver`. */
@ObjectType('Rule', { description: 'What is watched for, and when it fires.', simpleResolvers: true })
export class RuleObject implements Rule {
  @Field(() => ID, { description: 'Its id.' })
  id!: string

  @Field(() => String, { description: 'What people call it; names need not be unique.' })
  name!: string

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  description!: string | null

  @Field(() => Boolean, { description: 'Whether it judges logs.' })
  enabled!: boolean

  @Field(() => LogType, { nullable: true, description: 'The kind of log it judges; null = any.' })
  logType!: LogType | null

  @Field(() => PatternType, { description: 'What it looks for.' })
  patternType!: PatternType

  @Field(() => String, { nullable: true, description: 'The pattern, in the form that its type says.' })
  patternValue!: string | null

  @Field(() => Int, { nullable: true, description: 'THRESHOLD: how many matching logs.' })
  thresholdCount!: number | null

  @Field(() => Int, { nullable: true, description: 'THRESHOLD: within how many minutes of log time.' })
  thresholdWindowMinutes!: number | null

  @Field(() => Int, {
    description:
      'For so many minutes after it fired, matches join the open alert instead of opening another.',
  })
  cooldownMinutes!: number

  @Field(() => String, {
    nullable: true,
    description:
      'The files that manage it, by the name they were applied under; only they can change or delete it. Null: the API can.',
  })
  managedBy!: string | null

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date

  @Field(() => DateTime, { description: 'When it was last edited.' })
  updatedAt!: Date

  @Field(() => DateTime, {
    description:
      'When what it looks for last changed: the kind of log, the pattern or the numbers of a threshold. Since then its alerts fire for what it says now.',
  })
  conditionChangedAt!: Date

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was deleted; a deleted rule is reached through its alerts and deliveries only.',
  })
  deletedAt!: Date | null
}
