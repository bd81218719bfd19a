import type { Finding } from '../rules/evaluate.js'
import type { Fact } from '../rules/fact.js'
import { LogType } from '../sources/log.js'
import { shorten } from '../sources/shorten.js'
import { AlertReason } from './alert.js'
import { statusInWords } from './status-words.js'

const nouns: Record<LogType, string> = {
  [LogType.CALL]: 'call',
  [LogType.MESSAGE]: 'message',
  [LogType.ERROR]: 'Twilio error',
  [LogType.WARNING]: 'Twilio warning',
  [LogType.NOTICE]: 'Twilio notice',
  [LogType.DEBUG]: 'Twilio debug entry',
  [LogType.CUSTOM]: 'log',
}

/** Records that Twilio makes about a code: nothing befalls them. */
const reports: ReadonlySet<LogType> = new Set([LogType.ERROR, LogType.WARNING, LogType.NOTICE, LogType.DEBUG])

/** The longest error text that a summary repeats, in characters. */
const LONGEST_TEXT = 200

/** One sentence that says why an alert opened, for a chat line, a subject or a lock screen. It names no phone number. */
export function summarize(finding: Finding, reason: AlertReason, matches: number): string {
  const { name, thresholdCount, thresholdWindowMinutes } = finding.rule
  const cause = causeOf(finding)
  if (reason === AlertReason.STARTED_TO_MATCH) return `${name}: ${cause}`
  const within = `within ${thresholdWindowMinutes} min`
  const counted =
    reason === AlertReason.COOLDOWN_OVER
      ? `still matching, ${thresholdCount} or more ${within}`
      : `${matches} ${matches === 1 ? 'match' : 'matches'} ${within} (it takes ${thresholdCount})`
  return `${name}: ${counted}; the latest: ${cause}`
}

/** What happened at the log at which an alert opens, without what came before it. */
export function causeOf({ transition }: Finding): string {
  const { logType, errorMessage } = transition.fact
  const told = [nouns[logType], transition.twilioSid, happening(transition.fact)].filter(
    (part) => part !== '',
  )
  if (errorMessage === null) return told.join(' ')
  return `${told.join(' ')} (${shorten(errorMessage.replaceAll(/\s+/g, ' ').trim(), LONGEST_TEXT)})`
}

/** What became of the log, to stand after its name; empty where nothing is known but a text. */
function happening({ logType, status, errorCode }: Fact): string {
  if (reports.has(logType)) return errorCode === null ? '' : `with code ${errorCode}`
  const error = errorCode === null ? null : `error ${errorCode}`
  const words = statusInWords(logType, status)
  if (words !== null) return error === null ? words : `${words} with ${error}`
  const has = [status === null ? null : `status ${status}`, error].filter((part) => part !== null)
  return has.length === 0 ? '' : `has ${has.join(' and ')}`
}
