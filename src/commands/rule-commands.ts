import type { Handlers } from '../actions/handler.js'
import type { SecretBox } from '../actions/secret-box.js'
import { NotFoundError } from '../errors.js'
import { checkRule } from '../rules/check-rule.js'
import { PatternType, type Rule } from '../rules/rule.js'
import { sealedConfig } from './action-commands.js'
import type { Commands, RuleResult } from './commands.js'
import { checkAll, parseInput } from './parse-input.js'
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
        const settings = { ...settingsOf(before), ...given } as RuleSettings
        const { warnings } = checkRule(settings)
        const rule = await writer.updateRule(id, settings, { recount: looksElsewhere(before, settings) })
        if (before.enabled && !settings.enabled)
          await writer.suppressUnsent({ ruleId: id }, 'the rule was disabled')
        return { rule, warnings }
      })
    },

    deleteRule(id) {
      return book.change(async (writer) => {
        if (!(await writer.rule(id))) throw new NotFoundError('rule', id)
        await writer.deleteRule(id)
        await writer.suppressUnsent({ ruleId: id }, 'the rule was deleted')
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

/** Whether an edit changes what a threshold counts; switched on again, it has missed what came meanwhile. */
function looksElsewhere(before: Rule, after: RuleSettings): boolean {
  const keys = [
    'enabled',
    'logType',
    'patternType',
    'patternValue',
    'thresholdCount',
    'thresholdWindowMinutes',
  ] as const
  return after.patternType === PatternType.THRESHOLD && keys.some((key) => before[key] !== after[key])
}
