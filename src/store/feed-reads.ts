import type { FeedEntry, FeedKind } from '../events/feed.js'
import type { FeedBounds, FeedReader, FeedSpan, Subjects } from '../events/feed-reader.js'
import { AlertReads } from './alert-reads.js'
import { Conditions } from './conditions.js'
import type { Statements } from './database.js'
import { DeliveryReads } from './delivery-reads.js'
import { LogReads } from './log-reads.js'
import { readAfresh } from './read-afresh.js'

/** Reads the feed, and the rows that its entries tell of. */
export class FeedReads implements FeedReader {
  private readonly logs: LogReads
  private readonly alerts: AlertReads
  private readonly deliveries: DeliveryReads
  /** Asked for by each subscription that begins: one reading answers however many begin at once. */
  readonly bounds = readAfresh(() => this.readBounds())

  constructor(private readonly statements: Statements) {
    this.logs = new LogReads(statements)
    this.alerts = new AlertReads(statements)
    this.deliveries = new DeliveryReads(statements)
  }

  private async readBounds(): Promise<FeedBounds> {
    const [row] = await this.statements.query<{ floor: string; head: string }>(
      `SELECT feed_floor AS floor, greatest(feed_floor, (SELECT max(position) FROM feed)) AS head FROM system_state`,
    )
    return { floor: Number(row!.floor), head: Number(row!.head) }
  }

  async entries({ after, upTo, kind, limit }: FeedSpan): Promise<readonly FeedEntry[]> {
    const where = new Conditions()
    where.and(`position > ${where.bind(after)}`)
    if (upTo !== null) where.and(`position <= ${where.bind(upTo)}`)
    if (kind !== null) where.and(`kind = ${where.bind(kind)}`)
    const rows = await this.statements.query<{ position: string; kind: FeedKind; subjectId: string }>(
      `SELECT position, kind, subject_id AS "subjectId" FROM feed${where.toSql()} ORDER BY position LIMIT ${where.bind(limit)}`,
      where.parameters,
    )
    return rows.map((row) => ({ ...row, position: Number(row.position) }))
  }

  async subjects(entries: readonly FeedEntry[]): Promise<Subjects> {
    const ids = (...kinds: FeedKind[]): string[] => [
      ...new Set(entries.filter(({ kind }) => kinds.includes(kind)).map(({ subjectId }) => subjectId)),
    ]
    const [logIds, alertIds, deliveryIds] = [
      ids('log_added', 'log_changed'),
      ids('alert_triggered'),
      ids('delivery_changed'),
    ]
    const [logs, alerts, deliveries] = await Promise.all([
      logIds.length > 0 ? this.logs.byIds(logIds) : new Map<string, never>(),
      alertIds.length > 0 ? this.alerts.byIds(alertIds) : new Map<string, never>(),
      deliveryIds.length > 0 ? this.deliveries.byIds(deliveryIds) : new Map<string, never>(),
    ])
    return new Map<string, unknown>([...logs, ...alerts, ...deliveries])
  }
}
