import { readFileSync, readdirSync, statSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { variablesIn } from '../commands/configuration/references.js'
import { type ObjectLists, type ObjectFile, readObjectFiles } from '../config/object-files.js'
import type { ApiError } from './api.js'
import { CliError } from './cli-error.js'
import { ExitCode } from './exit-code.js'

const DEFAULT_PATH = 'giftpulse.yaml'
const EXTENSION = /\.(ya?ml|json)$/

/** What the files of a path say, and what they are called together. */
export interface GivenFiles extends ObjectLists {
  /** The name of the file or folder: what manages the objects, for everyone who meets them. */
  readonly name: string
}

/**
 * Reads one file, or every YAML and JSON file in a folder and below it, in the order of their names.
 * @throws {CliError} with every fault of the files themselves
 */
export function readGivenFiles(path = DEFAULT_PATH): GivenFiles {
  const files = filesAt(path).map((file): ObjectFile => ({ path: shown(file), source: readText(file) }))
  const read = readObjectFiles(files)
  if (read.faults.length > 0) throw new CliError(read.faults.join('\n'), ExitCode.USAGE)
  return { ...read, name: basename(resolve(path)) }
}

/**
 * The values of the variables that the files name, from the environment.
 * @param keepSecrets gives the mask for those that are not set: the secrets that name them stay as they are stored
 * @throws {CliError} naming each that is not set
 */
export function variablesFor({ lists }: ObjectLists, keepSecrets = false): Record<string, string> {
  const named = variablesIn(configsIn(lists))
  const missing = named.filter((name) => process.env[name] === undefined)
  if (missing.length > 0 && !keepSecrets)
    throw new CliError(
      `The files name ${missing.length === 1 ? 'a variable that is' : 'variables that are'} not set: ${missing.join(', ')}.`,
      ExitCode.USAGE,
      'Set them in the environment, or keep the secrets that are stored already with --keep-secrets.',
    )
  return Object.fromEntries(named.map((name) => [name, process.env[name] ?? MASK]))
}

/** Tells a refusal of the input by the places in the files. */
export function atTheirPlaces(refusal: ApiError, { placeOf }: ObjectLists): CliError {
  const lines = refusal.fields.map(({ path, message }) => {
    const inFiles = path.replace(/^configuration\./, '')
    const place = placeOf(inFiles)
    const words = message.replaceAll(/\b(rules|receivers)\.\d+/g, (other) => placeOf(other) ?? other)
    return place === null
      ? `${inFiles}: ${words}`
      : `${place}: ${inFiles.replace(/^\w+\.\d+\.?/, '')} ${words}`
  })
  return new CliError(lines.join('\n'), ExitCode.USAGE)
}

/** The value of a variable that is not known here. */
const MASK = '********'

/** Only there references mean something: everything else of an object is taken as it is. */
function configsIn(lists: ObjectLists['lists']): unknown[] {
  const ofActions = (lists['rules'] ?? []).flatMap((rule) => {
    const actions = (rule as { actions?: unknown } | null)?.actions
    return Array.isArray(actions)
      ? actions.map((action) => (action as { config?: unknown } | null)?.config)
      : []
  })
  const ofReceivers = (lists['receivers'] ?? []).map((receiver) => {
    const { secret, token } = (receiver ?? {}) as { secret?: unknown; token?: unknown }
    return { secret, token }
  })
  return [...ofActions, ...ofReceivers]
}

function filesAt(path: string): string[] {
  const isFolder = statOf(path).isDirectory()
  if (!isFolder) return [path]
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && EXTENSION.test(entry.name) && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  if (files.length === 0)
    throw new CliError(`There is no .yaml, .yml or .json file in ${path}.`, ExitCode.USAGE)
  return files
}

function statOf(path: string) {
  try {
    return statSync(path)
  } catch {
    throw new CliError(
      `There is no file or folder ${path}.`,
      ExitCode.USAGE,
      'giftpulse export -o giftpulse.yaml writes what stands into one.',
    )
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (failure) {
    throw new CliError(`${path} cannot be read: ${(failure as Error).message}`, ExitCode.USAGE)
  }
}

const shown = (path: string): string => relative(process.cwd(), resolve(path)) || path
