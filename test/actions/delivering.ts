import { z } from 'zod'
import { pino } from 'pino'
import { Dispatcher, type DispatcherDeps } from '../../src/actions/dispatcher.js'
import {
  ActionError,
  type Handler,
  type Handlers,
  type Notice,
  type Outcome,
} from '../../src/actions/handler.js'
import { createSecretBox } from '../../src/actions/secret-box.js'
import { theProgram } from '../../src/audit/caller.js'
import { createActionCommands } from '../../src/commands/action-commands.js'
import { createDeliveryCommands } from '../../src/commands/delivery-commands.js'
import { createRuleCommands } from '../../src/commands/rule-commands.js'
import { Judge } from '../../src/alerts/judge.js'
import type { Rule } from '../../src/rules/rule.js'
import type { Database } from '../../src/store/database.js'
import { PostgresDeliveryStore } from '../../src/store/delivery-store.js'
import type { SendingLimits } from '../../src/store/full-actions.js'
import { type PostgresJudgeSession, PostgresJudgeStore } from '../../src/store/judge-store.js'
import { PostgresRuleBook } from '../../src/store/rule-book.js'
import { StoredTestSubjects } from '../../src/store/test-subjects.js'
import { type Core, aSighting, openCore } from '../fixtures/core.js'
import { type TestDatabase, openTestDatabase } from '../fixtures/database.js'

/** A delivery as it lies in the table, its times as milliseconds from the database's now. */
export interface StoredDelivery {
  readonly id: string
  readonly kind: string
  readonly status: string
  readonly success: boolean | null
  readonly result: { readonly reason?: string; readonly foldedInto?: string; readonly error?: string } | null
  readonly attemptCount: number
  readonly failedTries: number
  readonly crashedTries: number
  readonly isLeased: boolean
  readonly dueInMs: number | null
}

export interface StoredAttempt {
  readonly deliveryId: string
  readonly ended: boolean
  readonly success: boolean
  readonly durationMs: number
  readonly statusCode: number | null
  readonly error: string | null
  readonly response: string | null
}

export const ok: Outcome = { statusCode: 200, response: 'ok', result: {} }

/** How many tries the scripted handler has after the first. */
export const RETRIES = 3

/** Sends by what the test says, in place of one of the product's handlers; `recipients` of its config count for the email limit. */
export class ScriptedHandler implements Handler {
  readonly type = 'log'
  readonly title = 'a script'
  readonly description = 'Does what the test says.'
  readonly retryAttempts = RETRIES
  readonly schema = z.looseObject({})
  readonly notices: Notice[] = []
  script: (notice: Notice, signal: AbortSignal) => Promise<Outcome> = async () => ok

  mapSecrets<C>(config: C): C {
    return config
  }

  recipients(config: { readonly recipients?: readonly string[] }): readonly string[] {
    return config.recipients ?? []
  }

  request(): Record<string, unknown> {
    return {}
  }

  send(notice: Notice, _config: object, signal: AbortSignal): Promise<Outcome> {
    this.notices.push(notice)
    // Like every handler it can be stopped, or a test that fails half-way would keep its dispatchers for ever.
    const stopped = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new ActionError('aborted', 'stopped')))
    })
    return Promise.race([this.script(notice, signal), stopped])
  }
}

/** Everything between an alert and what is sent for it, on a real database; only the sending itself is scripted. */
export class Delivering {
  readonly handler = new ScriptedHandler()
  readonly handlers: Handlers = {
    list: [this.handler],
    get: () => this.handler,
    close: async () => undefined,
  }
  readonly store: PostgresDeliveryStore
  readonly database: Database
  private readonly judge: Judge<PostgresJudgeSession>
  readonly warnings: string[] = []
  private readonly dispatchers: Dispatcher[] = []

  private constructor(
    private readonly test: TestDatabase,
    readonly core: Core,
  ) {
    this.store = new PostgresDeliveryStore(test.database)
    this.database = test.database
    this.judge = new Judge(new PostgresJudgeStore(test.database), {
      judged: () => undefined,
      ruleFailed: () => undefined,
      setAside: () => undefined,
    })
  }

  static async open(): Promise<Delivering> {
    const test = await openTestDatabase()
    return new Delivering(test, openCore(test.database))
  }

  /** Another process's dispatcher, as far as the database can tell. */
  dispatcher(over: Partial<DispatcherDeps> = {}): Dispatcher {
    const dispatcher = new Dispatcher({
      store: this.store,
      handlers: this.handlers,
      secrets: createSecretBox('a secret key'),
      limits: { emailMaxPerMinute: 0, stormMaxPerMinute: 0 },
      retryBaseSeconds: 100,
      logger: pino({ level: 'warn' }, { write: (line: string) => void this.warnings.push(line) }),
      onChange: () => undefined,
      onNextDue: () => undefined,
      ...over,
    })
    this.dispatchers.push(dispatcher)
    return dispatcher
  }

  get commands() {
    const secrecy = { handlers: this.handlers, secrets: createSecretBox('a secret key') }
    const parts = {
      book: new PostgresRuleBook(this.judge, () => undefined, secrecy).as(theProgram),
      ...secrecy,
      subjects: new StoredTestSubjects(this.test.database),
      noteTest: async () => undefined,
      clock: () => new Date(),
    }
    return { ...createRuleCommands(parts), ...createActionCommands(parts), ...createDeliveryCommands(parts) }
  }

  /** Makes a rule with these actions and lets it fire that often. */
  async owe(count: number, actions: readonly object[] = [{}]): Promise<Rule> {
    const rule = await this.core.createRule({}, actions)
    await this.fire(count)
    return rule
  }

  /** That many new logs match every rule there is, judged by somebody who knows how sending is limited where that is told. */
  async fire(count: number, sending?: SendingLimits): Promise<void> {
    const sightings = Array.from({ length: count }, () => aSighting({ errorCode: '30003' }))
    const core = sending ? openCore(this.database, undefined, sending) : this.core
    await core.ingest(sightings, [], { backfillBefore: null })
    await core.judge.judgeAll()
  }

  deliveries(): Promise<StoredDelivery[]> {
    return this.query(
      `SELECT id, kind, status, success, action_result AS result, attempt_count AS "attemptCount", failed_tries AS "failedTries",
              crashed_tries AS "crashedTries", lease_token IS NOT NULL AS "isLeased",
              (extract(epoch FROM next_attempt_at - now()) * 1000)::int AS "dueInMs"
         FROM deliveries ORDER BY kind, triggered_at, id`,
    )
  }

  async delivery(): Promise<StoredDelivery> {
    const [only] = await this.deliveries()
    if (!only) throw new Error('nothing is owed')
    return only
  }

  attempts(): Promise<StoredAttempt[]> {
    return this.query(
      `SELECT delivery_id AS "deliveryId", ended_at IS NOT NULL AS ended, success, duration_ms AS "durationMs",
              status_code AS "statusCode", error, response FROM delivery_attempts ORDER BY id`,
    )
  }

  /** As if the holders of all leases, or of that on one delivery, had been dead for long. */
  async expireLeases(deliveryId: string | null = null): Promise<void> {
    await this.query(
      `UPDATE deliveries SET lease_until = now() - interval '1 second'
        WHERE lease_token IS NOT NULL AND ($1::uuid IS NULL OR id = $1)`,
      [deliveryId],
    )
  }

  /** As if every pause were over, within the same minute. */
  async makeDue(): Promise<void> {
    await this.query(`UPDATE deliveries SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL`)
  }

  /** As if every pause were over, and the minute that the limits look back with it. */
  async endPauses(): Promise<void> {
    await this.makeDue()
    await this.query(`UPDATE sends SET at = at - interval '2 minutes'`)
  }

  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> {
    return this.test.database.query(sql, parameters)
  }

  /** Ends the dispatchers and empties the tables, for the next test. */
  async reset(): Promise<void> {
    for (const dispatcher of this.dispatchers.splice(0)) await dispatcher.drain(0)
    this.handler.notices.length = 0
    this.handler.script = async () => ok
    this.warnings.length = 0
    await this.query(
      `TRUNCATE logs, log_transitions, rules, actions, alerts, alert_logs, deliveries, delivery_attempts, sends, rule_verdicts, feed`,
    )
    await this.query(`UPDATE system_state SET rule_revision = rule_revision + 1`)
  }

  close(): Promise<void> {
    return this.test.close()
  }
}

/** A promise that the test fulfils. */
export function aGate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => undefined as void
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}

/** Waits for a gate as a handler does for its receiver. */
export function openedOrAborted(gate: ReturnType<typeof aGate>, signal: AbortSignal): Promise<void> {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new ActionError('aborted', 'stopped')))
  })
  return Promise.race([gate.opened, aborted])
}
