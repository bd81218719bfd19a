import { InputError } from '../errors.js'
import { toCamel, toSnake } from './spelling.js'

/** A body as the commands take it, and the way back from their spelling to the caller's. */
export interface GivenBody {
  readonly input: unknown
  /** The path of a field in `input` as the caller wrote it, or would have written it. */
  spelled(path: string): string
}

/** Other names of fields that callers may use. */
export const otherNames: ReadonlyMap<string, string> = new Map([['type', 'action_type']])

/** What belongs to an action's handler; its keys are its own. */
const OPAQUE = 'config'

/** The body, a list in it, what that holds: deeper than this no names are ours. */
const DEPTH = 3

/** Names in a body that are read, those within `config` apart: many more than any body of ours has. */
const MOST_NAMES = 1_000

/**
 * Renames the keys of a parsed JSON body: what REST calls `log_type` is `logType` to the commands. Names in the spelling of the
 * commands are turned the other way round, so that they are as unknown to them as any other wrong name.
 *
 * @throws InputError where a field is given under two names, or where there are too many
 */
export function readBody(body: unknown): GivenBody {
  /** From each path in the input to the path in the body. */
  const paths = new Map<string, string>()
  const input = renamed(body, '', '', DEPTH)
  return { input, spelled: (path) => spelledBy(paths, path) }

  function renamed(value: unknown, ours: string, theirs: string, depth: number): unknown {
    if (depth === 0 || typeof value !== 'object' || value === null) return value
    // Counted before anything else is done with them: to look at each of very many takes longer than to read them all.
    if (paths.size + Object.keys(value).length > MOST_NAMES)
      throw new InputError([{ path: 'body', message: `has more than ${MOST_NAMES} fields` }])
    if (Array.isArray(value))
      return value.map((item: unknown, index) => field(item, ours, theirs, String(index), depth)[1])
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => field(inner, ours, theirs, key, depth)),
    )
  }

  function field(
    value: unknown,
    ours: string,
    theirs: string,
    key: string,
    depth: number,
  ): [string, unknown] {
    const name = nameOf(key)
    const path = join(ours, name)
    const given = join(theirs, key)
    const twin = paths.get(path)
    if (twin !== undefined)
      throw new InputError([{ path: given, message: `is ${twin} by another name: give one of them` }])
    paths.set(path, given)
    return [name, name === OPAQUE ? value : renamed(value, path, given, depth - 1)]
  }
}

function nameOf(key: string): string {
  const alias = otherNames.get(key)
  if (alias !== undefined) return toCamel(alias)
  const camel = toCamel(key)
  return camel === key ? toSnake(key) : camel
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

/** What is not in the body, such as a field that is missing, is spelled as it would be. */
function spelledBy(paths: ReadonlyMap<string, string>, path: string): string {
  let known = path
  while (known !== '' && !paths.has(known)) known = known.slice(0, Math.max(known.lastIndexOf('.'), 0))
  const given = paths.get(known) ?? ''
  const rest = path.slice(known.length)
  const isOpaque = known === OPAQUE || known.endsWith(`.${OPAQUE}`)
  const spelled = given + (isOpaque ? rest : rest.split('.').map(toSnake).join('.'))
  return spelled === '' ? 'body' : spelled
}
