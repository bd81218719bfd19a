import type { Handlers } from '../actions/handler.js'
import type { SecretBox } from '../actions/secret-box.js'
import { NotFoundError } from '../errors.js'
import { checkRule } from '../rules/check-rule.js'
import type { Rule } from '../rules/rule.js'
import type { Commands, RuleResult } from './commands.js'
import { removeRule, rewriteRule } from './consequences.js'
import { readNewRule } from './new-rule.js'
import { parseChecked } from './parse-input.js'
import { refuseManaged } from './refuse-managed.js'
import type { ActionSettings, RuleBook } from './rule-book.js'
import { settingsOf, updateRuleInput, type RuleSettings } from './rule-input.js'

export interface RuleCommandDeps {
  readonly book: RuleBook
  readonly handlers: Handlers
  readonly secrets: SecretBox
}

type RuleCommands = Pick<Commands, 'createRule' | 'updateRule' | 'deleteRule'>

export function createRuleCommands({ book, handlers, secrets }: RuleCommandDeps): RuleCommands {
  return {
    async createRule(input): Promise<RuleResult> {
      const { settings, actions, warnings } = readNewRule({ handlers, secrets }, input)
      return { rule: await insert(settings, actions), warnings }
    },

    async updateRule(id, input): Promise<RuleResult> {
      return book.change(async (writer) => {
        const before = await writer.rule(id)
        if (!before) throw new NotFoundError('rule', id)
        refuseManaged('rule', before)
        const stood = settingsOf(before)
        let warnings: readonly string[] = []
        const given = parseChecked(updateRuleInput, input, (parts) => {
          warnings = checkRule({ ...stood, ...parts }).warnings
        })
        const settings = { ...stood, ...given } as RuleSettings
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
