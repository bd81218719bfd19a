import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

/** What is true of the whole installation at the moment of the scrape; read from the database, the same in every process. */
export interface Standing {
  /** Seconds since the epoch of each list's last good sweep; 0 where there was none. */
  readonly lastSuccessfulPolls: readonly {
    readonly accountSid: string
    readonly source: string
    readonly at: number
  }[]
  /** How long the delivery that has been due the longest has waited, in seconds; 0 where none is due. */
  readonly oldestDueSeconds: number
  /** How long the webhook that has waited the longest has waited to be worked, in seconds; 0 where none waits. */
  readonly oldestReceivedSeconds: number
  /** Transitions that are stored and wait to be judged. */
  readonly unjudged: number
  /** Lists that Twilio refused to give at their last poll (401, 403). */
  readonly refusedLists: number
  /** The names of rules that judge now and threw lately. */
  readonly failingRules: readonly string[]
  /** Statuses of logs that could lately not be judged and were set aside. */
  readonly setAside: number
  /** Of each action in use that has failed at every try since it last worked the name of its rule, by its type; types without any are left out. */
  readonly failingActions: Readonly<Record<string, readonly string[]>>
  /** Actions in use whose last try succeeded. */
  readonly workingActions: number
  /** What the database's clock said. */
  readonly databaseTime: Date
}

/** How a try at a delivery may end. */
const OUTCOMES = ['delivered', 'retried', 'failed'] as const

export interface MetricsParts {
  /** Of the product. */
  readonly version: string
  /** Rejects while the database is away: the figures of this process are then told without it. */
  readonly standing: () => Promise<Standing>
  /** Sockets open in this process. */
  readonly openSockets: () => number
  /** Every type of action. */
  readonly actionTypes: readonly string[]
}

/** How long a poll, and how long the way of an alert, may reasonably take, in seconds. */
const POLL_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]
const SEND_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600]
const QUICK_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

/**
 * What this process has done, in Prometheus' terms: base units, totals that only rise, and labels of a few known values. Never
 * a SID of a record, a phone number or the text of an operation.
 */
export class Metrics {
  private readonly registry = new Registry()
  private readonly polls = this.histogram('poll_duration_seconds', 'How long polls took.', POLL_SECONDS, [
    'source',
    'outcome',
  ])
  private readonly requests = this.counter('twilio_requests_total', 'Requests to Twilio, by HTTP status.', [
    'status',
  ])
  private readonly ingested = this.counter('logs_ingested_total', 'Logs stored for the first time.', ['type'])
  private readonly matches = this.counter('rule_matches_total', 'Matches that opened an alert or joined one.')
  private readonly judging = this.histogram(
    'match_duration_seconds',
    'How long judging all that was stored took, waiting for other judges included.',
    QUICK_SECONDS,
  )
  private readonly alerts = this.counter('alerts_total', 'Alerts that were opened.')
  private readonly attempts = this.counter('deliveries_total', 'Tries at deliveries, by how they ended.', [
    'action',
    'outcome',
  ])
  private readonly sending = this.histogram(
    'detect_to_send_seconds',
    'From the opening of an alert to the end of a successful delivery.',
    SEND_SECONDS,
    ['action'],
  )
  private readonly webhooks = this.counter(
    'webhooks_total',
    'Facts that webhooks brought, and webhooks that were refused, by what became of them.',
    ['from', 'outcome'],
  )
  private readonly operations = this.histogram(
    'graphql_request_duration_seconds',
    'How long GraphQL operations over HTTP took.',
    QUICK_SECONDS,
    ['operation_type'],
  )
  private readonly lastPoll = this.gauge(
    'last_successful_poll_timestamp_seconds',
    'When each list was last read to its end.',
    ['account', 'source'],
  )
  private readonly oldestDue = this.gauge(
    'outbox_oldest_age_seconds',
    'How long the delivery that has been due the longest has waited.',
  )
  private readonly unjudged = this.gauge('unjudged_transitions', 'Stored states that wait to be judged.')
  private readonly ruleFailures = this.counter(
    'rule_failures_total',
    'How often a rule threw; the others went on.',
  )
  private readonly oldestReceived = this.gauge(
    'inbox_oldest_age_seconds',
    'How long the webhook that has waited the longest has waited to be worked.',
  )
  private readonly refusedLists = this.gauge(
    'refused_lists',
    'Lists that Twilio refused to give at their last poll (401, 403).',
  )
  private readonly failingRules = this.gauge('failing_rules', 'Rules that judge now and threw lately.')
  private readonly failingActions = this.gauge(
    'failing_actions',
    'Actions in use that have failed at every try since they last worked.',
    ['action'],
  )
  private readonly selfChecks = this.counter(
    'self_checks_total',
    'How often this process has looked, to the end, whether something is wrong with GiftPulse itself; processes with ROLE=api do not.',
  )
  private readonly hints = this.counter(
    'feed_hints_total',
    'Hints of the bus, heard by this process, that the feed has grown.',
  )
  private readonly feedReads = this.counter(
    'feed_reads_total',
    'How often this process has read the feed for what is new: once for as many hints as came meanwhile.',
  )
  private readonly sockets = this.gauge('ws_connections', 'WebSockets that are open in this process.')
  private readonly isUp = this.gauge('database_up', '1 while PostgreSQL answers, else 0.')

  constructor(private readonly parts: MetricsParts) {
    this.gauge('build_info', 'Always 1; the label tells which version runs.', ['version']).set(
      { version: parts.version },
      1,
    )
    // A counter that appears with its first event has not risen, for Prometheus: alarms would miss that one.
    for (const action of parts.actionTypes)
      for (const outcome of OUTCOMES) this.attempts.inc({ action, outcome }, 0)
    collectDefaultMetrics({ register: this.registry, prefix: PREFIX })
    // Gauges that the library names as if they were counters; it gives the same figures by type under other names.
    for (const kind of ['handles', 'requests', 'resources'])
      this.registry.removeSingleMetric(`${PREFIX}nodejs_active_${kind}_total`)
  }

  polled(source: string, outcome: string, seconds: number): void {
    this.polls.observe({ source, outcome }, seconds)
  }

  /** @param status of the answer, or `none` where there was no answer */
  twilioAnswered(status: number | 'none'): void {
    this.requests.inc({ status: String(status) })
  }

  stored(type: string): void {
    this.ingested.inc({ type })
  }

  judged({ alerts, matches }: { readonly alerts: number; readonly matches: number }): void {
    this.matches.inc(matches)
    this.alerts.inc(alerts)
  }

  tookToJudge(seconds: number): void {
    this.judging.observe(seconds)
  }

  /** @param sinceAlert seconds since its alert was opened */
  tried(action: string, outcome: (typeof OUTCOMES)[number], sinceAlert: number): void {
    this.attempts.inc({ action, outcome })
    if (outcome === 'delivered') this.sending.observe({ action }, Math.max(0, sinceAlert))
  }

  /** A delivery of an action was given up after its last try: that one killed its process, so nobody saw it end. */
  gaveUp(action: string): void {
    this.attempts.inc({ action, outcome: 'failed' })
  }

  ruleFailed(): void {
    this.ruleFailures.inc()
  }

  /** @param from `twilio`, or `custom` for every other sender */
  received(from: string, outcome: string, count: number): void {
    this.webhooks.inc({ from, outcome }, count)
  }

  answered(operationType: string, seconds: number): void {
    this.operations.observe({ operation_type: operationType }, seconds)
  }

  heardHint(): void {
    this.hints.inc()
  }

  readFeed(): void {
    this.feedReads.inc()
  }

  checkedItself(): void {
    this.selfChecks.inc()
  }

  /** All of it as Prometheus reads it. */
  async exposition(): Promise<{ readonly contentType: string; readonly text: string }> {
    this.sockets.set(this.parts.openSockets())
    await this.readStanding()
    return { contentType: this.registry.contentType, text: await this.registry.metrics() }
  }

  private async readStanding(): Promise<void> {
    try {
      const standing = await this.parts.standing()
      this.lastPoll.reset()
      for (const { accountSid, source, at } of standing.lastSuccessfulPolls)
        this.lastPoll.set({ account: accountSid, source }, at)
      this.oldestDue.set(standing.oldestDueSeconds)
      this.oldestReceived.set(standing.oldestReceivedSeconds)
      this.unjudged.set(standing.unjudged)
      this.refusedLists.set(standing.refusedLists)
      this.failingRules.set(standing.failingRules.length)
      for (const action of this.parts.actionTypes)
        this.failingActions.set({ action }, standing.failingActions[action]?.length ?? 0)
      this.isUp.set(1)
    } catch {
      // What was last known of the sources stays: a time stamp that no longer moves is what the alarms look for.
      this.isUp.set(0)
    }
  }

  private counter<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) {
    return new Counter({ name: PREFIX + name, help, labelNames, registers: [this.registry] })
  }

  private gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) {
    return new Gauge({ name: PREFIX + name, help, labelNames, registers: [this.registry] })
  }

  private histogram<Label extends string>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: readonly Label[] = [],
  ) {
    return new Histogram({ name: PREFIX + name, help, buckets, labelNames, registers: [this.registry] })
  }
}

const PREFIX = 'giftpulse_'
