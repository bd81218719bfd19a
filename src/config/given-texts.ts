import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { type ConfigFault, showValue } from './config-error.js'
import { type ConfigFile, fileFault, parseConfigFile } from './config-file.js'
import { nearestName } from './nearest-name.js'
import { fileKeyOf, isSettingKey } from './setting-keys.js'
import { type SettingName, settingNames, settingOf } from './settings.js'

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Reads a whole text file; throws an error with Node's `code` where it cannot. */
export type ReadFile = (path: string) => string

/** Where a setting was given: `file` is giftpulse.yaml or what CONFIG_FILE names; `default` is nowhere. */
export type Origin = 'environment' | '.env' | 'file' | 'default'

/** What was given for each setting, wherever it was given; a setting without an entry was left out. */
export interface GivenTexts {
  readonly texts: ReadonlyMap<SettingName, string>
  readonly origins: ReadonlyMap<SettingName, Origin>
  readonly warnings: readonly string[]
  readonly faults: readonly ConfigFault[]
}

/** So many letters at most are added, dropped or changed by a slip of the keys. */
const SLIPS = 2

type Lookup = (key: string) => string | undefined
type FileText = { readonly text: string } | { readonly problem: string }

/**
 * Collects the settings: the environment first, then `.env`, then the configuration file. An empty text is not set.
 * Paths are relative to `cwd`.
 */
export function collectTexts(env: Environment, readFile: ReadFile, cwd: string): GivenTexts {
  const read = (path: string): FileText => readText(readFile, resolve(cwd, path))
  const dotenv = read('.env')
  const fromDotenv: Environment = 'text' in dotenv ? parseEnv(dotenv.text) : {}
  const environment: Lookup = (key) => notEmpty(env[key]) ?? notEmpty(fromDotenv[key])

  const file = readConfigFile(environment('CONFIG_FILE'), read)
  const fileEntries: Lookup = (key) => notEmpty(file.texts.get(key))
  const texts = new Map<SettingName, string>()
  const origins = new Map<SettingName, Origin>()
  const faults = [...faultsOfDotenv(dotenv), ...file.faults]
  for (const name of settingNames) {
    const fromEnvironment = lookUp(name, environment, read)
    const found = fromEnvironment ?? lookUp(name, fileEntries, read)
    if (typeof found === 'string') {
      texts.set(name, found)
      origins.set(name, fromEnvironment === undefined ? 'file' : isIn(env, name) ? 'environment' : '.env')
    } else if (found) faults.push(found)
  }
  return { texts, origins, warnings: [...misspelled(fromDotenv), ...file.warnings], faults }
}

/** `.env` may hold names for other programs: only those that are hardly anything but a setting misspelled are told. */
function misspelled(fromDotenv: Environment): string[] {
  return Object.keys(fromDotenv).flatMap((key) => {
    const near = isSettingKey(key) ? null : nearestName(key, SLIPS)
    return near === null
      ? []
      : [`.env: ${JSON.stringify(key)} is not a setting and is ignored; did you mean ${near}?`]
  })
}

/** Whether a setting, or the path of its file, is given by the environment itself: that wins over `.env`. */
function isIn(env: Environment, name: SettingName): boolean {
  return [name, fileKeyOf(name)].some((key) => notEmpty(env[key]) !== undefined)
}

/** A `.env` that is there but cannot be read; a folder of that name belongs to some other tool. */
function faultsOfDotenv(dotenv: FileText): ConfigFault[] {
  if ('text' in dotenv || ['ENOENT', 'EISDIR'].includes(dotenv.problem)) return []
  return [{ name: '.env', value: '".env"', expected: `a readable file (${dotenv.problem})` }]
}

function readConfigFile(given: string | undefined, read: (path: string) => FileText): ConfigFile {
  const path = given ?? 'giftpulse.yaml'
  const file = read(path)
  if ('text' in file) return parseConfigFile(path, file.text)
  const isMissingDefault = given === undefined && file.problem === 'ENOENT'
  const faults = isMissingDefault ? [] : [fileFault(path, `a readable file (${file.problem})`)]
  return { texts: new Map(), warnings: [], faults }
}

/** The text of one setting in one place, from NAME or from the file that NAME_FILE names; undefined where neither is. */
function lookUp(
  name: SettingName,
  place: Lookup,
  read: (path: string) => FileText,
): string | ConfigFault | undefined {
  const direct = place(name)
  const fileKey = fileKeyOf(name)
  const path = settingOf(name).secret ? place(fileKey) : undefined
  if (path === undefined) return direct
  if (direct !== undefined) {
    return { name, value: showValue(name, direct), expected: `only one of ${name} and ${fileKey}` }
  }
  const file = read(path)
  const shown = JSON.stringify(path)
  if (!('text' in file)) return { name: fileKey, value: shown, expected: `a readable file (${file.problem})` }
  const text = file.text.replace(/[\r\n]+$/, '')
  return notEmpty(text) ?? { name: fileKey, value: shown, expected: 'a file that is not empty' }
}

function readText(readFile: ReadFile, path: string): FileText {
  try {
    return { text: readFile(path) }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    return { problem: code }
  }
}

const notEmpty = (text: string | undefined): string | undefined => (text?.trim() ? text : undefined)
