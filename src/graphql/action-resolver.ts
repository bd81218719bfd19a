import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { Action } from '../actions/action.js'
import { ApiScope } from '../keys/scope.js'
import type { Rule } from '../rules/rule.js'
import type { RuleReads } from '../store/rule-reads.js'
import { idOf } from '../store/row-id.js'
import { isUuid } from '../store/uuid.js'
import { CreateActionInput, UpdateActionInput } from './action-inputs.js'
import { ActionObject } from './action-object.js'
import { withinInput } from './arguments.js'
import type { Context } from './context.js'
import { NeedsScope } from './needs-scope.js'
import { ActionPayload, DeletePayload, TestActionPayload } from './payloads.js'
import { RuleObject } from './rule-object.js'
import { Json } from './scalars.js'

/** The config of a stored action as it may be shown: every secret masked. */
export type MaskConfig = (action: Action) => Readonly<Record<string, unknown>>

@Resolver(() => ActionObject)
export class ActionResolver {
  constructor(
    private readonly reads: RuleReads,
    private readonly maskConfig: MaskConfig,
  ) {}

  @NeedsScope(ApiScope.READ)
  @Query(() => [ActionObject], { description: 'The actions, oldest first, without the deleted ones.' })
  async actions(
    @Arg('ruleId', () => ID, { nullable: true, description: 'Only those of this rule.' })
    ruleId: string | null | undefined,
  ): Promise<Action[]> {
    if (ruleId == null) return this.reads.actions(null)
    return isUuid(ruleId) ? this.reads.actions([ruleId]) : []
  }

  @NeedsScope(ApiScope.READ)
  @Query(() => ActionObject, {
    nullable: true,
    description: 'One action; null where there is none with this id, or no longer.',
  })
  async action(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { loaders }: Context,
  ): Promise<Action | null> {
    const action = isUuid(id) ? await loaders.action.load(id.toLowerCase()) : null
    return action?.deletedAt ? null : action
  }

  @FieldResolver(() => Json, { description: 'Its settings, with every secret masked.' })
  config(@Root() action: Action): Readonly<Record<string, unknown>> {
    return this.maskConfig(action)
  }

  @FieldResolver(() => RuleObject, { description: 'The rule it belongs to, also after it was deleted.' })
  rule(@Root() action: Action, @Ctx() { loaders }: Context): Promise<Rule | null> {
    return loaders.rule.load(action.ruleId)
  }

  @NeedsScope(ApiScope.OPERATE)
  @Mutation(() => ActionPayload, { description: 'Makes an action of a rule.' })
  async createAction(
    @Arg('input', () => CreateActionInput, { description: 'The action.' }) input: CreateActionInput,
    @Ctx() { commands }: Context,
  ): Promise<ActionPayload> {
    return withinInput(commands.createAction(input))
  }

  @NeedsScope(ApiScope.OPERATE)
  @Mutation(() => ActionPayload, { description: 'Changes an action; absent keeps.' })
  async updateAction(
    @Arg('id', () => ID, { description: 'The action.' }) id: string,
    @Arg('input', () => UpdateActionInput, { description: 'What changes.' }) input: UpdateActionInput,
    @Ctx() { commands }: Context,
  ): Promise<ActionPayload> {
    return withinInput(commands.updateAction(idOf('action', id), input))
  }

  @NeedsScope(ApiScope.OPERATE)
  @Mutation(() => DeletePayload, { description: 'Deletes an action; what is unsent is suppressed.' })
  async deleteAction(
    @Arg('id', () => ID, { description: 'The action.' }) id: string,
    @Ctx() { commands }: Context,
  ): Promise<DeletePayload> {
    return commands.deleteAction(idOf('action', id))
  }

  @NeedsScope(ApiScope.OPERATE)
  @Mutation(() => TestActionPayload, {
    description: 'One real try, now, marked as a test; nothing of it is kept.',
  })
  async testAction(
    @Arg('id', () => ID, { description: 'The action.' }) id: string,
    @Arg('logId', () => ID, { nullable: true, description: 'The log to tell of; a sample where left out.' })
    logId: string | null | undefined,
    @Ctx() { commands }: Context,
  ): Promise<TestActionPayload> {
    return commands.testAction(idOf('action', id), logId == null ? null : idOf('log', logId))
  }
}
