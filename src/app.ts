import { fileURLToPath } from 'node:url'
import { type Action, ActionType } from './actions/action.js'
import { describeHandlers } from './actions/describe-handlers.js'
import { Dispatcher } from './actions/dispatcher.js'
import { maskConfig } from './actions/config-secrets.js'
import { createHandlers } from './actions/index.js'
import { createHeartbeatPing } from './actions/heartbeat-ping.js'
import { createOutboundHttp } from './actions/outbound-http.js'
import { recipientsBy } from './actions/handler.js'
import { createSecretBox } from './actions/secret-box.js'
import { Judge } from './alerts/judge.js'
import { theProgram } from './audit/caller.js'
import { createActionCommands } from './commands/action-commands.js'
import type { Commands, CommandsFor } from './commands/commands.js'
import { createConfigurationCommands } from './commands/configuration/configuration-commands.js'
import { createDeliveryCommands, type Tested } from './commands/delivery-commands.js'
import { createEraseCommand } from './commands/erase-command.js'
import { createKeyCommands } from './commands/key-commands.js'
import { createPreviewCommand } from './commands/preview-command.js'
import { createReceiverCommands } from './commands/receiver-commands.js'
import { createRuleCommands } from './commands/rule-commands.js'
import type { Config, TwilioConfig } from './config.js'
import { ensureApiKey, type OwnApiKey, secretKeysOf } from './data-keys.js'
import { startDemoAccount } from './demo/demo-account.js'
import { demoRules } from './demo/demo-rules.js'
import { MemoryBus } from './events/bus.js'
import { FeedSubscriptions } from './events/feed-subscriptions.js'
import { FeedTail } from './events/feed-tail.js'
import { RedisBus } from './events/redis-bus.js'
import { openRedis } from './events/redis-connection.js'
import { every } from './every.js'
import { startGraphql } from './graphql/server.js'
import { createHealth } from './health.js'
import { createAdmission } from './http/admission.js'
import type { Health } from './http/health.js'
import { RequestLimits } from './http/request-limits.js'
import { createHttpServer, type HttpServer } from './http/server.js'
import { createCustomIntake } from './inbox/custom-intake.js'
import { Inbox } from './inbox/inbox.js'
import { IntakeCounts } from './inbox/intake-counts.js'
import { entryReader } from './inbox/read-entry.js'
import { createTwilioIntake } from './inbox/twilio-intake.js'
import { createIngest } from './ingest/ingest.js'
import { createJobStore } from './jobs/job-store.js'
import { DELIVER, listJobs, SWEEP } from './jobs/jobs.js'
import { Scheduler } from './jobs/scheduler.js'
import { KeyRing } from './keys/key-ring.js'
import { Lifecycle } from './lifecycle.js'
import type { Logger } from './logger.js'
import { Metrics } from './metrics/metrics.js'
import { paced } from './logger/paced.js'
import { rateLimited } from './logger/rate-limited.js'
import { Pipeline } from './pipeline.js'
import { createPreview } from './preview/preview.js'
import { createRest } from './rest/rest.js'
import { sourceNames } from './sources/log.js'
import { createPoller, type Poller } from './sources/poller.js'
import type { SourceHealth } from './sources/source-health.js'
import { latenessBound, latenessOf, staleInWords } from './sources/staleness.js'
import { createTwilioAccount } from './sources/twilio-account.js'
import { AccountStore } from './store/account-store.js'
import { AuditedKeys } from './store/audited-keys.js'
import { AuditedReceivers } from './store/audited-receivers.js'
import { notePoll, noteTest } from './store/audit-trail.js'
import { Database } from './store/database.js'
import { DatabaseWatch } from './store/database-watch.js'
import type { Connection } from './store/data-source.js'
import { acquireDataDirLock } from './store/embedded/data-dir-lock.js'
import { openEmbeddedPostgres } from './store/embedded/embedded-postgres.js'
import { DeliveriesWithoutErased, InboxWithoutErased, ingestWithoutErased } from './store/erased-kept-out.js'
import { ErasedNumbers } from './store/erased-numbers.js'
import { FeedReads } from './store/feed-reads.js'
import { StoredHistory } from './store/history.js'
import { AuditedInbox } from './store/inbox-store.js'
import { PostgresJudgeStore } from './store/judge-store.js'
import { readFailing } from './store/failing-reads.js'
import { FailingRules } from './store/failing-rules.js'
import { embeddedFolder } from './store/installation.js'
import { KeyStore } from './store/key-store.js'
import { PostgresLogStore } from './store/log-store.js'
import { PersonalReads } from './store/personal-reads.js'
import { openPool } from './store/pool.js'
import { PostgresPollStore } from './store/poll-store.js'
import { Reads } from './store/reads.js'
import { PostgresReceiverStore } from './store/receiver-store.js'
import { Retention } from './store/retention.js'
import { PostgresRuleBook } from './store/rule-book.js'
import { readStanding } from './store/standing-reads.js'
import { StoredSecrets } from './store/stored-secrets.js'
import { PostgresSystemAlerts } from './store/system-alerts.js'
import { StoredTestSubjects } from './store/test-subjects.js'
import { wrongAddressInWords } from './store/wrong-address.js'
import { version } from './version.js'
import { isSkewed, secondsAhead, skewInWords } from './watch/clock-skew.js'
import { HealthCode, type HealthNotice, noticesOf } from './watch/health-notice.js'
import { Heartbeat } from './watch/heartbeat.js'
import { SystemWatch } from './watch/system-watch.js'
import { troublesAtWork, troublesOf } from './watch/troubles.js'
import { weaknessesOf } from './watch/weaknesses.js'

/** A product that runs. */
export interface App {
  /** Where it is reached. */
  readonly url: string
  /** Takes on nothing more, finishes what is in flight (25 s at most), lets go of everything. */
  stop(): Promise<void>
}

/** A list is read to the end of a whole page of older records: small pages end it soon, and the demo's are in order. */
const DEMO_PAGE_SIZE = 100

/** How long what is in flight gets at a shutdown, in milliseconds: the contract's 25 s, less what giving back the rest takes. */
const DRAIN_MS = 23_000

/** How much too early a poll may come, in milliseconds, at most and as a part of the interval: schedulers are not exact. */
const EARLIEST_MS = 250
const EARLIEST_PART = 0.1

/** How often it is looked whether something is wrong with GiftPulse itself, and whether all is well, in milliseconds. */
const WATCH_MS = 5_000
const HEARTBEAT_MS = 5_000

/** A longer gap between two processes is no restart, in seconds: lists that were not read in it get their time. */
const RESTART_SECONDS = 60

/** How long a living owner of the data directory is waited for, in milliseconds. */
const DATA_DIR_WAIT_MS = 30_000

/**
 * Starts the product: everything is made here, once, and stops in reverse. Rejects, with everything stopped again, where the
 * start makes no sense; a Postgres, MongoDB or Redis that is away is waited for instead.
 *
 * @param print writes a line for the person who starts it, as plain text.
 */
export async function startApp(config: Config, logger: Logger, print: (line: string) => void): Promise<App> {
  const life = new Lifecycle(logger)
  try {
    return await start(config, logger, print, life)
  } catch (failure) {
    await life.stop()
    throw failure
  }
}

async function start(
  config: Config,
  logger: Logger,
  print: (line: string) => void,
  life: Lifecycle,
): Promise<App> {
  const clock = () => new Date()
  const startedAt = clock()
  const { intervalSeconds: pollSeconds } = config.polling
  const quiet = paced(logger, 1_000)
  // Also where the process ends in another way than in order.
  const flushLines = (): void => quiet.flush()
  process.once('exit', flushLines)
  life.onStop('lines that wait', () => {
    process.off('exit', flushLines)
    flushLines()
  })
  const works = config.role !== 'api'
  const isEmbedded = config.databaseUrl === null
  const troubles = new Map<string, () => string | null>()

  // Keys and the data directory
  if (isEmbedded) {
    const release = await acquireDataDirLock(config.dataDir, {
      waitMs: DATA_DIR_WAIT_MS,
      onWait: ({ pid, since }) =>
        logger.warn(
          { pid, since },
          `the data directory is in use; waiting up to ${DATA_DIR_WAIT_MS / 1_000} s for its owner to end`,
        ),
    })
    life.onStop('data directory', release)
  }
  const apiKey = config.apiKey === null ? await ensureApiKey(config.dataDir) : null
  const secretKeys = await secretKeysOf(config)

  // Who is let in
  let keys: KeyStore | null = null
  const keyRing = new KeyRing(
    () => keys,
    () => performance.now(),
    (failure) => quiet.warn({ err: failure }, 'a key could not be checked'),
  )
  const admission = createAdmission({
    administratorKey: config.apiKey ?? apiKey?.key ?? '',
    ring: keyRing,
    limits: new RequestLimits(),
  })

  // HTTP first, so that it can say that the rest is on its way
  let database: Database | null = null
  let watch: DatabaseWatch | null = null
  let health: (() => Promise<Health>) | null = null
  let weak: readonly HealthNotice[] = []
  let isClockWrong = false
  let stale: readonly SourceHealth[] = []
  const metrics = new Metrics({
    version,
    standing: () => (database ? readStanding(database) : Promise.reject(new Error('starting'))),
    openSockets: () => http.openSockets,
    actionTypes: Object.values(ActionType),
  })
  const http: HttpServer = createHttpServer({
    host: config.apiHost,
    port: config.apiPort,
    publicUrl: config.publicUrl,
    corsOrigins: config.corsOrigins,
    clientDirectory: fileURLToPath(new URL('./client', import.meta.url)),
    authenticate: admission.authenticate,
    logger: quiet,
    readiness: () => {
      const obstacle = life.isStopping
        ? 'stopping'
        : !health
          ? 'starting: Postgres is waited for'
          : watch?.isUp
            ? null
            : 'Postgres is away'
      // What else is wrong degrades it: the dashboard is needed most then.
      return obstacle === null
        ? { isReady: true, reasons: [...weak.map(({ text }) => text), ...staleInWords(stale)] }
        : { isReady: false, reasons: [obstacle] }
    },
    health: () => (health ? health() : Promise.reject(new Error('starting'))),
    exposition: () => metrics.exposition(),
    pollerStatus: async () => {
      if (!database) throw new Error('starting')
      const sources = await new AccountStore(database).sources()
      return { stale: latenessOf(sources, pollSeconds).stale, isWatching: sources.length > 0 }
    },
  })
  await http.listen()
  life.onStop('http', () => http.close())
  const publicUrl = config.publicUrl.endsWith(':0') ? http.url : config.publicUrl

  // Postgres
  const connection = await connect(config, logger, life)
  database = await openDatabase(connection, logger, life)
  const opened = database
  life.onStop('database', () => opened.close())
  watch = new DatabaseWatch(database, connection)
  life.onStop('database watch', () => watch?.stop())
  keys = new KeyStore(database)

  // The account that is watched
  const accounts = new AccountStore(database)
  const twilio = config.demo ? await startDemo(life) : config.twilio
  if (twilio) await accounts.admit(twilio.accountSid, { demo: config.demo })
  if (works) {
    await accounts.watchOnly(twilio ? [twilio.accountSid] : [])
    // Before anybody can ask: nobody has watched while no process ran, and the first polls are due only now.
    await accounts.noteWatching({ gapSeconds: RESTART_SECONDS })
  }

  // The bus between processes, and the feed
  const bus = config.redisUrl === null ? new MemoryBus() : new RedisBus(config.redisUrl, quiet)
  life.onStop('bus', () => bus.close())
  troubles.set('bus', () => bus.trouble())
  const feedReads = new FeedReads(database)
  const tail = new FeedTail(feedReads, bus, quiet, () => metrics.readFeed())
  life.onStop(
    'count of hints',
    bus.onHint(() => metrics.heardHint()),
  )
  await tail.start()
  life.onStop('feed', () => tail.stop())

  // Delivering
  const outbound = createOutboundHttp({ allowPrivateNetworks: config.delivery.webhookAllowPrivateNetworks })
  life.onStop('outbound http', () => outbound.close())
  const handlers = createHandlers({
    smtp: config.smtp,
    http: outbound,
    log: (level, fields, message) => logger[level](fields, message),
    webhook: {
      timeoutSeconds: config.delivery.webhookTimeoutSeconds,
      retryAttempts: config.delivery.webhookRetryAttempts,
    },
    retryAttempts: config.delivery.retryAttempts,
    publicUrl,
    demo: config.demo,
    maskNumbers: config.maskNumbers,
  })
  life.onStop('handlers', () => handlers.close())
  const secrets = createSecretBox(secretKeys.current, secretKeys.old)
  const storedSecrets = new StoredSecrets(database, { handlers, secrets })
  await storedSecrets.refuseWrongKey()
  await storedSecrets.sealPlain()
  const erased = new ErasedNumbers(database, secrets, (failure) =>
    quiet.error({ err: failure }, 'an erased number may have come back: erase it again'),
  )
  const deliveries = new DeliveriesWithoutErased(database, erased)
  if (isEmbedded) await deliveries.freeAll()
  const dispatcher = new Dispatcher({
    store: deliveries,
    handlers,
    secrets,
    limits: config.delivery,
    retryBaseSeconds: config.delivery.retryBaseSeconds,
    logger: quiet,
    onChange: (upTo) => bus.publish(upTo),
    onNextDue: (inMs) => scheduler.wakeIn(DELIVER, inMs),
    onTried: ({ action, alert }, { success, retryInMs }) =>
      metrics.tried(
        action.actionType,
        success ? 'delivered' : retryInMs === null ? 'failed' : 'retried',
        (clock().getTime() - alert.triggeredAt.getTime()) / 1_000,
      ),
    onGivenUp: (actionType) => metrics.gaveUp(actionType),
  })

  // Judging
  const failingRules = new FailingRules(database, () => performance.now())
  const judge = new Judge(
    new PostgresJudgeStore(database, { limits: config.delivery, recipientsOf: recipientsBy(handlers) }),
    {
      judged: (report) => {
        metrics.judged(report)
        pipeline.judged(report)
      },
      ruleFailed: (ruleId, error) => {
        quiet.error({ ruleId, err: error }, 'a rule failed; the others go on')
        metrics.ruleFailed()
        void failingRules.note(ruleId).catch(onOwnTrouble)
      },
      setAside: ({ twilioSid, fact }, error) =>
        quiet.error(
          { twilioSid, status: fact.status, err: error },
          'a status could not be judged and was set aside: no rule has seen it',
        ),
    },
  )
  const onRulesChanged = (upTo: number): void => {
    bus.publish(upTo)
    pipeline.deliverSoon()
  }
  const book = new PostgresRuleBook(judge, onRulesChanged, { handlers, secrets })
  const pipeline: Pipeline = new Pipeline({
    ingest: ingestWithoutErased(
      createIngest(new PostgresLogStore(database), { pollIntervalSeconds: pollSeconds }, clock, (type) =>
        metrics.stored(type),
      ),
      erased,
    ),
    judge,
    dispatcher: works ? dispatcher : null,
    wakeDeliverers: () => scheduler.wake(DELIVER),
    publish: (upTo) => bus.publish(upTo),
    onJudged: (durationMs) => metrics.tookToJudge(durationMs / 1_000),
    onError: (error) =>
      quiet.error({ err: error }, 'judging or delivering failed; the next sweep tries again'),
  })

  // Polling
  const pollers = twilio ? [await preparePoller(twilio)] : []

  // What comes in by webhooks
  const inboxStore = new InboxWithoutErased(database, erased)
  if (isEmbedded) await inboxStore.freeAll()
  const receivers = new PostgresReceiverStore(database)
  const inbox = new Inbox({
    store: inboxStore,
    reader: (entries) => entryReader(entries, receivers),
    ingest: (sightings) => pipeline.sourceSaw(sightings, [], { backfillBefore: null }),
    works,
    onError: (error) =>
      quiet.error({ err: error }, 'working what webhooks brought failed; the next sweep tries again'),
  })
  const counts = new IntakeCounts(clock, (from, outcome, more) => metrics.received(from, outcome, more))

  // Jobs
  const retention = new Retention(database, config.retention)
  const { redisUrl } = config
  const jobStore = createJobStore({
    mongodbUrl: config.mongodbUrl,
    openRedis: redisUrl === null ? null : () => openRedis(redisUrl),
    openPool: () => openPool(connection),
    onError: (error) =>
      quiet.warn({ err: error }, 'the job store fails; work goes on by the timers of this process'),
  })
  const scheduler: Scheduler = new Scheduler({
    store: jobStore,
    jobs: listJobs({
      polls: pollers.flatMap(({ accountSid, poller }) =>
        sourceNames.map((source) => ({
          accountSid,
          source,
          poll: () => poller.poll(source, { force: false }),
        })),
      ),
      pollIntervalMs: pollSeconds * 1_000,
      deliver: () => dispatcher.wake(),
      sweep: async () =>
        sweep(
          pipeline,
          inbox,
          pollers.map(({ poller }) => poller),
        ),
      retain: () => retention.run(),
    }),
    runsJobs: works,
    fallback: SWEEP,
    onError: (error) =>
      quiet.warn({ err: error }, 'the job store fails; work goes on by the timers of this process'),
  })
  troubles.set('jobs', () =>
    scheduler.healthy
      ? null
      : `The job store (${jobStore.kind}) is away; polling and deliveries go on by timers.`,
  )

  // Who watches the watcher
  life.onStop('own troubles', every(WATCH_MS, seeOwnTroubles, onOwnTrouble))
  if (works) watchOver()

  // Commands, GraphQL and REST
  const reads = new Reads(database)
  const preview = createPreview(new StoredHistory(database), () => performance.now())
  const subjects = new StoredTestSubjects(database)
  const commandsFor: CommandsFor = (caller): Commands => {
    const parts = {
      book: book.as(caller),
      handlers,
      secrets,
      clock,
      subjects,
      noteTest: (tested: Tested) => noteTest(opened, caller, tested),
    }
    return {
      ...createRuleCommands(parts),
      ...createActionCommands(parts),
      ...createDeliveryCommands(parts),
      ...createConfigurationCommands(parts),
      ...createReceiverCommands({
        receivers: new AuditedReceivers(opened, caller, secrets),
        secrets,
        replay: (id) => inbox.replay(id, new AuditedInbox(opened, caller)),
        receivedById: async (id) => (await reads.inbox.byIds([id])).get(id) ?? null,
      }),
      ...createKeyCommands({
        keys: new AuditedKeys(opened, caller),
        forgetKey: (id) => keyRing.forget(id),
        clock,
      }),
      ...createPreviewCommand({ ...parts, preview }),
      ...createEraseCommand({ ...parts, eraser: erased }),
      pollNow: async () => {
        await notePoll(opened, caller)
        return pollNow(
          pollers.map(({ poller }) => poller),
          pipeline,
        )
      },
    }
  }
  const personalReads = new PersonalReads(
    database,
    () => performance.now(),
    (failure) => quiet.warn({ err: failure }, 'that personal data were read could not be noted'),
  )
  const currentHealth = createHealth({
    config,
    jobs: jobStore.kind,
    pubsub: bus.kind,
    troubles: () => [
      ...[...troubles.values()].flatMap((trouble) => noticesOf(HealthCode.SERVICE_AWAY, trouble())),
      ...weak,
    ],
    notices: () => noticesOf(HealthCode.WEBHOOKS_REFUSED, counts.notice(publicUrl)),
    sources: async () => {
      const sources = await accounts.sources()
      const tooOld = latenessOf(sources, pollSeconds).stale
      return sources.map((one) => {
        const { accountSid, source, lastSuccessAt, lagSeconds, error, errorKind } = one
        const isStale = tooOld.includes(one)
        return { accountSid, source, lastSuccessAt, lagSeconds, error, errorKind, isStale }
      })
    },
  })
  const maskActionConfig = (action: Action) => maskConfig(handlers.get(action.actionType), action.config)
  const graphql = await startGraphql({
    reads,
    feed: new FeedSubscriptions(feedReads, tail, quiet),
    commandsFor,
    health: currentHealth,
    maskConfig: maskActionConfig,
    publicUrl,
    actionTypes: describeHandlers(handlers),
    settings: config.inForce,
    onPersonalRead: personalReads.note,
    ...admission,
    logger: quiet,
    onAnswered: (type, durationMs) => metrics.answered(type, durationMs / 1_000),
  })
  http.attachGraphql(graphql)
  http.attachRest(
    createRest({
      reads,
      commandsFor,
      maskConfig: maskActionConfig,
      handlers,
      version,
      onPersonalRead: personalReads.note,
    }),
  )
  http.attachWebhooks({
    twilio: createTwilioIntake({ account: twilio, publicUrl, inbox, counts, clock }),
    custom: createCustomIntake({ receivers, secrets, inbox, counts, clock }),
  })
  if (config.demo && twilio && (await accounts.takeSeeding(twilio.accountSid)))
    for (const rule of demoRules) await commandsFor(theProgram).createRule(rule)
  scheduler.start()
  life.onStop('work in flight', () =>
    Promise.all([
      http.drain(DRAIN_MS),
      scheduler.stop(DRAIN_MS),
      dispatcher.drain(DRAIN_MS),
      inbox.stop(),
      pipeline.stop(),
      ...pollers.map(({ poller }) => poller.stop()),
    ]),
  )
  health = currentHealth

  announce(config, publicUrl, apiKey, logger, print)
  await apiKey?.seen()
  return { url: http.url, stop: () => life.stop() }

  function onOwnTrouble(failure: unknown): void {
    quiet.warn({ err: failure }, 'GiftPulse could not look after itself; it tries again')
  }

  async function seeOwnTroubles(): Promise<void> {
    const before = clock()
    const standing = await readStanding(opened)
    const ahead = secondsAhead({ before, database: standing.databaseTime, after: clock() })
    if (isSkewed(ahead) && !isClockWrong)
      quiet.warn({ aheadSeconds: ahead }, 'the clock of this process and that of the database differ')
    isClockWrong = isSkewed(ahead)
    weak = [
      ...weaknessesOf(standing),
      ...noticesOf(HealthCode.CLOCK_WRONG, isClockWrong ? skewInWords(ahead) : null),
    ]
    stale = latenessOf(await accounts.sources(), pollSeconds).stale
  }

  function watchOver(): void {
    const systemWatch = new SystemWatch({
      store: new PostgresSystemAlerts(opened),
      troubles: async () => {
        await accounts.noteWatching({ gapSeconds: latenessBound(pollSeconds) })
        const sources = await accounts.sources()
        return [
          ...troublesOf(sources, latenessOf(sources, pollSeconds)),
          ...troublesAtWork(await readFailing(opened)),
        ]
      },
      onWritten: onRulesChanged,
    })
    const look = async (): Promise<void> => {
      await systemWatch.look()
      metrics.checkedItself()
    }
    life.onStop('system watch', every(WATCH_MS, look, onOwnTrouble))
    if (config.heartbeatUrl === null) return
    const ping = createHeartbeatPing(config.heartbeatUrl)
    life.onStop('heartbeat connection', () => ping.close())
    const heartbeat = new Heartbeat({
      state: async () => ({ sources: await accounts.sources(), ...(await readStanding(opened)) }),
      judge: () => pipeline.judgeStored(),
      ping: () => ping.send(),
      startedAt,
    })
    const onMissed = (failure: unknown): void =>
      quiet.warn({ err: failure }, 'the heartbeat could not be sent; it tries again')
    life.onStop(
      'heartbeat',
      every(HEARTBEAT_MS, () => heartbeat.beat(), onMissed),
    )
  }

  async function preparePoller(account: TwilioConfig): Promise<{ accountSid: string; poller: Poller }> {
    const store = new PostgresPollStore(opened, Math.min(pollSeconds * 1_000 * EARLIEST_PART, EARLIEST_MS))
    await store.prepare(account.accountSid, sourceNames, pollSeconds)
    // Nobody else uses an embedded database: whatever leases are there were held by a process that is gone.
    if (isEmbedded) await store.freeAll()
    const poller = createPoller({
      account: createTwilioAccount({
        ...account,
        ...(config.demo ? { pageSize: DEMO_PAGE_SIZE } : {}),
        onAnswer: (status) => metrics.twilioAnswered(status),
      }),
      store,
      ingest: (...seen) => pipeline.listGave(...seen),
      judgedSoFar: (signal) => pipeline.judgedSoFar(signal),
      settings: config.polling,
      clock,
      logger: quiet,
      onPolled: (source, { kind }, durationMs) => metrics.polled(source, kind, durationMs / 1_000),
    })
    return { accountSid: account.accountSid, poller }
  }
}

/**
 * Wakes everything that might have been left: sources due, webhooks not worked, logs not judged, deliveries owed. It waits for none of
 * them: in a storm that takes minutes, and a sweep that lasts would pass for a job store that is away.
 */
function sweep(pipeline: Pipeline, inbox: Inbox, pollers: readonly Poller[]): void {
  for (const poller of pollers)
    for (const source of sourceNames) void poller.poll(source, { force: false }).catch(() => undefined)
  inbox.workSoon()
  pipeline.judgeSoon()
  pipeline.deliverSoon()
}

async function pollNow(
  pollers: readonly Poller[],
  pipeline: Pipeline,
): Promise<{ stored: number; changed: number }> {
  const results = await Promise.all(pollers.map((poller) => poller.pollAll()))
  await pipeline.judgeStored()
  return {
    stored: results.reduce((sum, { stored }) => sum + stored, 0),
    changed: results.reduce((sum, { changed }) => sum + changed, 0),
  }
}

async function startDemo(life: Lifecycle): Promise<TwilioConfig> {
  const { accountSid, authToken, simulator } = await startDemoAccount({})
  life.onStop('demo account', () => simulator.stop())
  return { accountSid, username: accountSid, password: authToken, authToken, baseUrl: simulator.url }
}

async function connect(config: Config, logger: Logger, life: Lifecycle): Promise<Connection> {
  if (config.databaseUrl !== null) return { url: config.databaseUrl }
  const embedded = await openEmbeddedPostgres(embeddedFolder(config), (cause) =>
    logger.error({ err: cause }, 'the embedded database broke down; it is opened again'),
  )
  life.onStop('embedded database', () => embedded.stop())
  return { poolOptions: embedded.poolOptions }
}

async function openDatabase(connection: Connection, logger: Logger, life: Lifecycle): Promise<Database> {
  const quiet = rateLimited(logger, 5_000, () => performance.now())
  for (;;) {
    try {
      return await Database.open(connection, logger)
    } catch (failure) {
      if (life.isStopping || !('url' in connection)) throw failure
      const wrong = wrongAddressInWords(connection.url, failure)
      if (wrong === null) quiet.warn({ err: failure }, 'Postgres cannot be used yet; waiting for it')
      else quiet.warn({}, `Postgres cannot be used yet; waiting for it: ${wrong}`)
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }
  }
}

function announce(
  config: Config,
  publicUrl: string,
  apiKey: OwnApiKey | null,
  logger: Logger,
  print: (line: string) => void,
): void {
  for (const warning of config.warnings) logger.warn(warning)
  if (config.demo)
    logger.info(
      'DEMO: watching a simulated Twilio account; set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN for a real one',
    )
  else if (!config.twilio)
    logger.warn('no Twilio account is watched: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or DEMO=true')
  logger.info({ role: config.role, demo: config.demo, url: publicUrl }, 'GiftPulse is ready')
  if (apiKey?.isUnseen) print(`Open ${publicUrl}/#key=${apiKey.key}`)
  else
    print(
      apiKey
        ? `Open ${publicUrl}/ (the key is in ${apiKey.path})`
        : `Open ${publicUrl}/ (with the API_KEY it was given)`,
    )
}
