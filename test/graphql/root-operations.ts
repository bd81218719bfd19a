import {
  type GraphQLField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  getNamedType,
} from 'graphql'
import { scopeOf } from '../../src/graphql/needs-scope.js'
import { describeSchema } from '../../src/graphql/schema.js'
import type { ApiScope } from '../../src/keys/scope.js'

/** One field of Query, Mutation or Subscription, as somebody might ask for it. */
export interface RootOperation {
  readonly kind: 'query' | 'mutation' | 'subscription'
  readonly name: string
  readonly query: string
  /** A value for whatever it must be given, of the right type and no more sense. */
  readonly variables: Readonly<Record<string, unknown>>
  readonly scope: ApiScope | undefined
}

/** Every operation there is, generated from the schema. */
export function rootOperations(): RootOperation[] {
  const schema = describeSchema()
  return (['query', 'mutation', 'subscription'] as const).flatMap((kind) =>
    Object.values(schema.getRootType(kind as never)!.getFields()).map((field) => ({
      kind,
      name: field.name,
      query: `${kind} ${operationOf(field)}`,
      variables: Object.fromEntries(neededOf(field).map(({ name, type }) => [name, sampleOf(type)])),
      scope: scopeOf(field),
    })),
  )
}

/** The arguments that an operation must be given. */
export const neededOf = (field: GraphQLField<unknown, unknown>) =>
  field.args.filter((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined)

function operationOf(field: GraphQLField<unknown, unknown>): string {
  const needed = neededOf(field)
  const variables = needed.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')
  const args = needed.map(({ name }) => `${name}: $${name}`).join(', ')
  const selection = isObjectType(getNamedType(field.type)) ? ' { __typename }' : ''
  return `Sweep${variables && `(${variables})`} { ${field.name}${args && `(${args})`}${selection} }`
}

const samples: Readonly<Record<string, unknown>> = {
  Int: 1,
  Boolean: true,
  DateTime: '2030-01-01T00:00:00Z',
  JSON: {},
}

/** A value of this type, of no more sense than that. */
export function sampleOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType)
  if (isListType(type)) return [sampleOf(type.ofType)]
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (!isInputObjectType(type)) return samples[type.name] ?? '00000000-0000-4000-8000-000000000000'
  const needed = Object.values(type.getFields()).filter((field) => isNonNullType(field.type))
  return Object.fromEntries(needed.map((field) => [field.name, sampleOf(field.type)]))
}
