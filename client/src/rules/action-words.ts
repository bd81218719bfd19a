import { isRecord } from '../components/is-record.js'
import { say } from '../strings.js'

/** Whom an action tells, in a few words: its recipients, or the host of its URL; null where it names nobody. */
export function actionTarget(config: unknown): string | null {
  const settings = isRecord(config) ? config : {}
  const { recipients, url } = settings
  if (Array.isArray(recipients) && recipients.length > 0) {
    const [first, ...others] = recipients.map(String)
    return others.length === 0 ? String(first) : say.action.andOthers(String(first), others.length)
  }
  if (typeof url === 'string' && url !== '') return hostOf(url)
  return null
}

/** What stands below the name of an action's type: whom it tells, or why nobody is named. */
export function actionAbout(actionType: string, config: unknown): string {
  return actionTarget(config) ?? say.action.abouts[actionType] ?? say.none
}

function hostOf(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return pathname === '/' ? host : `${host}${pathname}`
  } catch {
    return url
  }
}
