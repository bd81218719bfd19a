import { actionLook } from './action-look.js'
import { say } from '../strings.js'

/** Whom an action tells, in a few words: its recipients, the host of its URL, or its type. */
export function actionTarget(actionType: string, config: unknown): string {
  const settings = isRecord(config) ? config : {}
  const { recipients, url } = settings
  if (Array.isArray(recipients) && recipients.length > 0) {
    const [first, ...others] = recipients.map(String)
    return others.length === 0 ? String(first) : say.action.andOthers(String(first), others.length)
  }
  if (typeof url === 'string' && url !== '') return hostOf(url)
  if (actionType === 'LOG') return say.action.ownLog
  return actionLook(actionType).text
}

function hostOf(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return pathname === '/' ? host : `${host}${pathname}`
  } catch {
    return url
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
