import type { Claim, Ending } from '../actions/delivery-store.js'
import type { Arrival } from '../inbox/inbox-entry.js'
import type { Ingest } from '../ingest/ingest.js'
import type { NumberRemover } from '../privacy/number-remover.js'
import type { Database } from './database.js'
import { PostgresDeliveryStore } from './delivery-store.js'
import type { ErasedNumbers } from './erased-numbers.js'
import { PostgresInboxStore } from './inbox-store.js'

/** The three ways by which a number that was erased could come back: what sources see, */
export function ingestWithoutErased(ingest: Ingest, erased: ErasedNumbers): Ingest {
  return (sightings, unreadable, options) =>
    erased.keepOut({ sightings, unreadable }, (seen) => ingest(seen.sightings, seen.unreadable, options))
}

/** what webhooks bring, */
export class InboxWithoutErased extends PostgresInboxStore {
  constructor(
    database: Database,
    private readonly erased: ErasedNumbers,
  ) {
    super(database)
  }

  override add(arrivals: readonly Arrival[]): Promise<number> {
    return this.erased.keepOut(arrivals, (kept) => super.add(kept), withoutNumber)
  }
}

/** and what receivers answer. */
export class DeliveriesWithoutErased extends PostgresDeliveryStore {
  constructor(
    database: Database,
    private readonly erased: ErasedNumbers,
  ) {
    super(database)
  }

  override end(claim: Claim, attemptId: string, ending: Ending): Promise<number | null> {
    return this.erased.keepOut(ending, (kept) => super.end(claim, attemptId, kept))
  }
}

/** In an event of a log that is called by the number, it may be the id of that log. */
function withoutNumber(remover: NumberRemover, arrivals: readonly Arrival[]): readonly Arrival[] {
  return arrivals.map(
    (arrival) => remover.value(arrival, remover.names(arrival.twilioSid) ? true : undefined) as Arrival,
  )
}
