import { sourceNames, type SourceName } from '../../src/sources/log.js'
import { isoSeconds } from '../../src/demo/raw-records.js'
import type { ScriptedWorld } from '../fixtures/scripted-world.js'
import type { SimulatedTwilio } from '../fixtures/simulated-twilio.js'
import { connectionReset, cutBody, serverError, tooManyRequests } from '../fixtures/twilio-faults.js'
import { callCallback, messageCallback } from '../fixtures/webhook-samples.js'
import { lives, type Life, type State, type Step } from './steps.js'

/** One record of the account and how far its life has come. */
export interface LivingRecord {
  readonly sid: string
  readonly life: Life
  readonly at: Date
  /** The index of its state. */
  now: number
  /** Whether its list had been read to its end before it was there: then it is no backfill. */
  readonly isLate: boolean
}

type PollFault = NonNullable<Extract<Step, { do: 'poll' }>['fault']>

/** The account as it really is: its records, in order, with everything that they passed through. */
export class Account {
  readonly records: LivingRecord[] = []
  /** Lists that were read to their end at least once. */
  readonly read = new Set<SourceName>()
  private readonly begunAt = Math.floor(Date.now() / 1_000) * 1_000

  /** An empty one, at that Twilio. */
  constructor(private readonly twilio: SimulatedTwilio) {
    for (const source of sourceNames)
      for (const { sid } of twilio.world.records(source)) twilio.world.remove(sid)
  }

  private get world(): ScriptedWorld {
    return this.twilio.world
  }

  add(kind: number, minutesAgo: number): void {
    const life = lives[kind] as Life
    const at = new Date(this.begunAt - minutesAgo * 60_000)
    const { status, errorCode } = life.states[0]
    const { sid } =
      life.source === 'messages'
        ? this.world.addMessage({ status: status ?? '', error_code: errorCode }, at)
        : life.source === 'calls'
          ? this.world.addCall({ status: status ?? '' }, at)
          : this.world.addAlert(alertOf(errorCode), at)
    this.records.push({ sid, life, at, now: 0, isLate: this.read.has(life.source) })
  }

  /** The next state of a record, where there is one. */
  move(which: number): void {
    const record = this.pick(which)
    const next = record?.life.states[record.now + 1]
    if (!record || !next) return
    record.now += 1
    this.world.update(record.sid, { status: next.status, error_code: next.errorCode })
  }

  /** What a status callback says of a record as it is, or was some states ago; null where nothing calls back. */
  callback(which: number, older: number): { record: LivingRecord; form: Record<string, string> } | null {
    const record = this.pick(which)
    if (!record || record.life.source === 'alerts') return null
    const index = Math.max(0, record.now - older)
    const { status, errorCode } = record.life.states[index] as State
    const more = {
      Timestamp: isoSeconds(record.at.getTime()),
      ...(errorCode === null ? {} : { ErrorCode: String(errorCode) }),
    }
    const form =
      record.life.source === 'messages'
        ? messageCallback(record.sid, status ?? '', more)
        : callCallback(record.sid, status ?? '', { ...more, SequenceNumber: String(index) })
    return { record, form }
  }

  fail({ source, page, how }: PollFault): void {
    const { faults } = this.twilio
    if (page > 0) faults.next((_exchange, next) => next(), { times: page, source })
    faults.next(
      {
        throttled: tooManyRequests(),
        failing: serverError(503),
        broken: cutBody,
        reset: connectionReset,
      }[how],
      { source },
    )
  }

  wellAgain(): void {
    this.twilio.faults.clear()
  }

  private pick(which: number): LivingRecord | undefined {
    return this.records[which % Math.max(1, this.records.length)]
  }
}

/** The state of a record as it is listed. */
export function stateOf({ life, now }: LivingRecord): State {
  return life.states[now] as State
}

function alertOf(errorCode: number | null) {
  const words = errorCode === 11200 ? 'HTTP+retrieval+failure' : 'Unreachable'
  return {
    error_code: String(errorCode),
    alert_text: `Msg=${words}&LogLevel=ERROR&ErrorCode=${errorCode}`,
  }
}
