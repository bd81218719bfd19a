import type { Handlers } from '../../src/actions/handler.js'
import { createSecretBox } from '../../src/actions/secret-box.js'
import { Judge } from '../../src/alerts/judge.js'
import { type Caller, theProgram } from '../../src/audit/caller.js'
import { createActionCommands } from '../../src/commands/action-commands.js'
import { createConfigurationCommands } from '../../src/commands/configuration/configuration-commands.js'
import { createDeliveryCommands, type Tested } from '../../src/commands/delivery-commands.js'
import { createEraseCommand } from '../../src/commands/erase-command.js'
import { createKeyCommands } from '../../src/commands/key-commands.js'
import { createReceiverCommands } from '../../src/commands/receiver-commands.js'
import { createRuleCommands } from '../../src/commands/rule-commands.js'
import { noteTest } from '../../src/store/audit-trail.js'
import { AuditedKeys } from '../../src/store/audited-keys.js'
import { AuditedReceivers } from '../../src/store/audited-receivers.js'
import type { Database } from '../../src/store/database.js'
import { ErasedNumbers } from '../../src/store/erased-numbers.js'
import { PostgresJudgeStore } from '../../src/store/judge-store.js'
import { PostgresRuleBook } from '../../src/store/rule-book.js'
import { StoredTestSubjects } from '../../src/store/test-subjects.js'

/** The commands on a real database, as a process with this SECRET_KEY has them. */
export function commandsOn(
  database: Database,
  handlers: Handlers,
  secretKey: string,
  caller: Caller = theProgram,
) {
  const judge = new Judge(new PostgresJudgeStore(database), {
    judged: () => undefined,
    ruleFailed: () => undefined,
    setAside: () => undefined,
  })
  const secrets = createSecretBox(secretKey)
  const parts = {
    book: new PostgresRuleBook(judge, () => undefined, { handlers, secrets }).as(caller),
    subjects: new StoredTestSubjects(database),
    noteTest: (tested: Tested) => noteTest(database, caller, tested),
    handlers,
    secrets,
    clock: () => new Date(),
  }
  return {
    ...createRuleCommands(parts),
    ...createActionCommands(parts),
    ...createDeliveryCommands(parts),
    ...createConfigurationCommands(parts),
    ...createEraseCommand({ ...parts, eraser: new ErasedNumbers(database, secrets, () => undefined) }),
    ...createReceiverCommands({
      receivers: new AuditedReceivers(database, caller, secrets),
      secrets,
      replay: async () => false,
      receivedById: async () => null,
    }),
    ...createKeyCommands({
      keys: new AuditedKeys(database, caller),
      forgetKey: () => undefined,
      clock: parts.clock,
    }),
  }
}
