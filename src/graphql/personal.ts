import { type GraphQLField, type GraphQLSchema, defaultFieldResolver, isObjectType } from 'graphql'
import { Extensions } from 'type-graphql'
import { maskRecord } from '../privacy/mask-numbers.js'
import type { Context } from './context.js'

/** Declares that a field may hold phone numbers: keys without the scope PII see them masked, and what the others see is noted. */
export function Personal(): MethodDecorator & PropertyDecorator {
  return Extensions({ personal: true })
}

/** Puts the mask in front of each field that says it is personal. Its description says so. */
export function maskPersonalFields(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) if (field.extensions.personal) mask(field)
  }
}

function mask(field: GraphQLField<unknown, Context>): void {
  const { resolve = defaultFieldResolver } = field
  field.resolve = (source, args, context, info) => {
    const value: unknown = resolve(source, args, context, info)
    if (context.seesNumbers) {
      context.notePersonalRead()
      return value
    }
    const masked = (resolved: unknown) => maskRecord(resolved, field.name)
    return value instanceof Promise ? value.then(masked) : masked(value)
  }
  field.description = `${field.description ?? ''} Phone numbers are masked without PII.`.trimStart()
}
