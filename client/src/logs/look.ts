import type { DeliveryStatus, LogType } from '../api/documents.js'
import type { IconName } from '../components/icon-strokes.js'
import { span } from '../time/relative-time.js'

/** How good or bad a thing is. Each has a colour, but the icon and the text say it too. */
export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'idle'

export interface Look {
  readonly tone: Tone
  readonly icon: IconName
  readonly text: string
}

const typeLooks: Readonly<Record<LogType, Look>> = {
  CALL: { tone: 'idle', icon: 'call', text: 'Call' },
  MESSAGE: { tone: 'idle', icon: 'message', text: 'Message' },
  ERROR: { tone: 'bad', icon: 'error', text: 'Error' },
  WARNING: { tone: 'warn', icon: 'warning', text: 'Warning' },
  NOTICE: { tone: 'busy', icon: 'info', text: 'Notice' },
  DEBUG: { tone: 'idle', icon: 'code', text: 'Debug' },
  CUSTOM: { tone: 'idle', icon: 'plug', text: 'Custom' },
}

/** Twilio's own words for calls and messages (docs: Message status values, Call status values). */
const statusTones: Readonly<Record<string, Tone>> = {
  accepted: 'busy',
  scheduled: 'busy',
  queued: 'busy',
  sending: 'busy',
  sent: 'busy',
  receiving: 'busy',
  initiated: 'busy',
  ringing: 'busy',
  'in-progress': 'busy',
  delivered: 'good',
  received: 'good',
  read: 'good',
  completed: 'good',
  partially_delivered: 'warn',
  busy: 'warn',
  'no-answer': 'warn',
  undelivered: 'bad',
  failed: 'bad',
  canceled: 'idle',
}

/** The statuses that Twilio gives calls and messages, the usual ones first. */
export const twilioStatuses: readonly string[] = Object.keys(statusTones)

const toneIcons: Readonly<Record<Tone, IconName>> = {
  good: 'check',
  busy: 'clock',
  warn: 'warning',
  bad: 'cross',
  idle: 'dash',
}

export function typeLook(type: LogType): Look {
  return typeLooks[type] ?? { tone: 'idle', icon: 'plug', text: type }
}

/** The status in Twilio's spelling; null where the record has none, as monitor alerts. */
export function statusLook(status: string | null): Look | null {
  if (status === null) return null
  const tone = statusTones[status.toLowerCase()] ?? 'idle'
  return { tone, icon: toneIcons[tone], text: status }
}

/** How a whole row looks: as bad as the worse of its status and its type. */
export function rowTone(log: { readonly status: string | null; readonly logType: LogType }): Tone {
  const tones = [statusLook(log.status)?.tone, typeLook(log.logType).tone]
  return tones.find((tone) => tone === 'bad') ?? tones.find((tone) => tone === 'warn') ?? 'idle'
}

export function alertLook(state: string): Look {
  if (state === 'FIRING') return { tone: 'bad', icon: 'bell', text: 'Firing' }
  if (state === 'RESOLVED') return { tone: 'good', icon: 'check', text: 'Resolved' }
  return { tone: 'warn', icon: 'bell', text: inWords(state) }
}

export function actionLook(actionType: string): Pick<Look, 'icon' | 'text'> {
  const icons: Readonly<Record<string, IconName>> = { EMAIL: 'mail', WEBHOOK: 'plug', LOG: 'lines' }
  return { icon: icons[actionType] ?? 'plug', text: inWords(actionType) }
}

/** What is known of how far a delivery is. */
export interface DeliveryProgress {
  readonly status: DeliveryStatus
  readonly attemptCount: number
  readonly nextAttemptAt: string | null
}

/** Where a delivery stands, in words; `now` in milliseconds. */
export function deliveryLook(delivery: DeliveryProgress, now: number): Look {
  const { status, attemptCount } = delivery
  if (status === 'DELIVERED') return { tone: 'good', icon: 'check', text: `delivered${tries(attemptCount)}` }
  if (status === 'FAILED') return { tone: 'bad', icon: 'cross', text: `failed${tries(attemptCount)}` }
  if (status === 'SUPPRESSED') return { tone: 'idle', icon: 'dash', text: 'suppressed' }
  if (attemptCount === 0) return { tone: 'busy', icon: 'clock', text: 'sending' }
  return { tone: 'warn', icon: 'clock', text: `retry ${untilNext(delivery, now)}${tries(attemptCount)}` }
}

function untilNext({ nextAttemptAt }: DeliveryProgress, now: number): string {
  const seconds = nextAttemptAt === null ? 0 : (Date.parse(nextAttemptAt) - now) / 1_000
  return seconds < 1 ? 'now' : `in ${span(seconds)}`
}

function tries(count: number): string {
  return count > 1 ? ` after ${count} tries` : ''
}

/** `NOT_SETTLED` → `Not settled`. */
function inWords(name: string): string {
  const words = name.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
