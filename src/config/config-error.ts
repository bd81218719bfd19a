import { maskText } from '../logger/mask-text.js'
import { type SettingName, settingOf } from './settings.js'

/** One bad setting. `value` is already fit to be shown (secrets hidden), null where nothing was given. */
export interface ConfigFault {
  readonly name: string
  readonly value: string | null
  readonly expected: string
}

/** The configuration cannot be used. Lists every fault at once, for the person who starts the product. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code = 'CONFIG_INVALID'

  constructor(readonly faults: readonly ConfigFault[]) {
    const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`
    super([`The configuration has ${count}:`, ...faults.map((fault) => `  ${lineOf(fault)}`)].join('\n'))
  }
}

function lineOf({ name, value, expected }: ConfigFault): string {
  return value === null
    ? `${name} is not set: expected ${expected}`
    : `${name} = ${value}: expected ${expected}`
}

const SHOWN_CHARACTERS = 100

/** The value of a setting as a fault may show it: no secret, no credentials in a URL, on one line, not endless. */
export function showValue(name: SettingName, text: string): string {
  if (settingOf(name).secret) return '(hidden)'
  const shown = maskText(text)
  return JSON.stringify(shown.length > SHOWN_CHARACTERS ? `${shown.slice(0, SHOWN_CHARACTERS)}…` : shown)
}
