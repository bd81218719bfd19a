import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, stringify, visit } from 'yaml'
import { objectKeys } from './config-file.js'
import { isSettingKey } from './setting-keys.js'

/** One file with lists of objects: `giftpulse.yaml`, or one of a folder. */
export interface ObjectFile {
  readonly path: string
  readonly source: string
}

/** What files say together: each list with the entries of all of them, in their order. */
export interface ObjectLists {
  readonly lists: Readonly<Record<string, readonly unknown[]>>
  /** What is wrong with the files themselves, as `path:line:column: what`. */
  readonly faults: readonly string[]
  /** Where something stands: `rules.3.name` as `path:line:column`; null where no file has it. */
  placeOf(path: string): string | null
}

interface Entry {
  readonly path: string
  readonly lines: LineCounter
  readonly node: Node
}

/** Settings that are texts, whatever they look like: `pattern_value: 30001` needs no quotes. */
export const textKeys: ReadonlySet<unknown> = new Set(['name', 'description', 'pattern_value'])

/** Reads the lists of objects of all files; the settings beside them are left to {@link parseConfigFile}. */
export function readObjectFiles(files: readonly ObjectFile[]): ObjectLists {
  const lists: Record<string, unknown[]> = {}
  const entries: Record<string, Entry[]> = {}
  const faults: string[] = []
  for (const file of files) readFile(file)
  return { lists, faults, placeOf }

  function readFile({ path, source }: ObjectFile): void {
    const lines = new LineCounter()
    const at = (offset: number, what: string): void => {
      const { line, col } = lines.linePos(offset)
      faults.push(`${path}:${line}:${col}: ${what}`)
    }
    // Pretty errors would quote the line, and with it a secret.
    const document = parseDocument(source, { schema: 'core', prettyErrors: false, lineCounter: lines })
    const problems = [...document.errors, ...document.warnings]
    for (const { message, pos } of problems) at(pos[0], message)
    const root = document.contents
    if (problems.length > 0 || root === null) return
    if (!isMap<Node, Node | null>(root)) return at(root.range?.[0] ?? 0, 'must be a map')
    for (const { key, value } of root.items) {
      const name = isScalar(key) ? String(key.value) : ''
      const where = key.range?.[0] ?? 0
      if (isSettingKey(name)) continue
      if (!objectKeys.includes(name))
        at(
          where,
          `${JSON.stringify(name)} is not known here: it is neither a setting nor one of ${objectKeys.join(', ')}`,
        )
      else if (!isSeq<Node>(value)) at(where, `${name} must be a list`)
      else {
        keepTexts(value)
        const inFile = value.toJS(document, { maxAliasCount: 100 }) as unknown[]
        lists[name] = [...(lists[name] ?? []), ...inFile]
        entries[name] = [...(entries[name] ?? []), ...value.items.map((node) => ({ path, lines, node }))]
      }
    }
  }

  function placeOf(path: string): string | null {
    const [list = '', index = '', ...rest] = path.split('.')
    const entry = entries[list]?.[Number(index)]
    if (!entry) return null
    const { line, col } = entry.lines.linePos(deepest(entry.node, rest).range?.[0] ?? 0)
    return `${entry.path}:${line}:${col}`
  }
}

/** What the export says, as YAML: the same text for the same lists. */
export function writeObjectFile(lists: object): string {
  return stringify(lists, { lineWidth: 0, schema: 'core' })
}

/** A plain scalar that is to be a text is the text that was written: `0123` stays `0123`. */
function keepTexts(list: Node): void {
  visit(list, {
    Pair(_, { key, value }, path) {
      // The list, an entry, the pair: a config of an action keeps what YAML makes of it.
      if (path.length > 2 || !isScalar(key) || !textKeys.has(key.value)) return
      if (isScalar(value) && (typeof value.value === 'number' || typeof value.value === 'boolean'))
        value.value = value.source ?? String(value.value)
    },
  })
}

/** The node that a path leads to, or the last one on the way that is there. */
function deepest(node: Node, path: readonly string[]): Node {
  const [step, ...rest] = path
  if (step === undefined) return node
  if (isSeq<Node>(node)) {
    const item = node.items[Number(step)]
    return item ? deepest(item, rest) : node
  }
  if (!isMap<Node, Node | null>(node)) return node
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step)
  return pair ? (pair.value ? deepest(pair.value, rest) : pair.key) : node
}
