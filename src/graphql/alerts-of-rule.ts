import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql'
import type { Alert } from '../alerts/alert.js'
import type { Rule } from '../rules/rule.js'
import type { AlertFilter } from '../store/alert-filter.js'
import type { AlertReads, AlertsOfRule } from '../store/alert-reads.js'
import { AlertObject } from './alert-object.js'
import { AlertConnection } from './connections.js'
import type { Context } from './context.js'
import { RuleObject } from './rule-object.js'
import { DateTime } from './scalars.js'

/** Its rule is in `AlertsOfRuleResolver`. */
@ObjectType('AlertsOfRule', {
  description: 'Of the alerts that a filter finds, those of one rule.',
  simpleResolvers: true,
})
export class AlertsOfRuleObject implements AlertsOfRule {
  @Field(() => Int, { description: 'How many they are.' })
  count!: number

  @Field(() => DateTime, { description: 'When the oldest of them opened.' })
  oldestAt!: Date

  @Field(() => AlertObject, { description: 'The newest of them.' })
  newest!: Alert
}

@Resolver(() => AlertsOfRuleObject)
export class AlertsOfRuleResolver {
  @FieldResolver(() => RuleObject, { description: 'The rule, also after it was deleted.' })
  rule(@Root() { newest }: AlertsOfRule, @Ctx() { loaders }: Context): Promise<Rule | null> {
    return loaders.rule.load(newest.ruleId)
  }
}

@Resolver(() => AlertConnection)
export class AlertConnectionResolver {
  constructor(private readonly reads: AlertReads) {}

  @FieldResolver(() => [AlertsOfRuleObject], {
    description:
      'All that match the filter, rule by rule: the rule with the newest alert first, 200 rules at most. Read after feedCursor, and only when asked for.',
  })
  byRule(@Root() { filter }: { readonly filter: AlertFilter }): Promise<AlertsOfRule[]> {
    return this.reads.byRule(filter)
  }
}
