import { setImmediate } from 'node:timers/promises'
import { Pace } from '../pace.js'
import { nextReadAt, unfinishedSince } from '../sources/life-cycle.js'
import { LogType, type Sighting, type Unreadable } from '../sources/log.js'
import { compare, contentHashOf, filledIn, type StoredState } from './compare.js'

/** A sighting with the digest by which its content is known again. */
export interface Hashed {
  readonly seen: Sighting
  /** `seen.rawData` as JSON text. */
  readonly rawJson: string
  readonly contentHash: string
}

/** A sighting that is to be written, with what storing it needs to know. */
export interface Write extends Hashed {
  readonly backfilled: boolean
  /** Whether only the text is news: judged again, but no change of the log. */
  readonly completes: boolean
  readonly unfinishedSince: Date | null
  readonly nextReadAt: Date | null
  /** What was stored when this was decided; undefined for a new log. If it is no longer, the write does not take place. */
  readonly stored: StoredState | undefined
}

/** The storage that ingest needs. */
export interface LogStore {
  /**
   * What is stored of those that may be news, by SID: null = nothing yet. Left out is what is stored with this very content and
   * waits for nothing, as most of every poll does.
   */
  lookUp(seen: readonly Hashed[]): Promise<ReadonlyMap<string, StoredState | null>>
  /**
   * Writes everything in one transaction: new logs and changed ones with their transition, refreshed ones without. Of a log that
   * was whole, `timestamp` stays; a part leaves raw record, numbers and text as they are stored, where there are any.
   * Answers the SIDs that were written; the others were changed by somebody else in the meantime.
   */
  write(batch: WriteBatch): Promise<ReadonlySet<string>>
  /** Retention has dropped, or may soon drop, what is older; null = nothing yet. */
  droppedBefore(): Promise<Date | null>
  keepUnreadable(unreadable: readonly Unreadable[]): Promise<void>
}

export interface WriteBatch {
  readonly fresh: readonly Write[]
  /** Those that are only completed, too. */
  readonly changed: readonly Write[]
  readonly refreshed: readonly Write[]
  /** Known and unfinished records just seen again: only the time of their next reading moves. */
  readonly postponed: readonly { readonly twilioSid: string; readonly nextReadAt: Date | null }[]
}

export interface IngestResult {
  /** Logs never seen before. */
  readonly stored: number
  /** Logs whose status or error changed. */
  readonly changed: number
}

export interface IngestOptions {
  /** Records older than this are backfill: they fire nothing. null = none is. */
  readonly backfillBefore: Date | null
}

/** Stores what a source saw. Everything that is stored waits to be judged; sending the same sightings again changes nothing. */
export type Ingest = (
  sightings: readonly Sighting[],
  unreadable: readonly Unreadable[],
  options: IngestOptions,
) => Promise<IngestResult>

/** Text that is written at once, in UTF-16 units; a page of usual records has less. To write more in one go would keep all else waiting. */
const WRITTEN_AT_ONCE = 1_000_000

/** How often a batch is compared again after somebody else changed some of it in between. */
const ROUNDS = 5

export function createIngest(
  store: LogStore,
  settings: { readonly pollIntervalSeconds: number },
  clock: () => Date,
  onNew: (logType: LogType) => void = () => undefined,
): Ingest {
  return async (sightings, unreadable, options) => {
    if (unreadable.length > 0) await store.keepUnreadable(unreadable)
    const result = { stored: 0, changed: 0 }
    let left = sightings
    for (let round = 0; left.length > 0; round++) {
      if (round >= ROUNDS + repeats(sightings))
        throw new Error(`${left.length} records kept changing while they were stored`)
      const [now, later] = firstOfEachSid(left)
      const batch = await plan(now)
      const written = new Set<string>()
      for (const part of inParts(batch)) for (const sid of await store.write(part)) written.add(sid)
      const fresh = batch.fresh.filter((write) => written.has(write.seen.twilioSid))
      for (const { seen } of fresh) onNew(seen.logType)
      result.stored += fresh.length
      const isChange = (write: Write) => !write.completes && written.has(write.seen.twilioSid)
      result.changed += batch.changed.filter(isChange).length
      left = [...unwritten(batch, written), ...later]
    }
    return result

    async function plan(seenNow: readonly Sighting[]): Promise<WriteBatch> {
      const hashed = await new Pace(setImmediate).through(hashing(seenNow))
      const stored = await store.lookUp(hashed)
      const hasUnknown = [...stored.values()].includes(null)
      const droppedBefore = hasUnknown ? await store.droppedBefore() : null
      const planning = { ...options, droppedBefore, intervalSeconds: settings.pollIntervalSeconds }
      return planWrites(hashed, stored, planning, clock())
    }
  }
}

/** The whole batch, or where it holds much text a part of it at a time, the oldest logs first as they are judged. */
function* inParts(batch: WriteBatch): Generator<WriteBatch> {
  const { fresh, changed, refreshed } = batch
  if (sizeOf([...fresh, ...changed, ...refreshed]) <= WRITTEN_AT_ONCE) {
    yield batch
    return
  }
  const nothing: WriteBatch = { fresh: [], changed: [], refreshed: [], postponed: [] }
  for (const kind of ['fresh', 'changed', 'refreshed'] as const)
    for (const writes of inChunks(batch[kind])) yield { ...nothing, [kind]: writes }
  yield { ...nothing, postponed: batch.postponed }
}

function* inChunks(writes: readonly Write[]): Generator<Write[]> {
  let chunk: Write[] = []
  let size = 0
  for (const write of writes.toSorted(byTimeThenSid)) {
    const more = sizeOf([write])
    if (chunk.length > 0 && size + more > WRITTEN_AT_ONCE) {
      yield chunk
      chunk = []
      size = 0
    }
    chunk.push(write)
    size += more
  }
  if (chunk.length > 0) yield chunk
}

/** The order in which logs that are stored together are judged. */
export function byTimeThenSid({ seen: one }: Write, { seen: other }: Write): number {
  return Number(one.timestamp) - Number(other.timestamp) || (one.twilioSid < other.twilioSid ? -1 : 1)
}

function sizeOf(writes: readonly Write[]): number {
  return writes.reduce((sum, { seen, rawJson }) => sum + rawJson.length + (seen.text?.length ?? 0), 0)
}

function* hashing(sightings: readonly Sighting[]): Generator<void, Hashed[]> {
  const hashed: Hashed[] = []
  for (const seen of sightings) {
    hashed.push(withHash(seen))
    yield
  }
  return hashed
}

function withHash(seen: Sighting): Hashed {
  const rawJson = JSON.stringify(seen.rawData)
  return { seen, rawJson, contentHash: contentHashOf(seen, rawJson) }
}

export interface PlanOptions extends IngestOptions {
  readonly intervalSeconds: number
  /** A record of Twilio's that is older and not stored was dropped before: lists go on giving it, and it must not fire again. */
  readonly droppedBefore: Date | null
}

/** Decides for each sighting what is to be written; `stored` as the look-up answers it. */
export function planWrites(
  sightings: readonly Hashed[],
  stored: ReadonlyMap<string, StoredState | null>,
  { intervalSeconds, backfillBefore, droppedBefore }: PlanOptions,
  now: Date,
): WriteBatch {
  const writes: Record<'new' | 'changed' | 'refreshed', Write[]> = { new: [], changed: [], refreshed: [] }
  const postponed: { twilioSid: string; nextReadAt: Date | null }[] = []
  for (const { seen: told, rawJson, contentHash } of sightings) {
    const found = stored.get(told.twilioSid)
    if (found === undefined) continue
    if (found === null && isBefore(told, droppedBefore) && told.logType !== LogType.CUSTOM) continue
    const before = found ?? undefined
    const seen = filledIn(told, before)
    const difference = compare(before, seen, contentHash)
    const schedule = { now, intervalSeconds, lastChangeAt: before?.updatedAt ?? now }
    if (difference === 'known' || difference === 'stale') {
      const isDue = seen.isWhole && before?.nextReadAt && before.nextReadAt <= now
      if (isDue)
        postponed.push({ twilioSid: seen.twilioSid, nextReadAt: nextReadAt({ ...before, ...schedule }) })
      continue
    }
    const { logType, status, isWhole } = seen
    const since = unfinishedSince(before, seen, now)
    const completes = difference === 'completed'
    const lastChangeAt = completes || difference === 'refreshed' ? schedule.lastChangeAt : now
    writes[completes ? 'changed' : difference].push({
      seen,
      rawJson,
      contentHash,
      backfilled: isBefore(seen, backfillBefore),
      completes,
      unfinishedSince: since,
      nextReadAt: nextReadAt({ ...schedule, logType, status, isWhole, unfinishedSince: since, lastChangeAt }),
      stored: before,
    })
  }
  return { fresh: writes.new, changed: writes.changed, refreshed: writes.refreshed, postponed }
}

function isBefore({ timestamp }: Sighting, bound: Date | null): boolean {
  return bound !== null && timestamp < bound
}

/** A page may hold a record twice; the second is measured against what the first one made of it. */
function firstOfEachSid(sightings: readonly Sighting[]): [Sighting[], Sighting[]] {
  const seen = new Set<string>()
  const first: Sighting[] = []
  const later: Sighting[] = []
  for (const sighting of sightings) {
    if (seen.has(sighting.twilioSid)) later.push(sighting)
    else first.push(sighting)
    seen.add(sighting.twilioSid)
  }
  return [first, later]
}

function repeats(sightings: readonly Sighting[]): number {
  return sightings.length - new Set(sightings.map((seen) => seen.twilioSid)).size
}

function unwritten(batch: WriteBatch, written: ReadonlySet<string>): Sighting[] {
  return [...batch.fresh, ...batch.changed, ...batch.refreshed]
    .filter((write) => !written.has(write.seen.twilioSid))
    .map((write) => write.seen)
}
