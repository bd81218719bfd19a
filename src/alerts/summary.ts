import type { Finding } from '../rules/evaluate.js'
import { LogType } from '../sources/log.js'
import { shorten } from '../sources/shorten.js'

const nouns: Record<LogType, string> = {
  [LogType.CALL]: 'call',
  [LogType.MESSAGE]: 'message',
  [LogType.ERROR]: 'Twilio error',
  [LogType.WARNING]: 'Twilio warning',
  [LogType.NOTICE]: 'Twilio notice',
  [LogType.DEBUG]: 'Twilio debug entry',
  [LogType.CUSTOM]: 'log',
}

/** The longest error text that a summary repeats, in characters. */
const LONGEST_TEXT = 200

/** One sentence that says why an alert opened, for a chat line, a subject or a lock screen. It names no phone number. */
export function summarize(finding: Finding, matches: number): string {
  const { rule } = finding
  const log = describe(finding)
  if (finding.kind === 'started') return `${rule.name}: ${log}`
  const within = `within ${rule.thresholdWindowMinutes} min`
  return matches > 1
    ? `${rule.name}: ${matches} matches ${within} (it takes ${rule.thresholdCount}); the latest: ${log}`
    : `${rule.name}: still matching, ${rule.thresholdCount} or more ${within}; the latest: ${log}`
}

function describe({ transition }: Finding): string {
  const { logType, status, errorCode, errorMessage } = transition.fact
  const facts = [
    `${nouns[logType]} ${transition.twilioSid}`,
    status === null ? '' : `is ${status}`,
    errorCode === null ? '' : `with error ${errorCode}`,
  ].filter((part) => part !== '')
  if (errorMessage === null) return facts.join(' ')
  return `${facts.join(' ')} (${shorten(errorMessage.replaceAll(/\s+/g, ' ').trim(), LONGEST_TEXT)})`
}
