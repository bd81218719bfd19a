import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { Action } from '../actions/action.js'
import { ApiScope } from '../keys/scope.js'
import type { Rule } from '../rules/rule.js'
import type { RuleReads } from '../store/rule-reads.js'
import { idOf } from '../store/row-id.js'
import { isUuid } from '../store/uuid.js'
import { ActionObject } from './action-object.js'
import { withinInput } from './arguments.js'
import type { Context } from './context.js'
import { NeedsScope } from './needs-scope.js'
import { DeletePayload, RulePayload } from './payloads.js'
import { CreateRuleInput, UpdateRuleInput } from './rule-inputs.js'
import { RuleObject } from './rule-object.js'
import { DateTime } from './scalars.js'

@Resolver(() => RuleObject)
export class RuleResolver {
  constructor(private readonly reads: RuleReads) {}

  @NeedsScope(ApiScope.READ)
  @Query(() => [RuleObject], { description: 'The rules, oldest first, without the deleted ones.' })
  rules(
    @Arg('enabled', () => Boolean, {
      nullable: true,
      description: 'Only the enabled, or only the disabled ones.',
    })
    enabled: boolean | null | undefined,
  ): Promise<Rule[]> {
    return this.reads.rules(enabled ?? null)
  }

  @NeedsScope(ApiScope.READ)
  @Query(() => RuleObject, {
    nullable: true,
    description: 'One rule; null where there is none with this id, or no longer.',
  })
  async rule(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { loaders }: Context,
  ): Promise<Rule | null> {
    const rule = isUuid(id) ? await loaders.rule.load(id.toLowerCase()) : null
    return rule?.deletedAt ? null : rule
  }

  @FieldResolver(() => [ActionObject], {
    description: 'Its actions, oldest first, without the deleted ones.',
  })
  actions(@Root() rule: Rule, @Ctx() { loaders }: Context): Promise<readonly Action[]> {
    return loaders.actionsOfRule.load(rule.id)
  }

  @FieldResolver(() => Int, { description: 'How many alerts it has opened, as far as they are still kept.' })
  async alertCount(@Root() rule: Rule, @Ctx() { loaders }: Context): Promise<number> {
    return (await loaders.firingsOfRule.load(rule.id))?.alertCount ?? 0
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'When its newest alert opened; null where it never did.',
  })
  async lastFiredAt(@Root() rule: Rule, @Ctx() { loaders }: Context): Promise<Date | null> {
    return (await loaders.firingsOfRule.load(rule.id))?.lastFiredAt ?? null
  }

  @NeedsScope(ApiScope.OPERATE)
  @Mutation(() => RulePayload, {
    description:
      'Makes a rule, with its actions. It judges exactly the logs and changes stored after the answer.',
  })
  async createRule(
    @Arg('input', () => CreateRuleInput, { description: 'The rule.' }) input: CreateRuleInput,
    @Ctx() { commands }: Context,
  ): Promise<RulePayload> {
    return withinInput(commands.createRule(input))
  }

  @NeedsScope(ApiScope.OPERATE)
  @Mutation(() => RulePayload, {
    description: 'Changes a rule: absent keeps, null clears. What was stored before is not judged again.',
  })
  async updateRule(
    @Arg('id', () => ID, { description: 'The rule.' }) id: string,
    @Arg('input', () => UpdateRuleInput, { description: 'What changes.' }) input: UpdateRuleInput,
    @Ctx() { commands }: Context,
  ): Promise<RulePayload> {
    return withinInput(commands.updateRule(idOf('rule', id), input))
  }

  @NeedsScope(ApiScope.OPERATE)
  @Mutation(() => DeletePayload, {
    description: 'Deletes a rule and its actions; what is unsent is suppressed, its alerts stay.',
  })
  async deleteRule(
    @Arg('id', () => ID, { description: 'The rule.' }) id: string,
    @Ctx() { commands }: Context,
  ): Promise<DeletePayload> {
    return commands.deleteRule(idOf('rule', id))
  }
}
