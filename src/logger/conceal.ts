import { describeError } from './describe-error.js'

/** Keys whose values are never written, compared in lower case and without - and _. */
const secretKeys = new Set([
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'apikey',
  'xapikey',
  'apisecret',
  'authtoken',
  'accesstoken',
  'token',
  'secret',
  'secretkey',
  'signingsecret',
  'password',
  'pass',
  'smtppassword',
  'twilioauthtoken',
  'twilioapikey',
  'twilioapisecret',
  'databaseurl',
  'mongodburl',
  'redisurl',
])

const CENSORED = '[secret]'
const DEEPEST = 6

/** A copy of the fields of a log line without the values of secret keys, every error reduced to its description. */
export function conceal(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return concealEntries(fields, 0)
}

function concealEntries(fields: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(fields).map(([key, value]): [string, unknown] => {
    const isSecret = value !== null && secretKeys.has(key.toLowerCase().replaceAll(/[-_]/g, ''))
    return [key, isSecret ? CENSORED : concealValue(value, depth)]
  })
  return Object.fromEntries(entries)
}

function concealValue(value: unknown, depth: number): unknown {
  if (value instanceof Error) return describeError(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEEPEST) return '[deeper]'
  // Dates, URLs and their like say themselves how they are written.
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return concealValue(value.toJSON() as unknown, depth + 1)
  }
  if (Array.isArray(value)) return value.map((item) => concealValue(item, depth + 1))
  return concealEntries(value, depth + 1)
}
