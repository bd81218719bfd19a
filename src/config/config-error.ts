import { maskText } from '../logger/mask-text.js'
import type { Origin } from './given-texts.js'
import { type SettingName, settingOf } from './settings.js'

/** One bad setting. `value` is already fit to be shown (secrets hidden), null where nothing was given. */
export interface ConfigFault {
  readonly name: string
  readonly value: string | null
  readonly expected: string
  /** Where the value was given, where that is known. */
  readonly origin?: Origin | undefined
}

/** What to do about any of them. */
export const CONFIG_REMEDY =
  'Correct the environment, .env or giftpulse.yaml; docs/configuration.md has every setting.'

/** The configuration cannot be used. Lists every fault at once, for the person who starts the product. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code = 'CONFIG_INVALID'

  /** @param warnings what may explain why something is missing, a sentence each */
  constructor(
    readonly faults: readonly ConfigFault[],
    warnings: readonly string[] = [],
  ) {
    const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`
    const lines = [...faults.map(lineOf), ...warnings].map((line) => `  ${line}`)
    super([`The configuration has ${count}:`, ...lines].join('\n'))
  }
}

const places: Readonly<Record<Origin, string>> = {
  environment: ' (given by the environment)',
  '.env': ' (given in .env)',
  file: ' (given in the configuration file)',
  default: '',
}

function lineOf({ name, value, expected, origin = 'default' }: ConfigFault): string {
  return value === null
    ? `${name} is not set: expected ${expected}`
    : `${name} = ${value}: expected ${expected}${places[origin]}`
}

const SHOWN_CHARACTERS = 100

/** The value of a setting as a fault may show it: no secret, no credentials in a URL, on one line, not endless. */
export function showValue(name: SettingName, text: string): string {
  if (settingOf(name).secret) return '(hidden)'
  const shown = maskText(text)
  return JSON.stringify(shown.length > SHOWN_CHARACTERS ? `${shown.slice(0, SHOWN_CHARACTERS)}…` : shown)
}
