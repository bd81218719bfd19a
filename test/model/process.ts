import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import twilio from 'twilio'
import { Dispatcher } from '../../src/actions/dispatcher.js'
import type { Limits } from '../../src/actions/limits.js'
import type { DeliveryStore } from '../../src/actions/delivery-store.js'
import type { Handlers } from '../../src/actions/handler.js'
import { createSecretBox } from '../../src/actions/secret-box.js'
import { Judge } from '../../src/alerts/judge.js'
import { theProgram } from '../../src/audit/caller.js'
import { createRuleCommands } from '../../src/commands/rule-commands.js'
import { Inbox } from '../../src/inbox/inbox.js'
import { IntakeCounts } from '../../src/inbox/intake-counts.js'
import { entryReader } from '../../src/inbox/read-entry.js'
import { createTwilioIntake } from '../../src/inbox/twilio-intake.js'
import { createIngest } from '../../src/ingest/ingest.js'
import { Pipeline } from '../../src/pipeline.js'
import { sourceNames, type SourceName } from '../../src/sources/log.js'
import { createPoller } from '../../src/sources/poller.js'
import { createTwilioAccount } from '../../src/sources/twilio-account.js'
import type { Connection } from '../../src/store/data-source.js'
import { Database } from '../../src/store/database.js'
import { PostgresDeliveryStore } from '../../src/store/delivery-store.js'
import { PostgresInboxStore } from '../../src/store/inbox-store.js'
import { PostgresJudgeStore } from '../../src/store/judge-store.js'
import { PostgresLogStore } from '../../src/store/log-store.js'
import { PostgresPollStore } from '../../src/store/poll-store.js'
import { PostgresReceiverStore } from '../../src/store/receiver-store.js'
import { PostgresRuleBook } from '../../src/store/rule-book.js'
import type { SimulatedTwilio } from '../fixtures/simulated-twilio.js'
import type { Receiver } from './receiver.js'
import { Wire } from './wire.js'

const silent = pino({ level: 'silent' })
const nothing = () => undefined
const clock = () => new Date()
const PUBLIC_URL = 'http://giftpulse.example'

/** Small, so that a list of a few records has several of them. */
const PAGE_SIZE = 4

/** A batch of a sequence is small: already with one alert it is asked whether there is room for what it owes. */
const STORM = 1

/** How long a stop waits for tries in flight, in milliseconds. */
const DRAIN_MS = 50

export type RuleCommands = ReturnType<typeof createRuleCommands>

/** All of the product that carries state from a source to a receiver, as one process of it, without timers: `sweep` is its only clock. */
export class Process {
  /** Rules that threw. */
  readonly ruleFailures: unknown[] = []
  /** Store calls of the dispatcher that are not answered yet. */
  private asked = 0
  private isEnding = false
  private death: Promise<void> | null = null

  private constructor(
    readonly wire: Wire,
    private readonly database: Database,
    private readonly receiver: Receiver,
    private readonly account: SimulatedTwilio,
    private readonly limits: Limits,
  ) {}

  static async start(
    to: Connection,
    account: SimulatedTwilio,
    receiver: Receiver,
    limits: Limits,
  ): Promise<Process> {
    const wire = new Wire(to)
    const process = new Process(wire, await Database.open(wire.connection, silent), receiver, account, limits)
    try {
      await process.polls.prepare(account.accountSid, sourceNames, 1)
    } catch (failure) {
      await process.die()
      throw failure
    }
    return process
  }

  get isDead(): boolean {
    return this.wire.state === 'dead'
  }

  private readonly secrets = createSecretBox('a secret key')
  private readonly handlers: Handlers = (() => {
    const handler = this.receiver.handlerOf()
    return { list: [handler], get: () => handler, close: async () => undefined }
  })()
  private readonly dispatcher = new Dispatcher({
    store: this.followed(new PostgresDeliveryStore(this.database)),
    handlers: this.handlers,
    secrets: this.secrets,
    limits: this.limits,
    retryBaseSeconds: 100,
    logger: silent,
    onChange: nothing,
    onNextDue: nothing,
  })
  private readonly judge = new Judge(this.judgeStore(), {
    judged: (report) => this.pipeline.judged(report),
    ruleFailed: (_ruleId, error) => void this.ruleFailures.push(error),
    setAside: (_transition, failure) => void this.ruleFailures.push(failure),
  })
  private readonly pipeline: Pipeline = new Pipeline({
    ingest: createIngest(new PostgresLogStore(this.database), { pollIntervalSeconds: 1 }, clock),
    judge: this.judge,
    dispatcher: this.dispatcher,
    wakeDeliverers: nothing,
    publish: nothing,
    onError: nothing,
  })
  private readonly inbox = new Inbox({
    store: new PostgresInboxStore(this.database),
    reader: (entries) => entryReader(entries, new PostgresReceiverStore(this.database)),
    ingest: (sightings) => this.pipeline.sourceSaw(sightings, [], { backfillBefore: null }),
    works: true,
    onError: nothing,
  })
  private readonly intake = createTwilioIntake({
    account: this.account,
    publicUrl: PUBLIC_URL,
    inbox: this.inbox,
    counts: new IntakeCounts(clock, nothing),
    clock,
  })
  private readonly polls = new PostgresPollStore(this.database, 0)
  private readonly poller = createPoller({
    account: createTwilioAccount({
      accountSid: this.account.accountSid,
      username: this.account.accountSid,
      password: this.account.authToken,
      baseUrl: this.account.url,
      pageSize: PAGE_SIZE,
    }),
    store: this.polls,
    ingest: (...seen) => this.pipeline.listGave(...seen),
    judgedSoFar: (signal) => this.pipeline.judgedSoFar(signal),
    settings: { intervalSeconds: 1, lookbackMinutes: 15, backfillDays: 1 },
    clock,
    logger: silent,
  })
  private readonly book = new PostgresRuleBook(this.judge, () => this.pipeline.deliverSoon(), {
    handlers: this.handlers,
    secrets: this.secrets,
  })

  readonly rules: RuleCommands = createRuleCommands({
    book: this.book.as(theProgram),
    handlers: this.handlers,
    secrets: this.secrets,
  })

  private judgeStore(): PostgresJudgeStore {
    const sending = { limits: this.limits, recipientsOf: () => this.handlers.get('log').recipients({}) }
    return new PostgresJudgeStore(this.database, sending, STORM)
  }

  /** Polls every source that is due; answers those whose poll ended well. */
  async poll(): Promise<SourceName[]> {
    const outcomes = await Promise.allSettled(
      sourceNames.map((source) => this.poller.poll(source, { force: false })),
    )
    return sourceNames.filter((_, index) => {
      const outcome = outcomes[index]
      return outcome?.status === 'fulfilled' && outcome.value.kind === 'polled'
    })
  }

  /** Answers whether the callback was taken. */
  async callback(parameters: Record<string, string>): Promise<boolean> {
    const target = '/webhooks/twilio'
    const receipt = await this.intake.receive({
      target,
      signature: twilio.getExpectedTwilioSignature(this.account.authToken, PUBLIC_URL + target, parameters),
      isForm: true,
      body: Buffer.from(new URLSearchParams(parameters).toString()),
    })
    return receipt.kind === 'accepted'
  }

  /** What the product does every two seconds, and then waits until nothing moves any more. Answers whether all of it went well. */
  async sweep(): Promise<boolean> {
    const results = []
    for (const work of [
      () => this.inbox.work(),
      () => this.pipeline.judgeStored(),
      () => this.dispatcher.wake(),
    ])
      results.push(await work().then(...asBoolean))
    while (this.asked > 0) await pause(1)
    return results.every(Boolean) && this.wire.state === 'open'
  }

  /** SIGTERM. */
  async stop(): Promise<void> {
    this.isEnding = true
    await Promise.all([this.poller.stop(), this.inbox.stop(), this.dispatcher.drain(DRAIN_MS)])
    await this.die()
  }

  /** SIGKILL: nothing of it reaches the database or the receiver any more. */
  die(): Promise<void> {
    this.isEnding = true
    this.wire.die()
    return (this.death ??= this.letGo())
  }

  private async letGo(): Promise<void> {
    await Promise.all([this.poller.stop(), this.inbox.stop(), this.dispatcher.drain(0)])
    await this.database.close()
  }

  /** Counts what is asked of it; where the process ends and cannot record its tries, they end without a trace. */
  private followed(store: DeliveryStore): DeliveryStore {
    return new Proxy(store, {
      get: (target, name: keyof DeliveryStore) => {
        if (name === 'isAway') return target.isAway.bind(target)
        const ask = target[name].bind(target) as (...parameters: unknown[]) => Promise<unknown>
        return async (...parameters: unknown[]) => {
          this.asked += 1
          try {
            return await ask(...parameters)
          } catch (failure) {
            if ((this.isDead || this.isEnding) && (name === 'end' || name === 'release')) return null
            throw failure
          } finally {
            // Whoever goes on with the answer asks anew before this is told.
            setImmediate(() => (this.asked -= 1))
          }
        }
      },
    })
  }
}

const asBoolean = [() => true, () => false] as const
