import { AlertReads } from './alert-reads.js'
import { AuditReads } from './audit-reads.js'
import type { Statements } from './database.js'
import { DeliveryReads } from './delivery-reads.js'
import { DeliveryStats } from './delivery-stats.js'
import { FeedReads } from './feed-reads.js'
import { InboxReads } from './inbox-reads.js'
import { KeyStore } from './key-store.js'
import { LogReads } from './log-reads.js'
import { LogStats } from './log-stats.js'
import { ReceiverReads } from './receiver-reads.js'
import { RuleReads } from './rule-reads.js'

/** Everything that can be read, over one database. */
export class Reads {
  readonly logs: LogReads
  readonly rules: RuleReads
  readonly alerts: AlertReads
  readonly deliveries: DeliveryReads
  readonly feed: FeedReads
  readonly receivers: ReceiverReads
  readonly inbox: InboxReads
  readonly keys: Pick<KeyStore, 'list'>
  readonly audit: AuditReads
  readonly logStats: LogStats
  readonly deliveryStats: DeliveryStats

  constructor(statements: Statements) {
    this.logs = new LogReads(statements)
    this.rules = new RuleReads(statements)
    this.alerts = new AlertReads(statements)
    this.deliveries = new DeliveryReads(statements)
    this.feed = new FeedReads(statements)
    this.receivers = new ReceiverReads(statements)
    this.inbox = new InboxReads(statements)
    this.keys = new KeyStore(statements)
    this.audit = new AuditReads(statements)
    this.logStats = new LogStats(statements)
    this.deliveryStats = new DeliveryStats(statements)
  }
}
