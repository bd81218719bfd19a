import { randomBytes, randomUUID } from 'node:crypto'
import type { Caller } from '../audit/caller.js'
import type { Earlier } from '../inbox/event-digest.js'
import { type InboxStore, LEASE_SECONDS, type Sought, TRIES } from '../inbox/inbox.js'
import type { Arrival, ClaimedEntry, WorkedEntry } from '../inbox/inbox-entry.js'
import { storableText } from '../sources/storable.js'
import { noteReplay } from './audit-trail.js'
import type { Database, Statements } from './database.js'
import { isDatabaseAway } from './database-away.js'

const CLAIMED = `RETURNING id, channel, receiver_id AS "receiverId", account_sid AS "accountSid", given_id AS "givenId",
  received_at AS "receivedAt", body, tries`

/** What came in by webhooks, on Postgres. */
export class PostgresInboxStore implements InboxStore {
  /** Whose turn comes next: what comes in all the time must not keep away what was begun before. */
  private isTurnOfBegun = false

  constructor(private readonly database: Database) {}

  async add(arrivals: readonly Arrival[]): Promise<number> {
    const toReceivers = arrivals.some(({ receiverId }) => receiverId !== null)
    const stored = toReceivers
      ? await this.database.transaction(async (tx) => {
          const rows = await insert(tx, arrivals)
          await countReceived(tx, rows)
          return rows
        })
      : await insert(this.database, arrivals)
    return stored.length
  }

  async claim(limit: number): Promise<{ token: string; entries: ClaimedEntry[] }> {
    const token = randomUUID()
    const turns = [() => this.claimFresh(token, limit), () => this.claimBegun(token)]
    if (this.isTurnOfBegun) turns.reverse()
    this.isTurnOfBegun = !this.isTurnOfBegun
    for (const claim of turns) {
      const entries = await claim()
      if (entries.length > 0) return { token, entries }
    }
    return { token, entries: [] }
  }

  async finish(token: string, worked: readonly WorkedEntry[]): Promise<void> {
    await this.database.query(
      `UPDATE inbox SET state = w."state", error = w."error", twilio_sid = coalesce(w."twilioSid", twilio_sid),
              next_try_at = now() + w."retryInSeconds" * interval '1 second', lease_token = NULL, lease_until = NULL
         FROM json_to_recordset($2::json) AS w("id" uuid, "state" text, "error" text, "twilioSid" text, "retryInSeconds" int)
        WHERE inbox.id = w."id" AND inbox.lease_token = $1`,
      [token, JSON.stringify(worked.map((one) => ({ ...one, error: cleaned(one.error) })))],
    )
  }

  async newest({ receiverId, twilioSid, body, since }: Sought): Promise<Earlier | null> {
    const [same, value] = twilioSid === null ? ['body', body] : ['twilio_sid', twilioSid]
    const [row] = await this.database.query<Earlier>(
      `SELECT body, idempotency_id AS digest FROM inbox WHERE receiver_id = $1 AND received_at > $2 AND ${same} = $3
        ORDER BY received_at DESC, id DESC LIMIT 1`,
      [receiverId, since, value],
    )
    return row ?? null
  }

  isAway(failure: unknown): boolean {
    return isDatabaseAway(failure)
  }

  reopen(id: string): Promise<boolean> {
    return reopen(this.database, id)
  }

  /** Frees every claim: for an embedded database, whose only other user was a process that is gone. */
  async freeAll(): Promise<void> {
    await this.database.query(
      `UPDATE inbox SET lease_token = NULL, lease_until = now() WHERE state = 'pending' AND lease_until > now()`,
    )
  }

  private async claimFresh(token: string, limit: number): Promise<ClaimedEntry[]> {
    const fresh = await this.claimThose(token, `tries = 0`, limit)
    return fresh.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }

  private async claimBegun(token: string): Promise<ClaimedEntry[]> {
    await this.database.query(
      `UPDATE inbox SET state = 'failed', error = 'given up: ' || tries || ' times the process ended while it was worked',
              lease_token = NULL, lease_until = NULL
        WHERE state = 'pending' AND tries >= ${TRIES} AND lease_until < now()`,
    )
    return this.claimThose(token, `tries > 0`, 1)
  }

  private claimThose(token: string, which: string, limit: number): Promise<ClaimedEntry[]> {
    return this.database.query<ClaimedEntry>(
      `UPDATE inbox SET lease_token = $1, lease_until = now() + interval '${LEASE_SECONDS} seconds', tries = tries + 1
        WHERE id IN (SELECT id FROM inbox WHERE state = 'pending' AND ${which} AND next_try_at <= now()
                        AND (lease_until IS NULL OR lease_until <= now())
                      ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED)
      ${CLAIMED}`,
      [token, limit],
    )
  }
}

interface Stored {
  readonly receiverId: string | null
}

function insert(statements: Statements, arrivals: readonly Arrival[]): Promise<Stored[]> {
  return statements.query<Stored>(
    `INSERT INTO inbox (id, channel, idempotency_id, receiver_id, account_sid, given_id, twilio_sid, body, received_at, state, error)
     SELECT "id", "channel", "idempotencyId", "receiverId", "accountSid", "givenId", "twilioSid", "body", "receivedAt", "state", "error"
       FROM json_to_recordset($1::json) AS a("id" uuid, "channel" text, "idempotencyId" text, "receiverId" uuid, "accountSid" text,
            "givenId" text, "twilioSid" text, "body" text, "receivedAt" timestamptz, "state" text, "error" text)
     ON CONFLICT (channel, idempotency_id) DO NOTHING
     RETURNING receiver_id AS "receiverId"`,
    [
      JSON.stringify(
        arrivals.map((arrival, place) => ({
          ...storableArrival(arrival),
          id: idAt(arrival.receivedAt, place),
        })),
      ),
    ],
  )
}

async function countReceived(tx: Statements, stored: readonly Stored[]): Promise<void> {
  const counts = new Map<string, number>()
  for (const { receiverId } of stored)
    if (receiverId !== null) counts.set(receiverId, (counts.get(receiverId) ?? 0) + 1)
  // Each in the same order everywhere, so that no two processes can wait for each other.
  for (const [id, count] of [...counts].toSorted())
    await tx.query(
      `UPDATE receivers SET received_count = received_count + $2, last_received_at = date_trunc('milliseconds', now()) WHERE id = $1`,
      [id, count],
    )
}

function storableArrival(arrival: Arrival): Arrival {
  return {
    ...arrival,
    idempotencyId: storableText(arrival.idempotencyId),
    givenId: cleaned(arrival.givenId),
    twilioSid: cleaned(arrival.twilioSid),
    error: cleaned(arrival.error),
    body: storableText(arrival.body, arrival.body.length),
  }
}

function cleaned(text: string | null): string | null {
  return text === null ? null : storableText(text)
}

/** A UUID (version 7) that rises with the time and, within a millisecond, with the place. */
function idAt(at: Date, place: number): string {
  const time = at.getTime().toString(16).padStart(12, '0')
  const count = Math.min(place, 0xfff).toString(16).padStart(3, '0')
  const rest = randomBytes(8)
  rest[0] = (rest[0]! & 0x3f) | 0x80
  const tail = rest.toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${tail.slice(0, 4)}-${tail.slice(4)}`
}

/** Received webhooks as one caller replays them: each in a transaction with what is noted of it. */
export class AuditedInbox implements Pick<InboxStore, 'reopen'> {
  constructor(
    private readonly database: Database,
    private readonly caller: Caller,
  ) {}

  reopen(id: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const isThere = await reopen(tx, id)
      if (isThere) await noteReplay(tx, this.caller, id)
      return isThere
    })
  }
}

async function reopen(statements: Statements, id: string): Promise<boolean> {
  const rows = await statements.query(
    `UPDATE inbox SET state = 'pending', error = NULL, tries = 0, next_try_at = now(), lease_token = NULL, lease_until = NULL
      WHERE id = $1 AND NOT (state = 'ignored' AND tries = 0) RETURNING id`,
    [id],
  )
  return rows.length > 0
}
