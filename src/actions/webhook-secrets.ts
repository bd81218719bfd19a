import { MASK } from './config-secrets.js'
import type { WebhookConfig } from './webhook-config.js'

/** What a secret is replaced by, told where it stands. */
export type MapSecret = (value: string, path: string) => string

/** A secret that is stored sealed or given up, shown masked, or named by a file: each as it stands in the place of one. */
const STANDS_FOR_SECRET = /^(?:gpsec1\.[\w.-]+|given-up|\*{8}|\$\{[^}]*\})$/

/** Names of what is secret, at the end of a longer name too, compared without case, - and _. */
const SECRET_NAME =
  /(?:token|secret|password|passwd|apikey|accesskey|routingkey|integrationkey|servicekey|authkey|authorization|credentials?|signature)$/

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i

/** The secret, each header value, the user info of the URL as one, and what looks like a secret in its path, its query and the payload. */
export function mapWebhookSecrets(config: WebhookConfig, map: MapSecret): WebhookConfig {
  const headers = Object.entries(config.headers ?? {})
  return {
    ...config,
    url: mapUrl(config.url, map),
    ...(config.headers && {
      headers: Object.fromEntries(headers.map(([name, value]) => [name, map(value, `headers.${name}`)])),
    }),
    ...(config.payload !== undefined && { payload: mapPayload(config.payload, map, 'payload') }),
    ...(config.secret !== undefined && { secret: map(config.secret, 'secret') }),
  }
}

/** Splits the text itself, since the URL parser would spell sealed and masked parts anew. */
export function splitUserInfo(url: string): { url: string; userInfo: string | null } {
  const [, scheme, userInfo, rest] = /^([a-z]+:\/\/)([^/?#\\]*)@(.*)$/is.exec(url) ?? []
  if (scheme === undefined || userInfo === undefined) return { url, userInfo: null }
  return { url: scheme + (rest ?? ''), userInfo }
}

function mapUrl(whole: string, map: MapSecret): string {
  const { url, userInfo } = splitUserInfo(whole)
  const [, origin = url, path = '', query = '', fragment = ''] =
    /^([a-z]+:\/\/[^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(url) ?? []
  const signedIn = userInfo === null ? origin : origin.replace('//', () => `//${map(userInfo, 'url')}@`)
  const segments = path
    .split('/')
    .map((segment, place) => (isSecretSegment(segment) ? map(segment, `url/${place}`) : segment))
  return signedIn + segments.join('/') + mapQuery(query, map) + fragment
}

function mapQuery(query: string, map: MapSecret): string {
  const parts = query.slice(1).split('&')
  const mapped = parts.map((part, place) => {
    const [name = '', ...values] = part.split('=')
    const value = values.join('=')
    return value !== '' && (isSecretName(name) || /^(?:key|sig)$/i.test(name) || isSecretSegment(value))
      ? `${name}=${map(value, `url?${place}.${name}`)}`
      : part
  })
  return query === '' ? '' : `?${mapped.join('&')}`
}

function mapPayload(value: unknown, map: MapSecret, path: string, isSecret = false): unknown {
  if (typeof value === 'string')
    return isSecret && value !== '' && !value.includes('{{') ? map(value, path) : value
  if (Array.isArray(value))
    return value.map((item, place) => mapPayload(item, map, `${path}.${place}`, isSecret))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      mapPayload(inner, map, `${path}.${key}`, isSecretName(key)),
    ]),
  )
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name.toLowerCase().replaceAll(/[-_]/g, ''))
}

/** Long and drawn, as Slack, Teams and their like make them: no word, and no words put together. */
function isSecretSegment(segment: string): boolean {
  if (STANDS_FOR_SECRET.test(segment) || UUID.test(segment)) return true
  const isWords = /^[a-z]+(?:[-_.][a-z]+)*$/i.test(segment) && !/^[A-Za-z]{20,}$/.test(segment)
  return segment.length >= 16 && !isWords && /^[\w~%.@:+=-]+$/.test(segment) && /[a-z]/i.test(segment)
}

/** The URL as it may be shown: without user info, its secrets masked. */
export function shownUrl(whole: string): string {
  return mapUrl(splitUserInfo(whole).url, () => MASK)
}
