import type { Handlers } from '../actions/handler.js'
import type { SecretBox } from '../actions/secret-box.js'
import { NotFoundError } from '../errors.js'
import { checkRule } from '../rules/check-rule.js'
import type { Rule } from '../rules/rule.js'
import { sealedConfig } from './action-commands.js'
import type { Commands, RuleResult } from './commands.js'
import { removeRule, rewriteRule } from './consequences.js'
import { checkAll, parseInput } from './parse-input.js'
import { refuseManaged } from './refuse-managed.js'
import type { ActionSettings, RuleBook } from './rule-book.js'
import { createRuleInput, settingsOf, updateRuleInput, type RuleSettings } from './rule-input.js'

export interface RuleCommandDeps {
  readonly book: RuleBook
  readonly handlers: Handlers
  readonly secrets: SecretBox
}

type RuleCommands = Pick<Commands, 'createRule' | 'updateRule' | 'deleteRule'>

export function createRuleCommands({ book, handlers, secrets }: RuleCommandDeps): RuleCommands {
  return {
    async createRule(input): Promise<RuleResult> {
      const { actions, ...settings } = parseInput(createRuleInput, input)
      const warnings: string[] = []
      const sealed: ActionSettings[] = []
      checkAll(
        () => warnings.push(...checkRule(settings).warnings),
        ...actions.map((action, index) => () => {
          const checked = sealedConfig(
            { handlers, secrets },
            action.actionType,
            action.config ?? {},
            null,
            `actions.${index}.config`,
          )
          warnings.push(...checked.warnings)
          sealed.push({ ...action, config: checked.config })
        }),
      )
      return { rule: await insert(settings, sealed), warnings }
    },

    async updateRule(id, input): Promise<RuleResult> {
      const given = parseInput(updateRuleInput, input)
      return book.change(async (writer) => {
        const before = await writer.rule(id)
        if (!before) throw new NotFoundError('rule', id)
        refuseManaged('rule', before)
        const settings = { ...settingsOf(before), ...given } as RuleSettings
        const { warnings } = checkRule(settings)
        return { rule: await rewriteRule(writer, before, settings), warnings }
      })
    },

    deleteRule(id) {
      return book.change(async (writer) => {
        const before = await writer.rule(id)
        if (!before) throw new NotFoundError('rule', id)
        refuseManaged('rule', before)
        await removeRule(writer, id)
        return { id }
      })
    },
  }

  function insert(settings: RuleSettings, actions: readonly ActionSettings[]): Promise<Rule> {
    return book.change(async (writer) => {
      const rule = await writer.insertRule(settings)
      for (const action of actions) await writer.insertAction(rule.id, action)
      return rule
    })
  }
}
