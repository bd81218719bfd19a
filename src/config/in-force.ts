import { maskText } from '../logger/mask-text.js'
import type { Origin } from './given-texts.js'
import { type Setting, type SettingName, settingNames, settingOf } from './settings.js'

/** One setting as this process has it. */
export interface SettingInForce {
  readonly name: SettingName
  readonly section: Setting['section']
  /** As it would be written; a secret masked, null where leaving it out means something of its own. */
  readonly value: string | null
  readonly isSecret: boolean
  readonly origin: Origin
  /** What it is where nothing is given, or in words what leaving it out means; null where that means nothing. */
  readonly default: string | null
  readonly meaning: string
}

const MASK = '********'

/**
 * Every setting, in the order of the documents.
 *
 * @param given what was given for each, and where.
 * @param derived what those that were left out came to, where they follow from others.
 */
export function settingsInForce(
  given: {
    readonly texts: ReadonlyMap<SettingName, string>
    readonly origins: ReadonlyMap<SettingName, Origin>
  },
  derived: Partial<Readonly<Record<SettingName, string>>>,
): readonly SettingInForce[] {
  return settingNames.map((name) => {
    const { section, secret, default: otherwise, unset, meaning } = settingOf(name)
    const value = given.texts.get(name) ?? derived[name] ?? otherwise
    return {
      name,
      section,
      value: value === null ? null : secret ? MASK : maskText(value),
      isSecret: secret ?? false,
      origin: given.origins.get(name) ?? 'default',
      default: otherwise ?? unset?.replaceAll('`', '') ?? null,
      meaning: meaning.replaceAll('`', ''),
    }
  })
}
