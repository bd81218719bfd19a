import type { ConfigFault } from './config-error.js'
import type { SettingName, Values } from './settings.js'

/** A value that could not be parsed is undefined here: it has its own fault, and no rule guesses about it. */
export type ParsedValues = { readonly [Name in SettingName]: Values[Name] | undefined }

/** What the rules between settings look at: which were given at all, and the values of those that could be parsed. */
interface Given {
  readonly has: (name: SettingName) => boolean
  readonly values: ParsedValues
}

const twilioCredentials = [
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_API_KEY',
  'TWILIO_API_SECRET',
] as const satisfies readonly SettingName[]

/** Whether any part of the Twilio credentials was given. */
export const hasTwilioCredentials = (has: Given['has']): boolean => twilioCredentials.some(has)

/** Whether only this machine can reach a server that listens on `host`. */
const isLoopback = (host: string): boolean => /^(localhost|::1|127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/i.test(host)

/** The faults that lie between settings, each good by itself. */
export function checkTogether(given: Given): ConfigFault[] {
  return [...checkTwilio(given), ...checkKeys(given), ...checkSmtp(given), ...checkRole(given)]
}

function checkTwilio({ has, values }: Given): ConfigFault[] {
  if (!hasTwilioCredentials(has)) return []
  const faults: ConfigFault[] = []
  const hasPair = has('TWILIO_API_KEY') || has('TWILIO_API_SECRET')
  if (!has('TWILIO_ACCOUNT_SID'))
    faults.push(missing('TWILIO_ACCOUNT_SID', 'the account of these credentials'))
  if (!hasPair && !has('TWILIO_AUTH_TOKEN')) {
    faults.push(missing('TWILIO_AUTH_TOKEN', 'it, or TWILIO_API_KEY and TWILIO_API_SECRET'))
  }
  if (hasPair && !has('TWILIO_API_KEY'))
    faults.push(missing('TWILIO_API_KEY', 'the key of TWILIO_API_SECRET'))
  if (hasPair && !has('TWILIO_API_SECRET')) {
    faults.push(missing('TWILIO_API_SECRET', 'the secret of TWILIO_API_KEY'))
  }
  if (values.DEMO === true) {
    faults.push({ name: 'DEMO', value: '"true"', expected: 'false, or no Twilio credentials' })
  }
  return faults
}

function checkKeys({ has, values }: Given): ConfigFault[] {
  const faults: ConfigFault[] = []
  const isOpen = typeof values.API_HOST === 'string' && !isLoopback(values.API_HOST)
  if (!has('API_KEY') && (isOpen || has('DATABASE_URL'))) {
    const reason = isOpen
      ? `API_HOST ${values.API_HOST} is not loopback`
      : 'replicas on DATABASE_URL share it'
    faults.push(missing('API_KEY', `a key of 16 characters or more, since ${reason}`))
  }
  if (!has('SECRET_KEY') && has('DATABASE_URL')) {
    faults.push(missing('SECRET_KEY', 'a long random text, since replicas on DATABASE_URL share it'))
  }
  return faults
}

function checkSmtp({ has }: Given): ConfigFault[] {
  if (has('SMTP_USER') === has('SMTP_PASSWORD')) return []
  const absent = has('SMTP_USER') ? 'SMTP_PASSWORD' : 'SMTP_USER'
  return [missing(absent, 'both SMTP_USER and SMTP_PASSWORD, or neither')]
}

function checkRole({ has, values }: Given): ConfigFault[] {
  if (values.ROLE === undefined || values.ROLE === 'all' || has('DATABASE_URL')) return []
  return [missing('DATABASE_URL', `a database that all processes share, since ROLE is ${values.ROLE}`)]
}

const missing = (name: SettingName, expected: string): ConfigFault => ({ name, value: null, expected })
