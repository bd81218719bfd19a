import type { Action } from '../actions/action.js'
import type { TestSubjects } from '../commands/delivery-commands.js'
import type { Rule } from '../rules/rule.js'
import type { Log } from '../sources/log.js'
import type { Statements } from './database.js'
import { LogReads } from './log-reads.js'
import { RuleReads } from './rule-reads.js'
import { isUuid } from './uuid.js'

/** What a test of an action is made from, as it is stored. */
export class StoredTestSubjects implements TestSubjects {
  constructor(private readonly statements: Statements) {}

  async actionWithRule(id: string): Promise<{ action: Action; rule: Rule } | null> {
    if (!isUuid(id)) return null
    const reads = new RuleReads(this.statements)
    const action = (await reads.actionsByIds([id])).get(id.toLowerCase())
    if (!action || action.deletedAt !== null) return null
    const rule = (await reads.rulesByIds([action.ruleId])).get(action.ruleId)
    return rule && rule.deletedAt === null ? { action, rule } : null
  }

  async log(id: string): Promise<Log | null> {
    if (!isUuid(id)) return null
    return (await new LogReads(this.statements).byIds([id])).get(id.toLowerCase()) ?? null
  }
}
