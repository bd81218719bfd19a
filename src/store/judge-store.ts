import type { OpenAlert } from '../alerts/decide.js'
import type { JudgeSession, JudgeStore, Next } from '../alerts/judge.js'
import type { Outcome } from '../alerts/judge-batch.js'
import type { Suspects } from '../alerts/suspects.js'
import type { CountedLog, Stretch } from '../alerts/threshold-memory.js'
import type { JudgedRule, JudgedTransition } from '../rules/evaluate.js'
import type { Fact } from '../rules/fact.js'
import { SEARCHED_TEXT } from './searched-text.js'
import { storableText } from '../sources/storable.js'
import type { Episode, Opening } from '../rules/window.js'
import { keepLogsOfAlerts } from './alert-log-writes.js'
import type { Database, LockedStatements } from './database.js'
import { feedHead } from './feed-writes.js'
import { fullActions, type SendingLimits, UNLIMITED_SENDING } from './full-actions.js'
import { mayPass } from './refused-data.js'
import { RULE_COLUMNS } from './rule-reads.js'
import { saveThreshold } from './threshold-writes.js'

/** So many alerts in one batch that it is worth asking whether their actions have room for them. */
const STORM = 50

/** Judging on Postgres: one transaction a batch, under the judge's lock. */
export class PostgresJudgeStore implements JudgeStore<PostgresJudgeSession> {
  constructor(
    private readonly database: Database,
    private readonly sending: SendingLimits = UNLIMITED_SENDING,
    private readonly storm = STORM,
  ) {}

  session<Result>(work: (session: PostgresJudgeSession) => Promise<Result>): Promise<Result> {
    return this.database.underJudgeLock((tx) => work(new PostgresJudgeSession(tx, this.sending, this.storm)))
  }

  mayPass(failure: unknown): boolean {
    return mayPass(failure)
  }
}

interface TransitionColumns extends Fact {
  readonly id: string
  readonly logId: string
  readonly twilioSid: string
  readonly timestamp: Date
  readonly first: boolean
  readonly completes: boolean
  readonly backfilled: boolean
  readonly addedPosition: string | null
}

/** Longest reason that is kept of a transition that was set aside, in characters. */
const MAX_REASON = 2_000

/** Logs read at a time when a threshold counts what is older than itself. */
const OLDER_PAGE = 2_000

export class PostgresJudgeSession implements JudgeSession {
  constructor(
    readonly tx: LockedStatements,
    private readonly sending: SendingLimits = UNLIMITED_SENDING,
    private readonly storm = STORM,
  ) {}

  async next(limit: number, behind: number, among: readonly number[] | null): Promise<Next> {
    const [state] = await this.tx.query<{ now: Date; revision: string; isAnySuspected: boolean }>(
      `SELECT date_trunc('milliseconds', clock_timestamp()) AS now, rule_revision AS revision,
              EXISTS (SELECT FROM suspected_transitions) AS "isAnySuspected" FROM system_state`,
    )
    if (!state) throw new Error('the row of system_state is missing')
    const rows = await this.tx.query<TransitionColumns>(
      `SELECT t.id, t.log_id AS "logId", l.twilio_sid AS "twilioSid", l."timestamp", t.first, t.completes, l.backfilled,
              l.added_position AS "addedPosition", l.log_type AS "logType", t.status, t.error_code AS "errorCode",
              t.error_message AS "errorMessage", ${SEARCHED_TEXT} AS text
         FROM log_transitions t JOIN logs l ON l.id = t.log_id
        WHERE NOT t.judged AND t.id > $2 AND ($3::bigint[] IS NULL OR t.id = ANY($3)) ORDER BY t.id LIMIT $1`,
      [limit, behind, among],
    )
    return {
      now: state.now,
      ruleRevision: Number(state.revision),
      isAnySuspected: state.isAnySuspected,
      transitions: rows.map(toTransition),
    }
  }

  rules(): Promise<JudgedRule[]> {
    return this.tx
      .query<JudgedRule & { sincePosition: string | number }>(
        `SELECT ${RULE_COLUMNS}, since_position AS "sincePosition" FROM rules WHERE enabled AND deleted_at IS NULL ORDER BY created_at, id`,
      )
      .then((rules) => rules.map((rule) => ({ ...rule, sincePosition: Number(rule.sincePosition) })))
  }

  standingVerdicts(logIds: readonly string[]): Promise<{ ruleId: string; logId: string }[]> {
    return this.tx.query(
      `SELECT rule_id AS "ruleId", log_id AS "logId" FROM rule_verdicts WHERE log_id = ANY($1)`,
      [logIds],
    )
  }

  async newestAlerts(ruleIds: readonly string[]): Promise<Map<string, OpenAlert>> {
    if (ruleIds.length === 0) return new Map()
    const rows = await this.tx.query<OpenAlert & { ruleId: string }>(
      `SELECT a.id, a.rule_id AS "ruleId", a.triggered_at AS "triggeredAt"
         FROM unnest($1::uuid[]) AS r(id)
        CROSS JOIN LATERAL (SELECT * FROM alerts WHERE rule_id = r.id ORDER BY triggered_at DESC, id DESC LIMIT 1) a`,
      [ruleIds],
    )
    return new Map(rows.map(({ ruleId, id, triggeredAt }) => [ruleId, { id, triggeredAt }]))
  }

  async countedAmong(ruleId: string, logIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.tx.query<{ logId: string }>(
      `SELECT log_id AS "logId" FROM threshold_matches WHERE rule_id = $1 AND log_id = ANY($2)`,
      [ruleId, logIds],
    )
    return new Set(rows.map((row) => row.logId))
  }

  async countedStretch(ruleId: string): Promise<Stretch | null> {
    const [row] = await this.tx.query<{ from: Date | null; to: Date | null }>(
      `SELECT counted_from AS "from", counted_to AS "to" FROM rules WHERE id = $1`,
      [ruleId],
    )
    return row?.from && row.to ? { from: row.from.getTime(), to: row.to.getTime() } : null
  }

  async *olderLogs(rule: JudgedRule, stretch: Stretch): AsyncIterable<(CountedLog & { facts: Fact[] })[]> {
    let after: { time: Date; id: string } = {
      time: new Date(stretch.from - 1),
      id: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    }
    for (;;) {
      const rows = await this.tx.query<{ logId: string; timestamp: Date; facts: Fact[] }>(
        `SELECT l.id AS "logId", l."timestamp", json_agg(json_build_object('logType', l.log_type, 'status', t.status,
                'errorCode', t.error_code, 'errorMessage', t.error_message, 'text', ${SEARCHED_TEXT})) AS facts
           FROM (SELECT * FROM logs
                  WHERE ("timestamp", id) > ($1, $2) AND "timestamp" <= $3 AND added_position <= $4
                    AND ($5::text IS NULL OR log_type = $5)
                  ORDER BY "timestamp", id LIMIT $6) l
           JOIN log_transitions t ON t.log_id = l.id AND t.judged
          GROUP BY l.id, l."timestamp" ORDER BY l."timestamp", l.id`,
        [after.time, after.id, new Date(stretch.to), rule.sincePosition, rule.logType, OLDER_PAGE],
      )
      const last = rows.at(-1)
      if (!last) return
      yield rows.map(({ logId, timestamp, facts }) => ({ logId, time: timestamp.getTime(), facts }))
      if (rows.length < OLDER_PAGE) return
      after = { time: last.timestamp, id: last.logId }
    }
  }

  async earlierOpenings(rule: JudgedRule): Promise<(Opening & { logId: string })[]> {
    const rows = await this.tx.query<OpenAlert & { logId: string; timestamp: Date }>(
      // A log that a webhook told of first may have got another time since: what counts is when it was counted.
      `SELECT a.id, a.triggered_at AS "triggeredAt", a.log_id AS "logId", coalesce(m.log_timestamp, l."timestamp") AS "timestamp"
         FROM alerts a JOIN logs l ON l.id = a.log_id
         LEFT JOIN threshold_matches m ON m.rule_id = a.rule_id AND m.log_id = a.log_id
        WHERE a.rule_id = $1 AND l.added_position <= $2`,
      [rule.id, rule.sincePosition],
    )
    return rows.map(({ logId, timestamp, id, triggeredAt }) => ({
      logId,
      time: timestamp.getTime(),
      alert: { id, triggeredAt },
    }))
  }

  async countedTimes(ruleId: string, stretch: Stretch, neighbours: number, width: number): Promise<number[]> {
    const rows = await this.tx.query<{ at: Date }>(
      `(SELECT log_timestamp AS at FROM threshold_matches
         WHERE rule_id = $1 AND log_timestamp >= $4 AND log_timestamp < $2 ORDER BY log_timestamp DESC LIMIT $6)
       UNION ALL (SELECT log_timestamp FROM threshold_matches WHERE rule_id = $1 AND log_timestamp BETWEEN $2 AND $3)
       UNION ALL (SELECT log_timestamp FROM threshold_matches
         WHERE rule_id = $1 AND log_timestamp > $3 AND log_timestamp <= $5 ORDER BY log_timestamp LIMIT $6)
       ORDER BY at`,
      [
        ruleId,
        ...[stretch.from, stretch.to, stretch.from - width, stretch.to + width].map((time) => new Date(time)),
        neighbours,
      ],
    )
    return rows.map((row) => row.at.getTime())
  }

  async episodes(ruleId: string, stretch: Stretch): Promise<Episode[]> {
    const rows = await this.tx.query<EpisodeColumns>(
      `SELECT e.id, e.starts_at, e.ends_at, e.holds_until, e.match_count, e.alerted_count, e.alert_id, a.triggered_at
         FROM threshold_episodes e LEFT JOIN alerts a ON a.id = e.alert_id
        WHERE e.rule_id = $1 AND e.ends_at >= $2 AND e.starts_at <= $3`,
      [ruleId, new Date(stretch.from), new Date(stretch.to)],
    )
    return rows.map((row) => ({
      id: row.id,
      from: row.starts_at.getTime(),
      to: row.ends_at.getTime(),
      holdsUntil: row.holds_until.getTime(),
      matches: row.match_count,
      alerted: row.alerted_count,
      alert: row.alert_id && row.triggered_at ? { id: row.alert_id, triggeredAt: row.triggered_at } : null,
    }))
  }

  async write(outcome: Outcome): Promise<{ upTo: number; owed: number }> {
    await this.markJudged(outcome)
    await this.saveVerdicts(outcome)
    for (const change of outcome.thresholds) await saveThreshold(this.tx, change)
    const { upTo, owed } = await this.openAlerts(outcome)
    await this.joinAlerts(outcome)
    await keepLogsOfAlerts(this.tx, outcome)
    return { upTo: upTo ?? (await feedHead(this.tx)), owed }
  }

  async setAside(transitionId: number, reason: string): Promise<boolean> {
    const rows = await this.tx.query(
      `UPDATE log_transitions SET set_aside = $2, set_aside_at = now() WHERE id = $1 AND NOT judged RETURNING id`,
      [transitionId, storableText(reason, MAX_REASON)],
    )
    return rows.length > 0
  }

  async newest(): Promise<number> {
    const [row] = await this.tx.query<{ id: string | null }>('SELECT max(id) AS id FROM log_transitions')
    return Number(row?.id ?? 0)
  }

  async suspects(): Promise<Suspects> {
    await this.tx.query(
      `DELETE FROM suspected_transitions s
        WHERE NOT EXISTS (SELECT FROM log_transitions t WHERE t.id = s.transition_id AND NOT t.judged)`,
    )
    // Whoever had them in hand held the lock that is ours now, and has not put them down.
    await this.tx.query(
      `UPDATE suspected_transitions SET in_hand = false,
              deaths = deaths + (SELECT (count(*) = 1)::int FROM suspected_transitions WHERE in_hand) WHERE in_hand`,
    )
    const rows = await this.tx.query<{ id: string; deaths: number }>(
      'SELECT transition_id AS id, deaths FROM suspected_transitions',
    )
    return new Map(rows.map(({ id, deaths }) => [Number(id), deaths]))
  }

  async waiting(limit: number, behind: number, upTo: number): Promise<number[]> {
    const rows = await this.tx.query<{ id: string }>(
      `SELECT id FROM log_transitions WHERE NOT judged AND id > $2 AND id <= $3 ORDER BY id LIMIT $1`,
      [limit, behind, upTo],
    )
    return rows.map(({ id }) => Number(id))
  }

  async noting<Result>(transitionIds: readonly number[], work: () => Promise<Result>): Promise<Result> {
    await this.tx.query(
      `INSERT INTO suspected_transitions (transition_id, in_hand) SELECT unnest($1::bigint[]), true
       ON CONFLICT (transition_id) DO UPDATE SET in_hand = true`,
      [transitionIds],
    )
    await this.tx.commit()
    await this.tx.query('SAVEPOINT noted')
    try {
      const result = await work()
      await this.tx.query('DELETE FROM suspected_transitions WHERE in_hand')
      return result
    } catch (failure) {
      await this.putDown().catch(() => undefined)
      throw failure
    }
  }

  async breathe(): Promise<void> {
    await this.tx.query('SELECT 1')
  }

  /** It failed, but nobody died: before the lock is free for anybody who would think so. Without a connection it cannot be said. */
  private async putDown(): Promise<void> {
    await this.tx.query('ROLLBACK TO SAVEPOINT noted')
    await this.tx.query('UPDATE suspected_transitions SET in_hand = false WHERE in_hand')
    await this.tx.commit()
  }

  private async markJudged({ transitions }: Outcome): Promise<void> {
    await this.tx.query(
      `WITH told AS (
         INSERT INTO feed (kind, subject_id)
         SELECT CASE WHEN first THEN 'log_added' ELSE 'log_changed' END, log_id
           FROM unnest($1::bigint[], $2::uuid[], $3::boolean[], $4::boolean[]) WITH ORDINALITY AS t(id, log_id, first, completes, place)
          WHERE NOT completes ORDER BY place
         RETURNING position, subject_id),
       marked AS (UPDATE log_transitions SET judged = true WHERE id = ANY($1))
       UPDATE logs SET added_position = coalesce(added_position, told.position),
              processed = NOT EXISTS (SELECT FROM log_transitions t WHERE t.log_id = logs.id AND NOT t.judged AND t.id <> ALL($1))
         FROM (SELECT log_id, min(position) AS position
                 FROM unnest($2::uuid[]) AS t(log_id) LEFT JOIN told ON subject_id = log_id GROUP BY log_id) told
        WHERE logs.id = told.log_id`,
      [
        transitions.map((transition) => transition.id),
        transitions.map((transition) => transition.logId),
        transitions.map((transition) => transition.first),
        transitions.map((transition) => transition.completes),
      ],
    )
  }

  private async saveVerdicts({ started, stopped }: Outcome): Promise<void> {
    if (started.length > 0)
      await this.tx.query(
        `INSERT INTO rule_verdicts (rule_id, log_id) SELECT * FROM unnest($1::uuid[], $2::uuid[]) ON CONFLICT DO NOTHING`,
        [started.map((verdict) => verdict.ruleId), started.map((verdict) => verdict.logId)],
      )
    if (stopped.length > 0)
      await this.tx.query(
        `DELETE FROM rule_verdicts v USING unnest($1::uuid[], $2::uuid[]) AS s(rule_id, log_id)
          WHERE v.rule_id = s.rule_id AND v.log_id = s.log_id`,
        [stopped.map((verdict) => verdict.ruleId), stopped.map((verdict) => verdict.logId)],
      )
  }

  /** With what is owed for them, and the feed's head: in a storm every way to the database and back counts, so all of it goes together. */
  private async openAlerts({ alerts }: Outcome): Promise<{ upTo: number | null; owed: number }> {
    if (alerts.length === 0) return { upTo: null, owed: 0 }
    const full = alerts.length >= this.storm ? await fullActions(this.tx, rulesOf(alerts), this.sending) : []
    const [opened] = await this.tx.query<{ head: string | null; owed: number }>(
      `WITH opened AS (
         INSERT INTO alerts (id, rule_id, log_id, transition_id, match_count, summary, reason, cause, triggered_at, resolves_at)
         SELECT "id", "ruleId", "logId", "transitionId", "matchCount", "summary", "reason", "cause", "triggeredAt", "resolvesAt"
           FROM json_to_recordset($1::json) AS a("id" uuid, "ruleId" uuid, "logId" uuid, "transitionId" bigint, "matchCount" int,
                "summary" text, "reason" text, "cause" text, "triggeredAt" timestamptz, "resolvesAt" timestamptz)
         ON CONFLICT (rule_id, transition_id) DO NOTHING RETURNING id, rule_id, log_id, triggered_at),
       owed AS (
         INSERT INTO deliveries (alert_id, rule_id, log_id, action_id, triggered_at, status, next_attempt_at, success, completed_at,
                                 folded_into, action_result)
         SELECT a.id, a.rule_id, a.log_id, x.id, a.triggered_at, CASE WHEN f.fold_id IS NULL THEN 'pending' ELSE 'suppressed' END,
                CASE WHEN f.fold_id IS NULL THEN a.triggered_at END,
                CASE WHEN f.fold_id IS NOT NULL THEN false END, CASE WHEN f.fold_id IS NOT NULL THEN a.triggered_at END, f.fold_id,
                CASE WHEN f.fold_id IS NOT NULL THEN jsonb_build_object('foldedInto', f.fold_id, 'reason', f.reason) END
           FROM opened a JOIN actions x ON x.rule_id = a.rule_id AND x.enabled AND x.deleted_at IS NULL
           LEFT JOIN unnest($2::uuid[], $3::uuid[], $4::text[]) AS f(action_id, fold_id, reason) ON f.action_id = x.id
         ON CONFLICT DO NOTHING RETURNING id, status),
       told AS (
         INSERT INTO feed (kind, subject_id)
         SELECT kind, id FROM (SELECT 'alert_triggered' AS kind, id, row_number() OVER () AS place FROM opened
                               UNION ALL SELECT 'delivery_changed', id, row_number() OVER () FROM owed) news
          ORDER BY kind, place RETURNING position)
       SELECT (SELECT max(position) FROM told) AS head, (SELECT count(*)::int FROM owed WHERE status = 'pending') AS owed`,
      [
        JSON.stringify(alerts),
        full.map(({ actionId }) => actionId),
        full.map(({ foldId }) => foldId),
        full.map(({ reason }) => reason),
      ],
    )
    const head = opened?.head ?? null
    return { upTo: head === null ? null : Number(head), owed: opened?.owed ?? 0 }
  }

  private async joinAlerts({ joins }: Outcome): Promise<void> {
    if (joins.length === 0) return
    await this.tx.query(
      `UPDATE alerts SET match_count = match_count + j."matches", resolves_at = greatest(resolves_at, j."resolvesAt")
         FROM json_to_recordset($1::json) AS j("alertId" uuid, "matches" int, "resolvesAt" timestamptz)
        WHERE alerts.id = j."alertId"`,
      [JSON.stringify(joins)],
    )
  }
}

function rulesOf(alerts: Outcome['alerts']): string[] {
  return [...new Set(alerts.map(({ ruleId }) => ruleId))]
}

interface EpisodeColumns {
  readonly id: string
  readonly starts_at: Date
  readonly ends_at: Date
  readonly holds_until: Date
  readonly match_count: number
  readonly alerted_count: number
  readonly alert_id: string | null
  readonly triggered_at: Date | null
}

function toTransition(row: TransitionColumns): JudgedTransition {
  return {
    id: Number(row.id),
    logId: row.logId,
    twilioSid: row.twilioSid,
    time: row.timestamp.getTime(),
    fact: {
      logType: row.logType,
      status: row.status,
      errorCode: row.errorCode,
      errorMessage: row.errorMessage,
      text: row.text,
    },
    first: row.first,
    completes: row.completes,
    backfilled: row.backfilled,
    addedPosition: row.addedPosition === null ? null : Number(row.addedPosition),
  }
}
