import { Field, ID, Int, ObjectType } from 'type-graphql'
import type { Alert } from '../alerts/alert.js'
import { AlertReason, AlertState } from './enums.js'
import { Personal } from './personal.js'
import { DateTime } from './scalars.js'

/** An alert as the API shows it; its edges are in `AlertResolver`. */
@ObjectType('Alert', { description: 'One firing of one rule.', simpleResolvers: true })
export class AlertObject implements Alert {
  @Field(() => ID, { description: 'Its id.' })
  id!: string

  @Field(() => ID, { description: 'The rule that fired.' })
  ruleId!: string

  @Field(() => ID, { nullable: true, description: 'The log at which it opened.' })
  logId!: string | null

  @Field(() => Int, { description: 'How many matches it stands for: the first and all that joined it.' })
  matchCount!: number

  @Field(() => AlertState, { description: 'Whether it still stands, by the clock of the database.' })
  state!: AlertState

  @Personal()
  @Field(() => String, { description: 'One sentence for people and chat tools.' })
  summary!: string

  @Field(() => AlertReason, {
    nullable: true,
    description: 'Why it opened; null, like `cause`, for alerts that opened before this was kept.',
  })
  reason!: AlertReason | null

  @Personal()
  @Field(() => String, {
    nullable: true,
    description:
      'What happened when it opened, in words: its summary without the name of the rule and without how many matches came before.',
  })
  cause!: string | null

  @Field(() => DateTime, { description: 'When it opened.' })
  triggeredAt!: Date
}
