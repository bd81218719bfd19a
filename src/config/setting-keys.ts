import { type SettingName, settingNames, settingOf } from './settings.js'

/** The key under which a path to the value may be given instead of the value. */
export const fileKeyOf = (name: SettingName): string => `${name}_FILE`

const keys = new Set<string>(
  settingNames.flatMap((name) => (settingOf(name).secret ? [name, fileKeyOf(name)] : [name])),
)

/** Whether a key means something: the name of a setting, or NAME_FILE of a secret one. */
export const isSettingKey = (key: string): boolean => keys.has(key)
