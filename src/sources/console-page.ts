import { LogType } from './log.js'

const CONSOLE = 'https://console.twilio.com/us1/monitor/logs'

const pages: Readonly<Record<LogType, string | null>> = {
  [LogType.CALL]: 'calls',
  [LogType.MESSAGE]: 'sms',
  [LogType.ERROR]: 'debugger/errors',
  [LogType.WARNING]: 'debugger/errors',
  [LogType.NOTICE]: 'debugger/errors',
  [LogType.DEBUG]: 'debugger/errors',
  [LogType.CUSTOM]: null,
}

/** Two letters and 32 hexadecimal digits: whatever else stands there is no record of Twilio's. */
const SID = /^[A-Z]{2}[0-9a-f]{32}$/i

/** Twilio's own page about a record, for people who may sign in there; null where it can have none. */
export function consolePage({ logType, twilioSid }: { logType: LogType; twilioSid: string }): string | null {
  const page = pages[logType]
  return page !== null && SID.test(twilioSid) ? `${CONSOLE}/${page}/${twilioSid}` : null
}
