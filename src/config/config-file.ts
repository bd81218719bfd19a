import { type Node, LineCounter, isMap, isScalar, parseDocument } from 'yaml'
import type { ConfigFault } from './config-error.js'
import { nearestName } from './nearest-name.js'
import { isSettingKey } from './setting-keys.js'

/** Keys of the same file that are no settings: what they hold is applied by `giftpulse apply`, and read by nobody at a start. */
export const objectKeys: readonly string[] = ['rules', 'receivers']

/** What a configuration file says: texts by key, and what is wrong with it. */
export interface ConfigFile {
  readonly texts: ReadonlyMap<string, string>
  readonly warnings: readonly string[]
  readonly faults: readonly ConfigFault[]
}

/**
 * Reads the settings in the text of `giftpulse.yaml`: one flat map, the lists of objects apart, whose values are plain scalars, each taken as the text that
 * was written (`0123` stays `0123`). Tags, anchors and aliases are refused, so nothing can be constructed or expanded.
 */
export function parseConfigFile(path: string, source: string): ConfigFile {
  const lines = new LineCounter()
  // Pretty errors would quote the line, and with it a secret.
  const document = parseDocument(source, { schema: 'failsafe', prettyErrors: false, lineCounter: lines })
  const problems = [...document.errors, ...document.warnings].map(({ code, pos }) => {
    const { line, col } = lines.linePos(pos[0])
    return fileFault(path, `valid YAML without tags; line ${line}, column ${col}: ${code}`)
  })
  const root = document.contents
  if (problems.length > 0) return { texts: new Map(), warnings: [], faults: problems }
  if (root === null || (isScalar(root) && root.value === ''))
    return { texts: new Map(), warnings: [], faults: [] }
  if (!isMap<Node, Node | null>(root))
    return { texts: new Map(), warnings: [], faults: [fileFault(path, 'a map of settings')] }

  const texts = new Map<string, string>()
  const warnings: string[] = []
  const faults: ConfigFault[] = []
  for (const { key, value } of root.items) {
    const name = isScalar(key) ? String(key.value) : ''
    const text = plainText(value)
    if (objectKeys.includes(name)) continue
    if (!isSettingKey(name) || name === 'CONFIG_FILE') warnings.push(unknownKey(path, name))
    else if (text === null) faults.push({ name, value: `(in ${path})`, expected: 'a plain value' })
    else texts.set(name, text)
  }
  return { texts, warnings, faults }
}

/** A fault of the file as a whole. */
export function fileFault(path: string, expected: string): ConfigFault {
  return { name: 'CONFIG_FILE', value: JSON.stringify(path), expected }
}

/** The text of a scalar (an unquoted null is the empty text, so not set), or null for everything else. */
function plainText(node: Node | null): string | null {
  if (node === null) return ''
  if (!isScalar(node) || node.anchor !== undefined || node.tag !== undefined) return null
  const text = String(node.value)
  return node.type === 'PLAIN' && /^(null|~)$/i.test(text) ? '' : text
}

function unknownKey(path: string, key: string): string {
  const near = nearestName(key)
  const shown = JSON.stringify(key.slice(0, 60))
  return `${path}: ${shown} is not a setting and is ignored${near ? `; did you mean ${near}?` : ''}`
}
