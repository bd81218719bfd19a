import { Field, InputType, Int } from 'type-graphql'
import { RuleActionInput } from './action-inputs.js'
import { LogType, PatternType } from './enums.js'

@InputType('CreateRuleInput', { description: 'A new rule, with its actions if you like.' })
export class CreateRuleInput {
  @Field(() => String, { description: 'What people call it; names need not be unique.' })
  name!: string

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  description?: string | null

  @Field(() => Boolean, { nullable: true, defaultValue: true, description: 'Whether it judges logs.' })
  enabled?: boolean | null

  @Field(() => LogType, { nullable: true, description: 'The kind of log it judges; null = any.' })
  logType?: LogType | null

  @Field(() => PatternType, { description: 'What it looks for.' })
  patternType!: PatternType

  @Field(() => String, {
    nullable: true,
    description:
      'ERROR_CODE: 30001,30003-30008,!30006. STATUS: failed,undelivered. REGEX: an RE2 pattern. THRESHOLD, where given: code:, status: or regex: and one of these.',
  })
  patternValue?: string | null

  @Field(() => Int, { nullable: true, description: 'THRESHOLD: how many matching logs.' })
  thresholdCount?: number | null

  @Field(() => Int, { nullable: true, description: 'THRESHOLD: within how many minutes of log time.' })
  thresholdWindowMinutes?: number | null

  @Field(() => Int, {
    nullable: true,
    defaultValue: 0,
    description:
      'For so many minutes after it fired, matches join the open alert instead of opening another.',
  })
  cooldownMinutes?: number | null

  @Field(() => [RuleActionInput], {
    nullable: true,
    description: 'Its actions, made in the same transaction.',
  })
  actions?: RuleActionInput[] | null
}

@InputType('UpdateRuleInput', {
  description:
    'What changes of a rule: what is left out stays, null clears (only where a rule may be without it).',
})
export class UpdateRuleInput {
  @Field(() => String, { nullable: true, description: 'What people call it.' })
  name?: string | null

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  description?: string | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it judges logs; false also suppresses what is still unsent.',
  })
  enabled?: boolean | null

  @Field(() => LogType, { nullable: true, description: 'The kind of log it judges; null = any.' })
  logType?: LogType | null

  @Field(() => PatternType, { nullable: true, description: 'What it looks for.' })
  patternType?: PatternType | null

  @Field(() => String, { nullable: true, description: 'The pattern, in the form that its type says.' })
  patternValue?: string | null

  @Field(() => Int, { nullable: true, description: 'THRESHOLD: how many matching logs.' })
  thresholdCount?: number | null

  @Field(() => Int, { nullable: true, description: 'THRESHOLD: within how many minutes of log time.' })
  thresholdWindowMinutes?: number | null

  @Field(() => Int, {
    nullable: true,
    description: 'Minutes after firing in which matches join the open alert.',
  })
  cooldownMinutes?: number | null
}
