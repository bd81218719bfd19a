import { LogType } from '../sources/log.js'

/** What a call did, or what happened to it, by Twilio's word for it; `initiated` and `answered` are callback events only. */
const callWords: ReadonlyMap<string, string> = new Map([
  ['queued', 'is queued'],
  ['initiated', 'was initiated'],
  ['ringing', 'is ringing'],
  ['answered', 'was answered'],
  ['in-progress', 'is in progress'],
  ['completed', 'was completed'],
  ['busy', 'was busy'],
  ['failed', 'failed'],
  ['no-answer', 'went unanswered'],
  ['canceled', 'was canceled'],
])

const messageWords: ReadonlyMap<string, string> = new Map([
  ['accepted', 'was accepted'],
  ['scheduled', 'is scheduled'],
  ['queued', 'is queued'],
  ['sending', 'is being sent'],
  ['sent', 'was sent'],
  ['delivered', 'was delivered'],
  ['partially_delivered', 'was delivered in part'],
  ['undelivered', 'went undelivered'],
  ['failed', 'failed'],
  ['read', 'was read'],
  ['receiving', 'is being received'],
  ['received', 'was received'],
  ['canceled', 'was canceled'],
])

/** The end of a sentence about a call or a message; null for a status that it has no words for, such as those of others. */
export function statusInWords(logType: LogType, status: string | null): string | null {
  if (status === null) return null
  if (logType === LogType.CALL) return callWords.get(status) ?? null
  return logType === LogType.MESSAGE ? (messageWords.get(status) ?? null) : null
}
