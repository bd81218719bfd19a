import { fileKeyOf } from './setting-keys.js'
import { settingNames, settingOf } from './settings.js'

/** JSON Schema of each setting as a key of `giftpulse.yaml`. What a value must look like is said in words: the start checks it. */
export function settingsJsonSchema(): Record<string, unknown> {
  const names = settingNames.filter((name) => name !== 'CONFIG_FILE')
  return Object.fromEntries(
    names.flatMap((name) => {
      const { meaning, kind, default: otherwise, secret } = settingOf(name)
      const expected = kind.description ? ` Expected: ${kind.description}.` : ''
      const schema = {
        description: `${meaning}${expected}`,
        type: ['string', 'number', 'boolean', 'null'],
        ...(otherwise !== null && { default: otherwise }),
      }
      const path = { description: `A file that holds ${name}.`, type: 'string' }
      return secret ? [[name, schema] as const, [fileKeyOf(name), path] as const] : [[name, schema] as const]
    }),
  )
}
