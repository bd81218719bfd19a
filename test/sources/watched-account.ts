import { supersedes } from '../../src/sources/life-cycle.js'
import type { Sighting, Unreadable } from '../../src/sources/log.js'
import { createPoller, type Poller } from '../../src/sources/poller.js'
import type { PollIngest, PollSettings } from '../../src/sources/poll-run.js'
import { createTwilioAccount } from '../../src/sources/twilio-account.js'
import { simulatedTwilio, type SimulatedTwilio } from '../fixtures/simulated-twilio.js'
import { MemoryPollStore } from './memory-poll-store.js'

/** What ingest was told of one record. */
export interface StoredRecord {
  seen: Sighting
  readonly backfilled: boolean
}

/** A poller on a simulated Twilio, with everything it stored, wrote and said where a test can see it. */
export interface WatchedAccount {
  readonly twilio: SimulatedTwilio
  readonly store: MemoryPollStore
  readonly records: Map<string, StoredRecord>
  readonly unreadable: Unreadable[]
  readonly lines: { readonly level: string; readonly fields: object; readonly message: string }[]
  readonly poller: Poller
  /** Runs before each batch is stored. */
  beforeIngest: (sightings: readonly Sighting[]) => void | Promise<void>
  /** What each page waits for before it is stored. */
  judgedSoFar: () => Promise<void>
  /** Another process on the same store. */
  anotherPoller(): Poller
  stop(): Promise<void>
}

const defaults: PollSettings = { intervalSeconds: 60, lookbackMinutes: 15, backfillDays: 1 }

export async function watchedAccount(
  options: Parameters<typeof simulatedTwilio>[0] & {
    readonly settings?: Partial<PollSettings>
    readonly now?: () => Date
    readonly timeoutMs?: number
  } = {},
): Promise<WatchedAccount> {
  const { settings, now = () => new Date(), timeoutMs = 30_000, ...simulated } = options
  const twilio = await simulatedTwilio(simulated)
  const store = new MemoryPollStore(now)
  const records = new Map<string, StoredRecord>()
  const unreadable: Unreadable[] = []
  const lines: WatchedAccount['lines'] = []
  const say = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, fields, message })

  const ingest: PollIngest = async (sightings, bad, { backfillBefore }) => {
    await watched.beforeIngest(sightings)
    unreadable.push(...bad)
    const tally = { stored: 0, changed: 0 }
    for (const seen of sightings) {
      const changedBefore = tally.changed
      const known = records.get(seen.twilioSid)
      if (!known) {
        const backfilled = backfillBefore !== null && seen.timestamp < backfillBefore
        records.set(seen.twilioSid, { seen, backfilled })
        tally.stored += 1
      } else if (known.seen.status !== seen.status && supersedes(known.seen, seen)) {
        known.seen = seen
        tally.changed += 1
      }
      store.noteSeen(seen, tally.changed > changedBefore, { ...defaults, ...settings }.intervalSeconds)
    }
    return tally
  }

  const anotherPoller = () =>
    createPoller({
      account: createTwilioAccount({
        accountSid: twilio.accountSid,
        username: twilio.accountSid,
        password: twilio.authToken,
        baseUrl: twilio.url,
        timeoutMs,
      }),
      store,
      ingest,
      judgedSoFar: () => watched.judgedSoFar(),
      settings: { ...defaults, ...settings },
      clock: now,
      stopwatch: () => now().getTime(),
      logger: { info: say('info'), warn: say('warn'), error: say('error') },
    })
  const poller = anotherPoller()
  const watched: WatchedAccount = {
    twilio,
    store,
    records,
    unreadable,
    lines,
    poller,
    anotherPoller,
    beforeIngest: () => {},
    judgedSoFar: () => Promise.resolve(),
    stop: async () => {
      await poller.stop()
      await twilio.stop()
    },
  }
  return watched
}
