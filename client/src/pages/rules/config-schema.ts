import { inWords } from '../../components/in-words.js'
import { isRecord } from '../../components/is-record.js'
import { MASK } from './rule-draft.js'

/** What is understood of a JSON Schema of an action's config. */
export interface ConfigField {
  readonly name: string
  readonly label: string
  readonly hint: string | undefined
  readonly kind: FieldKind
  readonly isRequired: boolean
  /** Of a choice. */
  readonly options: readonly string[]
}

/** `pairs`: any names with a text each. `json`: anything at all. */
export type FieldKind = 'text' | 'long' | 'secret' | 'choice' | 'list' | 'pairs' | 'number' | 'flag' | 'json'

/** A text that may be so long gets room for more than a line; addresses stay on one. */
const LONG = 1_000

/** The fields of a config, those that must be there first. Empty where the schema is of no known form. */
export function fieldsOf(schema: unknown): readonly ConfigField[] {
  if (!isRecord(schema) || !isRecord(schema['properties'])) return []
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const fields = Object.entries(schema['properties']).map(([name, property]): ConfigField => {
    const { title, description } = isRecord(property) ? property : {}
    return {
      name,
      label: typeof title === 'string' ? title : inWords(name),
      hint: typeof description === 'string' ? description : undefined,
      kind: kindOf(property),
      isRequired: required.includes(name),
      options: isRecord(property) && Array.isArray(property['enum']) ? property['enum'].map(String) : [],
    }
  })
  return [...fields.filter(({ isRequired }) => isRequired), ...fields.filter(({ isRequired }) => !isRequired)]
}

function kindOf(property: unknown): FieldKind {
  if (!isRecord(property)) return 'json'
  const { type, items, additionalProperties, format, maxLength, writeOnly } = property
  if (Array.isArray(property['enum'])) return 'choice'
  if (writeOnly === true || format === 'password' || format === 'secret') return 'secret'
  if (type === 'array') return isRecord(items) && items['type'] === 'string' ? 'list' : 'json'
  if (type === 'object')
    return isRecord(additionalProperties) && additionalProperties['type'] === 'string' ? 'pairs' : 'json'
  if (type === 'number' || type === 'integer') return 'number'
  if (type === 'boolean') return 'flag'
  if (type !== 'string') return 'json'
  const isAddress = format === 'uri'
  return typeof maxLength === 'number' && maxLength >= LONG && !isAddress ? 'long' : 'text'
}

/** Whether the value is a secret that is kept where nothing else is written. */
export function isMasked(value: unknown): boolean {
  return value === MASK
}
