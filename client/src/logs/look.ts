import type { LogType } from '../api/documents.js'
import type { IconName } from '../components/icon-strokes.js'
import type { Look, Tone } from '../components/look.js'
import { say } from '../strings.js'

const typeLooks: Readonly<Record<LogType, Look>> = {
  CALL: { tone: 'idle', icon: 'call', text: say.log.types.CALL },
  MESSAGE: { tone: 'idle', icon: 'message', text: say.log.types.MESSAGE },
  ERROR: { tone: 'bad', icon: 'error', text: say.log.types.ERROR },
  WARNING: { tone: 'warn', icon: 'warning', text: say.log.types.WARNING },
  NOTICE: { tone: 'busy', icon: 'info', text: say.log.types.NOTICE },
  DEBUG: { tone: 'idle', icon: 'code', text: say.log.types.DEBUG },
  CUSTOM: { tone: 'idle', icon: 'plug', text: say.log.types.CUSTOM },
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

/** How bad the code of a log is: as its row. What a code of a custom webhook means, its sender alone knows: it is no verdict. */
export function codeTone(log: Parameters<typeof rowTone>[0]): Tone {
  return log.logType === 'CUSTOM' ? 'idle' : rowTone(log)
}
