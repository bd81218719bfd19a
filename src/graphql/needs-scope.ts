import { type GraphQLField, type GraphQLSchema, defaultFieldResolver, isObjectType } from 'graphql'
import { Extensions } from 'type-graphql'
import { assertScope } from '../http/require-scope.js'
import { type ApiScope, scopeName } from '../keys/scope.js'
import type { Context } from './context.js'

/**
 * Declares which scope a field needs, where the field is declared. Every field of Query, Mutation and Subscription says so
 * (the schema cannot be built otherwise); any other field may, and is then asked for by keys with that scope only.
 */
export function NeedsScope(scope: ApiScope): MethodDecorator & PropertyDecorator {
  return Extensions({ scope })
}

/**
 * Puts a gate in front of each field that declares a scope: before its resolver, and before a subscription begins. It stands
 * in the schema itself, so no transport can go around it. The field's description says the scope.
 * @throws {Error} where a root field declares none
 */
export function gateFields(schema: GraphQLSchema): void {
  const roots = new Set<unknown>([
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ])
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      const scope = scopeOf(field)
      if (scope) gate(field, scope)
      else if (roots.has(type)) throw new Error(`${type.name}.${field.name} declares no scope`)
    }
  }
}

/** The scope that a field declares. */
export function scopeOf(field: GraphQLField<unknown, unknown>): ApiScope | undefined {
  return field.extensions.scope as ApiScope | undefined
}

function gate(field: GraphQLField<unknown, Context>, scope: ApiScope): void {
  const { subscribe, resolve = defaultFieldResolver } = field
  if (subscribe)
    field.subscribe = async (source, args, context, info) => {
      assertScope(context.principal, scope)
      return subscribe(source, args, context, info)
    }
  else
    field.resolve = (source, args, context, info) => {
      assertScope(context.principal, scope)
      return resolve(source, args, context, info)
    }
  field.description = `${field.description ?? ''} Needs ${scopeName(scope)}.`.trimStart()
}
