import type { Handlers } from '../../src/actions/handler.js'
import { createSecretBox } from '../../src/actions/secret-box.js'
import { Judge } from '../../src/alerts/judge.js'
import { createActionCommands } from '../../src/commands/action-commands.js'
import { createConfigurationCommands } from '../../src/commands/configuration/configuration-commands.js'
import { createDeliveryCommands } from '../../src/commands/delivery-commands.js'
import { createRuleCommands } from '../../src/commands/rule-commands.js'
import type { Database } from '../../src/store/database.js'
import { PostgresJudgeStore } from '../../src/store/judge-store.js'
import { PostgresRuleBook } from '../../src/store/rule-book.js'
import { StoredTestSubjects } from '../../src/store/test-subjects.js'

/** The commands on a real database, as a process with this SECRET_KEY has them. */
export function commandsOn(database: Database, handlers: Handlers, secretKey: string) {
  const judge = new Judge(new PostgresJudgeStore(database), {
    judged: () => undefined,
    ruleFailed: () => undefined,
  })
  const parts = {
    book: new PostgresRuleBook(judge, () => undefined),
    subjects: new StoredTestSubjects(database),
    handlers,
    secrets: createSecretBox(secretKey),
    clock: () => new Date(),
  }
  return {
    ...createRuleCommands(parts),
    ...createActionCommands(parts),
    ...createDeliveryCommands(parts),
    ...createConfigurationCommands(parts),
  }
}
