import {
  type GraphQLField,
  type GraphQLOutputType,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { describeSchema } from '../../src/graphql/schema.js'

/** Objects within objects: as deep as an operation may ask. */
const DEPTH = 5

/** An operation that asks for all that it can be asked for. */
export interface WholeOperation {
  readonly name: string
  readonly text: string
}

/** Every query or subscription that needs no argument, with all fields of all objects, generated from the schema. */
export function wholeOperations(kind: 'query' | 'subscription'): WholeOperation[] {
  return Object.values(
    describeSchema()
      .getRootType(kind as never)!
      .getFields(),
  )
    .filter(needsNothing)
    .map((field) => ({ name: field.name, text: `${kind} { ${whole(field, [])} }` }))
}

function whole(field: GraphQLField<unknown, unknown>, within: readonly string[]): string {
  // Pages as small as they may be, where there are pages: what is asked for grows with each within another.
  const page = field.args.some(({ name }) => name === 'first') ? '(first: 20)' : ''
  return `${field.name}${page}${selection(field.type, within)}`
}

function selection(type: GraphQLOutputType, within: readonly string[]): string {
  const named = getNamedType(type)
  if (!isObjectType(named)) return ''
  const path = [...within, named.name]
  const fields = Object.values(named.getFields()).filter(
    (field) => needsNothing(field) && (isLeafType(getNamedType(field.type)) || leadsOn(field, path)),
  )
  return ` { __typename ${fields.map((field) => whole(field, path)).join(' ')} }`
}

const needsNothing = ({ args }: GraphQLField<unknown, unknown>) =>
  args.every(({ type, defaultValue }) => !isNonNullType(type) || defaultValue !== undefined)

/** Not back to what it came from, nor in a connection's second form. */
const leadsOn = ({ name, type }: GraphQLField<unknown, unknown>, path: readonly string[]) =>
  path.length < DEPTH && !path.includes(getNamedType(type).name) && name !== 'edges'
