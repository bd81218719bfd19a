import type { FieldFault } from '../../errors.js'

/** Values of variables by their names. */
export type Variables = Readonly<Record<string, string>>

/** Texts of a config that name variables, as they stand in the file, by their JSON pointers. */
export type References = Readonly<Record<string, string>>

/** `$${` is the text `${` itself; `${NAME}` stands for the value of NAME. */
const TOKEN = /\$\$\{|\$\{([^}]*)(\}?)/g
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** A config with the values of its variables in place. */
export interface Resolved {
  readonly value: unknown
  readonly references: References
  readonly faults: readonly FieldFault[]
}

/** Puts the values in the place of the references in every text of `config`, at any depth; keys are taken as they are. */
export function resolveReferences(config: unknown, variables: Variables, path: string): Resolved {
  const references: Record<string, string> = {}
  const faults: FieldFault[] = []
  const value = mapTexts(config, (text, place) => {
    let named = false
    const resolved = text.replaceAll(TOKEN, (token, name: string | undefined, end: string | undefined) => {
      if (name === undefined) return '${'
      named = true
      const given = Object.hasOwn(variables, name) ? variables[name] : undefined
      const fault = faultOf(name, end === '}', given)
      if (fault !== null) faults.push({ path: [path, ...place].join('.'), message: fault })
      return given ?? token
    })
    if (named) references[pointerTo(place)] = text
    return resolved
  })
  return { value, references, faults }
}

/** The variables that the texts of `value` name, in order, each once. */
export function variablesIn(value: unknown): string[] {
  const names = new Set<string>()
  mapTexts(value, (text) => {
    for (const [, name, end] of text.matchAll(TOKEN))
      if (name !== undefined && end === '}' && NAME.test(name)) names.add(name)
    return text
  })
  return [...names]
}

/** The config as a file has it where it names no variable. */
export function escapeReferences<Config>(config: Config): Config {
  return mapTexts(config, (text) => text.replaceAll('${', () => '$${')) as Config
}

/** Puts back what stood in the file at the places that named variables. */
export function restoreReferences<Config>(config: Config, references: References): Config {
  return mapTexts(config, (text, place) => {
    const pointer = pointerTo(place)
    return Object.hasOwn(references, pointer) ? (references[pointer] ?? text) : text
  }) as Config
}

/** The reference to a variable, as a file has it. */
export const referenceTo = (name: string): string => `\${${name}}`

function faultOf(name: string, isClosed: boolean, given: string | undefined): string | null {
  if (!isClosed || !NAME.test(name))
    return 'holds ${ but no reference such as ${NAME}: write $${ for the characters themselves'
  return given === undefined ? `names the variable ${name}, which has no value here` : null
}

type Place = readonly string[]

function mapTexts(value: unknown, map: (text: string, place: Place) => string, place: Place = []): unknown {
  if (typeof value === 'string') return map(value, place)
  if (Array.isArray(value))
    return value.map((inner, index) => mapTexts(inner, map, [...place, String(index)]))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, mapTexts(inner, map, [...place, key])])
  return Object.fromEntries(entries) as unknown
}

/** RFC 6901. */
function pointerTo(place: Place): string {
  return place.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
