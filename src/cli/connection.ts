import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { collectTexts } from '../config/given-texts.js'
import { type SettingName, settingOf } from '../config/settings.js'
import { CliError } from './cli-error.js'
import { ExitCode } from './exit-code.js'

/** Options of every command that asks a running product. */
export interface ConnectionOptions {
  readonly url?: string
  readonly apiKeyFile?: string
}

/** Where the product is reached, and with which key. */
export interface Connection {
  /** Without a slash at its end. */
  readonly url: string
  readonly apiKey: string
}

/** Of the options first, then of the environment, `.env` and `giftpulse.yaml`, then where an own product would be. */
export function findConnection({ url, apiKeyFile }: ConnectionOptions): Connection {
  const readText = (path: string): string => readFileSync(path, 'utf8')
  const { texts } = collectTexts(process.env, readText, process.cwd())
  const setting = (name: SettingName): string | null => texts.get(name) ?? settingOf(name).default
  return {
    url: baseOf(
      url ?? (process.env['GIFTPULSE_URL'] || null) ?? setting('PUBLIC_URL') ?? listeningAddress(setting),
    ),
    apiKey:
      apiKeyFile === undefined
        ? (setting('API_KEY') ?? keyIn(join(resolve(setting('DATA_DIR') ?? ''), 'api-key'), null))
        : keyIn(apiKeyFile, apiKeyFile),
  }
}

function listeningAddress(setting: (name: SettingName) => string | null): string {
  const host = setting('API_HOST') ?? ''
  const port = setting('API_PORT') ?? ''
  if (port === '0')
    throw new CliError(
      'API_PORT is 0, so the port of the product is not known.',
      ExitCode.USAGE,
      'Say where it is reached: --url http://127.0.0.1:PORT',
    )
  // What listens on every address is asked at this machine's own.
  const reached = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? (host.includes(':') ? `[${host}]` : host)
  return `http://${reached}:${port}`
}

/** The base of a URL that may also be that of the socket, or of GraphQL itself. */
function baseOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^(http|ws)s?:$/.test(url.protocol))
    throw new CliError(
      `${JSON.stringify(text)} is not the address of a product.`,
      ExitCode.USAGE,
      'It looks like http://127.0.0.1:8000.',
    )
  const path = url.pathname.replace(/\/(graphql\/?)?$/, '')
  return `${url.protocol.replace('ws', 'http')}//${url.host}${path}`
}

function keyIn(path: string, given: string | null): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    if (given !== null) throw new CliError(`The key file ${given} cannot be read.`, ExitCode.USAGE)
    throw new CliError(
      `No key for the API: API_KEY is not set, and there is none at ${path}.`,
      ExitCode.REFUSED,
      'Set API_KEY, give --api-key-file, or run this where the data directory of the product is.',
    )
  }
}
