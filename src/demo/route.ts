import type { SourceName } from '../sources/log.js'

/** The resource that a path names: a whole list, or one record of it. */
export interface Route {
  readonly source: SourceName
  /** null = the list. */
  readonly sid: string | null
  /** The account in the path; alerts have none there, the credentials decide. */
  readonly accountSid: string | null
}

const accountResource =
  /^\/2010-04-01\/Accounts\/(?<account>AC[0-9a-fA-F]{32})\/(?<list>Calls|Messages)(?:\/(?<sid>\w+))?\.json$/
const monitorAlert = /^\/v1\/Alerts(?:\/(?<sid>\w+))?$/

/** null for everything that is not simulated. Without `.json` the 2010 API answers XML, which nobody here reads. */
export function routeOf(path: string): Route | null {
  const listed = accountResource.exec(path)?.groups
  if (listed) {
    const source = listed['list'] === 'Calls' ? 'calls' : 'messages'
    return { source, sid: listed['sid'] ?? null, accountSid: listed['account'] ?? null }
  }
  const alert = monitorAlert.exec(path)
  return alert ? { source: 'alerts', sid: alert.groups?.['sid'] ?? null, accountSid: null } : null
}
