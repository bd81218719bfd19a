import type { Received } from '../actions/http-sink.js'
import type { ReceivedMail } from '../actions/smtp-sink.js'
import type { Product } from '../fixtures/product.js'
import { sourceNames } from '../../src/sources/log.js'
import type { Bed } from './bed.js'
import { failedSids, recordedSids } from './work.js'

/** What a sink was sent, by the id that stays the same on every try. */
export type Sends = readonly string[]

export function webhookSends(received: readonly Received[]): Sends {
  return received.map(({ headers }) => String(headers['webhook-id']))
}

/** Of what the bed's sink was sent, what went there. */
export function sendsTo(path: string, { http }: Bed): Sends {
  return webhookSends(http.received.filter((one) => one.path === path))
}

/** By the delivery that its Message-ID names. */
export function emailSends(received: readonly ReceivedMail[]): Sends {
  return received.map(({ mail }) => /^<([^@>]+)@/.exec(mail.messageId ?? '')?.[1] ?? '')
}

type Counts = Record<'lost' | 'doubled' | 'missed' | 'repeated', number>

interface DeliveryRow {
  readonly id: string
  readonly status: string
  readonly alert: string
  readonly sid: string
}

/** What is stored of a record, as far as the account's side tells it too. */
interface LogRow {
  readonly sid: string
  readonly status: string | null
  readonly errorCode: string | null
}

/** What became of a record of the account. */
export interface End {
  readonly status: string | null
  readonly errorCode: number | null
}

/** The account's side: the SIDs of its records, and of those that fire. */
export interface Account {
  readonly recorded: readonly string[]
  readonly failed: readonly string[]
  /** What became of a record where it may be listed no more; what is listed says it otherwise. */
  endOf?(sid: string): End | undefined
}

/** The account's records, all that are listed unless told, against what is stored, and what is owed for them against what the sinks got. */
export async function compareLedgers(
  bed: Bed,
  sends: Sends,
  account: Account = { recorded: recordedSids(bed), failed: failedSids(bed) },
): Promise<Counts> {
  const logs = await storedLogs(bed)
  const alerts = await bed.database.query<{ sid: string }>(
    'SELECT l.twilio_sid AS sid FROM alerts a JOIN logs l ON l.id = a.log_id',
  )
  const deliveries = await bed.database.query<DeliveryRow>(
    `SELECT d.id, d.status, d.alert_id || ' ' || d.action_id AS alert, l.twilio_sid AS sid
       FROM deliveries d JOIN logs l ON l.id = d.log_id WHERE d.kind <> 'fold'`,
  )
  const alerted = new Set(alerts.map(({ sid }) => sid))
  const delivered = new Set(deliveries.filter(({ status }) => status === 'delivered').map(({ sid }) => sid))
  const owedIds = new Set(deliveries.map(({ id }) => id))
  const sentIds = new Set(sends)
  const unsent = deliveries.filter(({ id, status }) => status === 'delivered' && !sentIds.has(id))
  return {
    lost: lostAmong(logs, bed, account),
    doubled:
      repeats(logs.map(({ sid }) => sid)) +
      repeats(alerts.map(({ sid }) => sid)) +
      repeats(deliveries.map(({ alert }) => alert)) +
      [...sentIds].filter((id) => !owedIds.has(id)).length,
    missed: account.failed.filter((sid) => !alerted.has(sid) || !delivered.has(sid)).length + unsent.length,
    repeated: repeats(sends),
  }
}

/** Every log that the product has. */
export function storedLogs({ database }: Bed): Promise<LogRow[]> {
  return database.query('SELECT twilio_sid AS sid, status, error_code AS "errorCode" FROM logs')
}

/** How many of the account's records are not stored, or not as the account says. */
export function lostAmong(
  logs: readonly LogRow[],
  bed: Bed,
  account: Pick<Account, 'recorded' | 'endOf'> = { recorded: recordedSids(bed) },
): number {
  const stored = new Map(logs.map((log) => [log.sid, log]))
  const isKept = (sid: string) => isStored(stored.get(sid), account.endOf?.(sid) ?? listed(bed, sid))
  return account.recorded.filter((sid) => !isKept(sid)).length
}

/** Whether a record is stored with the status and the error that the account says it has. */
function isStored(stored: LogRow | undefined, end: End | undefined): boolean {
  if (!stored || !end) return false
  return stored.status === end.status && stored.errorCode === (end.errorCode?.toString() ?? null)
}

function listed({ twilio }: Bed, sid: string): End | undefined {
  const record = sourceNames.map((source) => twilio.world.find(source, sid)).find((found) => found !== null)
  if (!record) return undefined
  const { status, error_code: code } = record
  return {
    status: typeof status === 'string' ? status : null,
    // Messages have a number there, alerts a text.
    errorCode: typeof code === 'number' || typeof code === 'string' ? Number(code) : null,
  }
}

/** How many of them were there before. */
export const repeats = (names: readonly string[]): number => names.length - new Set(names).size

/** Lines of trouble may follow one another by so little and still count as one a second, in milliseconds: what a loaded machine takes. */
const A_SECOND_MS = 900

interface Written {
  readonly level: string
  readonly msg: string
  readonly time: string
}

/** What a product wrote that it must not: failures that nobody waited for, output beside its log, more than one line of trouble a second. */
export function complaintsAbout(product: Product): string[] {
  const lines = product.lines
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Written)
  // At its end a process writes what was still waiting for its turn.
  const end = lines.findIndex(({ msg }) => msg === 'stopping')
  const whileItWorked = end < 0 ? lines : lines.slice(0, end)
  const unhandled = lines.filter(({ msg }) => msg === 'something failed that nobody waited for')
  return [
    ...product.errorLines.map((line) => `it wrote to stderr: ${line}`),
    ...unhandled.map((line) => `unhandled: ${JSON.stringify(line)}`),
    ...tooClose(whileItWorked.filter(({ level }) => level !== 'info')),
  ]
}

/** Lines of trouble, whatever they say, that came within a second of the one before. */
function tooClose(lines: readonly Written[]): string[] {
  const close = lines.flatMap((line, index) => {
    const before = lines[index - 1]
    // Where the clock was set meanwhile, the time of the later line may be the earlier one.
    const apart = before ? Math.abs(Date.parse(line.time) - Date.parse(before.time)) : Infinity
    return apart < A_SECOND_MS ? [`${apart} ms after "${before?.msg}": "${line.msg}"`] : []
  })
  return close.length === 0 ? [] : [`${close.length} lines within a second of another, such as ${close[0]}`]
}

/** Stops it as a person would; what is not a clean end is a complaint. */
export async function endWell(product: Product): Promise<string[]> {
  const { code, signal } = await product.stop()
  const ended = code === 0 ? [] : [`it ended with ${code ?? signal}`]
  return [...ended, ...complaintsAbout(product)]
}
