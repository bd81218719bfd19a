import type { InboxEntry } from '../inbox/inbox-entry.js'
import type { Log } from '../sources/log.js'
import { Conditions } from './conditions.js'
import type { Statements } from './database.js'
import { type Given } from './given.js'
import { LOGS } from './log-reads.js'
import { type Page, type PageRequest, byId, countRows, readPage } from './page.js'

const INBOX = {
  table: 'inbox',
  order: 'received_at',
  columns: `id, channel, receiver_id AS "receiverId", twilio_sid AS "twilioSid", received_at AS "receivedAt", state, error, body`,
}

/** Which entries are wanted. */
export type InboxFilter = Given<{ readonly receiverId: string }>

/** Reads what came in by webhooks as plain rows. */
export class InboxReads {
  constructor(private readonly statements: Statements) {}

  /** Newest first by `receivedAt`. */
  page(filter: InboxFilter, request: PageRequest): Promise<Page<InboxEntry>> {
    return readPage<InboxEntry>(this.statements, INBOX, conditionsOf(filter), request)
  }

  /** Exact up to 10,000; 10,001 means more. */
  count(filter: InboxFilter): Promise<number> {
    return countRows(this.statements, INBOX.table, conditionsOf(filter))
  }

  async byIds(ids: readonly string[]): Promise<ReadonlyMap<string, InboxEntry>> {
    return byId(
      await this.statements.query<InboxEntry>(
        `SELECT ${INBOX.columns} FROM inbox WHERE id = ANY($1::uuid[])`,
        [ids],
      ),
    )
  }

  /** The logs of these SIDs, by SID. */
  async logsOf(twilioSids: readonly string[]): Promise<ReadonlyMap<string, Log>> {
    const rows = await this.statements.query<Log>(
      `SELECT ${LOGS.columns} FROM logs WHERE twilio_sid = ANY($1::text[])`,
      [twilioSids],
    )
    return new Map(rows.map((log) => [log.twilioSid, log]))
  }
}

function conditionsOf({ receiverId }: InboxFilter): Conditions {
  const where = new Conditions()
  if (receiverId != null) where.andOneOf('receiver_id', [receiverId], 'uuid')
  return where
}
