import type { SourceName } from '../sources/log.js'
import { demoAlert } from './demo-alert.js'
import { demoCall } from './demo-call.js'
import { demoMessage } from './demo-message.js'
import { DemoStream } from './demo-stream.js'
import { Draws } from './draws.js'
import { Incidents } from './incident.js'
import type { RawRecord, TwilioWorld } from './world.js'

/** How long a demo record can be read after its birth. */
const keptMs = 2 * 60 * 60 * 1_000

/** Longer than any call, bill included, so an older record changes no more. */
const longestLifeMs = 5 * 60 * 1_000
/** A little more than two hours hold. */
const mostSettled = 10_000

const messageSlotMs = 500
const failureWindow = 20_000 / messageSlotMs
const failureKey = 12

/**
 * The demo account: a moving feed as a pure function of the seed and the time. Which records there are, when they were
 * born and how far they have come is worked out on reading, so a restart shows the same account and nothing is stored.
 * About a message every two seconds, a call every six and an alert every fifteen, more in an incident.
 */
export class DemoWorld implements TwilioWorld {
  readonly #messages: DemoStream
  readonly #calls: DemoStream
  readonly #alerts: DemoStream
  readonly #incidents: Incidents
  /** Records that change no more, so that each is put together once and not at every poll. */
  readonly #settled = new Map<string, RawRecord>()

  constructor(
    private readonly accountSid: string,
    private readonly seed: number,
  ) {
    const incidents = new Incidents(seed)
    this.#incidents = incidents
    this.#messages = new DemoStream(seed, {
      sidPrefix: 'SM',
      key: 1,
      slotMs: messageSlotMs,
      chance: (time) => (incidents.at(time) ? 0.4 : 0.18),
      isCertain: (slot) => this.#failsSoon(slot),
    })
    this.#calls = new DemoStream(seed, { sidPrefix: 'CA', key: 2, slotMs: 2_000, chance: () => 0.33 })
    this.#alerts = new DemoStream(seed, {
      sidPrefix: 'NO',
      key: 3,
      slotMs: 2_000,
      chance: (time) => (incidents.at(time)?.kind === 'webhook-outage' ? 0.4 : 0.11),
    })
  }

  *records(source: SourceName, now: Date): Generator<RawRecord> {
    const time = now.getTime()
    for (const slot of this.#stream(source).slots(time - keptMs, time))
      yield this.#recordAt(source, slot, time)
  }

  find(source: SourceName, sid: string, now: Date): RawRecord | null {
    const time = now.getTime()
    const slot = this.#stream(source).slotOf(sid, time - keptMs, time)
    return slot === null ? null : this.#recordAt(source, slot, time)
  }

  #stream(source: SourceName): DemoStream {
    return { messages: this.#messages, calls: this.#calls, alerts: this.#alerts }[source]
  }

  #recordAt(source: SourceName, slot: number, now: number): RawRecord {
    const bornAt = this.#stream(source).bornAt(slot)
    if (now - bornAt <= longestLifeMs) return this.#build(source, slot, bornAt, now)
    const key = `${source} ${slot}`
    let record = this.#settled.get(key)
    if (!record) {
      record = this.#build(source, slot, bornAt, now)
      if (this.#settled.size >= mostSettled) this.#settled.clear()
      this.#settled.set(key, record)
    }
    return record
  }

  #build(source: SourceName, slot: number, bornAt: number, now: number): RawRecord {
    const stream = this.#stream(source)
    const born = {
      sid: stream.sidOf(slot),
      accountSid: this.accountSid,
      bornAt,
      draws: stream.drawsFor(slot),
      incident: this.#incidents.at(bornAt),
    }
    if (source === 'calls') return demoCall(born, now)
    if (source === 'messages') return demoMessage({ ...born, failsSoon: this.#failsSoon(slot) }, now)
    return demoAlert({
      ...born,
      callSid: newestSid(this.#calls, bornAt),
      messageSid: newestSid(this.#messages, bornAt),
    })
  }

  /** One slot in the first eight of every twenty seconds, so two such births are 12 to 28 seconds apart. */
  #failsSoon(slot: number): boolean {
    const position = slot % failureWindow
    if (position >= 16) return false
    return position === new Draws(this.seed, failureKey, Math.floor(slot / failureWindow)).between(0, 15)
  }
}

function newestSid(stream: DemoStream, time: number): string | null {
  for (const slot of stream.slots(time - 120_000, time)) return stream.sidOf(slot)
  return null
}
