import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
} from 'graphql'
import { describeSchema } from '../../src/graphql/schema.js'
import { neededOf, sampleOf } from './root-operations.js'

/** One place of an argument at which a single value stands, and how to put a value there. */
export interface ArgumentPlace {
  readonly kind: 'query' | 'mutation' | 'subscription'
  /** Such as `logs(filter.search)`. */
  readonly name: string
  /** The type of what stands there, such as String. */
  readonly type: string
  readonly query: string
  variables(value: unknown): Readonly<Record<string, unknown>>
}

/** Every place of every argument of every operation, generated from the schema: a new one is never forgotten. */
export function argumentPlaces(): ArgumentPlace[] {
  const schema = describeSchema()
  return (['query', 'mutation', 'subscription'] as const).flatMap((kind) =>
    Object.values(schema.getRootType(kind as never)!.getFields()).flatMap((field) =>
      field.args.flatMap((argument) =>
        leavesOf(argument.type).map(({ path, type, put }) => ({
          kind,
          name: `${field.name}(${[argument.name, ...path].join('.')})`,
          type,
          query: `${kind} ${operationOf(field, argument)}`,
          variables: (value: unknown) => ({
            ...Object.fromEntries(neededOf(field).map((one) => [one.name, sampleOf(one.type)])),
            [argument.name]: put(value),
          }),
        })),
      ),
    ),
  )
}

interface Leaf {
  readonly path: readonly string[]
  readonly type: string
  /** An argument with this value at the leaf, and samples where something is needed besides. */
  put(value: unknown): unknown
}

function leavesOf(type: GraphQLInputType): Leaf[] {
  const bare = getNullableType(type)
  if (isListType(bare))
    return leavesOf(bare.ofType).map((leaf) => ({ ...leaf, put: (value) => [leaf.put(value)] }))
  if (!isInputObjectType(bare)) return [{ path: [], type: String(bare), put: (value) => value }]
  return Object.values(bare.getFields()).flatMap((field) =>
    leavesOf(field.type).map(({ path, type: leaf, put }) => ({
      path: [field.name, ...path],
      type: leaf,
      put: (value: unknown) => ({ ...(sampleOf(bare) as object), [field.name]: put(value) }),
    })),
  )
}

function operationOf(field: GraphQLField<unknown, unknown>, argument: GraphQLArgument): string {
  const given = [...new Set([...neededOf(field), argument])]
  const variables = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')
  const args = given.map(({ name }) => `${name}: $${name}`).join(', ')
  return `Place(${variables}) { ${field.name}(${args})${selectionOf(field.type)} }`
}

/** What makes the operation really read: every plain value, and that there are others. */
function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type)
  if (!isObjectType(named)) return ''
  const fields = Object.values(named.getFields()).filter(({ args }) => args.length === 0)
  const names = fields.map((field) =>
    isLeafType(getNamedType(field.type)) ? field.name : `${field.name} { __typename }`,
  )
  return ` { ${names.join(' ')} }`
}
