import { maskAddress, maskNumbers, maskRecord } from '../privacy/mask-numbers.js'
import type { ActionConfig, Handler, Notice } from './handler.js'

/** The handler, telling the world of no phone number whole. What operators wrote themselves, such as a rule's name, stays. */
export function maskingNumbers<C extends ActionConfig>(handler: Handler<C>): Handler<C> {
  return {
    ...handler,
    request: (notice, config) => handler.request(withoutNumbers(notice), config),
    send: (notice, config, signal) => handler.send(withoutNumbers(notice), config, signal),
  }
}

function withoutNumbers(notice: Notice): Notice {
  const { alert, log, rule } = notice
  // It begins with the name of the rule.
  const said = alert.summary.startsWith(rule.name) ? rule.name : ''
  const masked = (text: string | null) => (text === null ? null : maskNumbers(text))
  const maskedAddress = (address: string | null) => (address === null ? null : maskAddress(address))
  return {
    ...notice,
    alert: {
      ...alert,
      summary: said + maskNumbers(alert.summary.slice(said.length)),
      cause: masked(alert.cause),
    },
    log: log && {
      ...log,
      // Of a custom webhook these three are whatever its sender wrote.
      twilioSid: maskNumbers(log.twilioSid),
      status: masked(log.status),
      errorCode: masked(log.errorCode),
      fromNumber: maskedAddress(log.fromNumber),
      toNumber: maskedAddress(log.toNumber),
      errorMessage: masked(log.errorMessage),
      text: masked(log.text),
      rawData: maskRecord(log.rawData) as typeof log.rawData,
    },
  }
}
