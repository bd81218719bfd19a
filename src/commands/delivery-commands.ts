import { randomUUID } from 'node:crypto'
import type { Action } from '../actions/action.js'
import { DeliveryStatus } from '../actions/delivery.js'
import { openConfig } from '../actions/config-secrets.js'
import { ActionError, type Handlers, type Notice } from '../actions/handler.js'
import { SecretBoxError, type SecretBox } from '../actions/secret-box.js'
import { ConflictError, NotFoundError } from '../errors.js'
import type { Rule } from '../rules/rule.js'
import { LogType, type Log } from '../sources/log.js'
import type { Commands } from './commands.js'
import type { RuleBook } from './rule-book.js'

/** What a test needs to read. */
export interface TestSubjects {
  /** Not deleted, with its rule; null where there is none. */
  actionWithRule(id: string): Promise<{ action: Action; rule: Rule } | null>
  log(id: string): Promise<Log | null>
}

/** What is about to be tried by hand. */
export interface Tested {
  readonly actionId: string
  readonly ruleName: string
  /** null: a sample. */
  readonly logId: string | null
}

export interface DeliveryCommandDeps {
  readonly book: RuleBook
  readonly subjects: TestSubjects
  /** Notes a test before anything is sent for it. */
  readonly noteTest: (tested: Tested) => Promise<void>
  readonly handlers: Handlers
  readonly secrets: SecretBox
  readonly clock: () => Date
}

type DeliveryCommands = Pick<Commands, 'testAction' | 'retryDelivery' | 'retryFailedDeliveries'>

/** How long a test may take, in milliseconds. */
const TEST_MS = 60_000

export function createDeliveryCommands({
  book,
  subjects,
  noteTest,
  handlers,
  secrets,
  clock,
}: DeliveryCommandDeps): DeliveryCommands {
  return {
    async testAction(id, logId) {
      const found = await subjects.actionWithRule(id)
      if (!found) throw new NotFoundError('action', id)
      const log = logId === null ? sampleLog(found.rule, clock()) : await subjects.log(logId)
      if (!log) throw new NotFoundError('log', logId ?? '')
      await noteTest({ actionId: found.action.id, ruleName: found.rule.name, logId })
      const handler = handlers.get(found.action.actionType)
      const notice = testNotice(found.rule, log, clock())
      let request: Readonly<Record<string, unknown>> | null = null
      try {
        const config = openConfig(handler, found.action.config, secrets)
        request = handler.request(notice, config)
        const { statusCode, response, result } = await handler.send(
          notice,
          config,
          AbortSignal.timeout(TEST_MS),
        )
        return { success: true, result: { ...result, statusCode, response, request } }
      } catch (thrown) {
        const { message, code, statusCode, response } = asActionError(thrown)
        return { success: false, result: { error: message, code, statusCode, response, request } }
      }
    },

    retryDelivery(id) {
      return book.change(async (writer) => {
        const delivery = await writer.delivery(id)
        if (!delivery) throw new NotFoundError('delivery', id)
        if (delivery.status !== DeliveryStatus.FAILED && delivery.status !== DeliveryStatus.SUPPRESSED)
          throw new ConflictError(
            `Only a failed or suppressed delivery can be retried; this one is ${delivery.status}.`,
          )
        const rule = await writer.rule(delivery.ruleId)
        const action = await writer.action(delivery.actionId)
        if (!rule?.enabled || !action?.enabled)
          throw new ConflictError(
            'Its rule or its action is disabled or deleted: enable both before you retry.',
          )
        return { delivery: await writer.oweAgain(id) }
      })
    },

    retryFailedDeliveries(which) {
      return book.change(async (writer) => ({ count: await writer.oweFailedAgain(which) }))
    },
  }
}

/** A secret that cannot be opened fails the test as an answer would; what nobody foresaw stays an error of ours. */
function asActionError(thrown: unknown): ActionError {
  if (thrown instanceof ActionError) return thrown
  if (!(thrown instanceof SecretBoxError)) throw thrown
  return new ActionError('secret-unreadable', `${thrown.message} Write it again.`, { permanent: true })
}

function testNotice(rule: Rule, log: Log, now: Date): Notice {
  const alert = {
    id: randomUUID(),
    ruleId: rule.id,
    logId: log.id,
    matchCount: 1,
    state: 'firing',
    summary: `Test of ${rule.name}: nothing has happened.`,
    reason: null,
    cause: null,
    triggeredAt: now,
  } as const
  return { kind: 'test', deliveryId: randomUUID(), alert, rule, log, folded: [], lastResult: null }
}

/** A log as the rule might match it, plainly made up. */
function sampleLog(rule: Rule, now: Date): Log {
  return {
    id: randomUUID(),
    twilioSid: 'SM00000000000000000000000000000000',
    accountSid: 'AC00000000000000000000000000000000',
    logType: rule.logType ?? LogType.MESSAGE,
    timestamp: now,
    status: 'undelivered',
    errorCode: '30003',
    errorMessage: 'A sample, sent by a test',
    fromNumber: '+15005550006',
    toNumber: '+15005550009',
    text: 'A sample message',
    rawData: { sample: true },
    processed: true,
    createdAt: now,
    updatedAt: now,
  }
}
