import type { Judge } from '../alerts/judge.js'
import type { Caller } from '../audit/caller.js'
import type { RuleBook, RuleWriter } from '../commands/rule-book.js'
import { AuditTrail } from './audit-trail.js'
import { AuditedRuleWriter, type Secrecy } from './audited-rule-writer.js'
import { feedHead } from './feed-writes.js'
import type { PostgresJudgeSession } from './judge-store.js'

/** The commands' way in: judges what is stored by the old rules, then writes, all before anything else is judged. */
export class PostgresRuleBook {
  constructor(
    private readonly judge: Judge<PostgresJudgeSession>,
    /** After a change was committed, with the feed's head. */
    private readonly onChange: (upTo: number) => void,
    private readonly secrecy: Secrecy,
  ) {}

  /** The book as one caller changes it: what they change is noted in the same transaction. */
  as(caller: Caller): RuleBook {
    return { change: (work) => this.change(caller, work) }
  }

  private async change<Result>(
    caller: Caller,
    work: (writer: RuleWriter) => Promise<Result>,
  ): Promise<Result> {
    const { result, upTo } = await this.judge.beforeChange(async ({ tx }) => ({
      result: await work(new AuditedRuleWriter(tx, new AuditTrail(tx, caller), this.secrecy)),
      upTo: await feedHead(tx),
    }))
    this.onChange(upTo)
    return result
  }
}
