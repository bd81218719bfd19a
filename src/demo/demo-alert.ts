import { explainErrorCode } from '../sources/error-codes.js'
import type { Draws } from './draws.js'
import type { Incident } from './incident.js'
import { isoSeconds, type RawAlert } from './raw-records.js'

/** What a monitor alert is made from. */
export interface AlertSeed {
  readonly sid: string
  readonly accountSid: string
  readonly bornAt: number
  readonly draws: Draws
  readonly incident: Incident | null
  /** The newest call and message of that moment: what the request belonged to. */
  readonly callSid: string | null
  readonly messageSid: string | null
}

interface AlertKind {
  readonly code: string
  readonly level: 'error' | 'warning'
  /** What is said beside the name of the code. */
  readonly detail?: string
  readonly about: 'call' | 'message'
  readonly path: string
  readonly httpResponse: string | null
}

const retrieval = { code: '11200', level: 'error', about: 'message' } as const
const badGateway: AlertKind = { ...retrieval, path: '/twilio/sms', httpResponse: '502' }
const unavailable: AlertKind = { ...retrieval, path: '/twilio/status', httpResponse: '503' }
const timedOut: AlertKind = {
  code: '11205',
  level: 'error',
  detail: 'the request timed out',
  about: 'call',
  path: '/twilio/voice',
  httpResponse: null,
}
const notCallable: AlertKind = {
  code: '13224',
  level: 'warning',
  about: 'call',
  path: '/twilio/dial',
  httpResponse: '200',
}
const badDocument: AlertKind = {
  code: '12100',
  level: 'error',
  about: 'call',
  path: '/twilio/menu',
  httpResponse: '200',
}
const badCallback: AlertKind = {
  code: '15003',
  level: 'warning',
  about: 'call',
  path: '/twilio/call-status',
  httpResponse: '500',
}

/** The alert's instance resource, the same from its birth on. */
export function demoAlert(seed: AlertSeed): RawAlert {
  const { sid, accountSid, bornAt, draws } = seed
  const kind = pickKind(seed)
  const url = `https://hooks.example.com${kind.path}`
  const created = isoSeconds(bornAt)
  const resourceSid = kind.about === 'call' ? seed.callSid : seed.messageSid
  return {
    sid,
    account_sid: accountSid,
    alert_text: alertText(kind, url),
    error_code: kind.code,
    log_level: kind.level,
    more_info: `https://www.twilio.com/docs/errors/${kind.code}`,
    request_method: 'POST',
    request_url: url,
    resource_sid: resourceSid,
    service_sid: null,
    api_version: '2010-04-01',
    date_created: created,
    // Twilio buffers alerts, so they show a little after what they tell of.
    date_generated: isoSeconds(bornAt - draws.between(0, 3_000)),
    date_updated: created,
    url: `https://monitor.twilio.com/v1/Alerts/${sid}`,
    request_variables: new URLSearchParams({
      AccountSid: accountSid,
      [kind.about === 'call' ? 'CallSid' : 'MessageSid']: resourceSid ?? '',
      ApiVersion: '2010-04-01',
    }).toString(),
    request_headers: 'Content-Type=application%2Fx-www-form-urlencoded',
    response_headers: kind.httpResponse === null ? '' : 'Content-Type=text%2Fhtml&Connection=close',
    response_body: kind.httpResponse === null ? '' : `<html><body>${kind.httpResponse}</body></html>`,
  }
}

function pickKind({ draws, incident }: AlertSeed): AlertKind {
  if (incident?.kind === 'webhook-outage') return draws.pick([badGateway, badGateway, unavailable, timedOut])
  if (incident?.kind === 'trunk-outage') return draws.pick([notCallable, notCallable, timedOut])
  return draws.pick([badGateway, unavailable, timedOut, notCallable, badDocument, badCallback])
}

function alertText(kind: AlertKind, url: string): string {
  const { name } = explainErrorCode(kind.code)
  return new URLSearchParams({
    Msg: kind.detail === undefined ? name : `${name}: ${kind.detail}`,
    EmailNotification: 'false',
    LogLevel: kind.level.toUpperCase(),
    sourceComponent: '14100',
    ...(kind.httpResponse === null ? {} : { httpResponse: kind.httpResponse }),
    url,
    ErrorCode: kind.code,
  }).toString()
}
