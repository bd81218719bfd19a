import { z } from 'zod'
import type { Handlers } from '../actions/handler.js'
import { otherNames } from './given-body.js'
import { schemas } from './schemas.js'
import { toSnake } from './spelling.js'

export type JsonSchema = { readonly [key: string]: unknown }

const REF = '#/components/schemas/'

/** How the description refers to a schema that has a name. */
export function refTo(schema: z.ZodType): JsonSchema {
  const known = schemas.get(schema)
  if (!known) throw new Error('A schema of REST has no name: give it one by named().')
  return { $ref: REF + known.id }
}

/**
 * Every named schema as JSON Schema, in the spelling of REST; and the configs of the actions, in that of their handlers.
 * Names end in `Config` for those.
 */
export function jsonSchemas({ list }: Handlers): Record<string, JsonSchema> {
  const configs = Object.fromEntries(
    list.map(({ type, schema }) => [
      configName(type),
      { ...toJson(schema), description: `The settings of an action of the type ${type}.` },
    ]),
  )
  const config = { anyOf: Object.keys(configs).map((name) => ({ $ref: REF + name })) }
  const { schemas: named } = z.toJSONSchema(schemas, { ...OPTIONS, uri: (id) => REF + id })
  const inSnake = Object.entries(named).map(
    ([name, schema]) => [name, respelled(withoutHead(schema), config)] as const,
  )
  return { ...Object.fromEntries(inSnake), ...configs }
}

/** One schema as JSON Schema, as it is. */
export function toJson(schema: z.ZodType): JsonSchema {
  return withoutHead(z.toJSONSchema(schema, OPTIONS))
}

const OPTIONS = {
  // What is written to us, before defaults are filled in; what we write is the same either way.
  io: 'input',
  // What JSON Schema has no words for, such as a refinement, is left out of it.
  unrepresentable: 'any',
  override: ({ zodSchema, jsonSchema }) => {
    if (zodSchema instanceof z.ZodDate) Object.assign(jsonSchema, { type: 'string', format: 'date-time' })
    // The format says the same, and is readable.
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern
    // Whole numbers are given the bounds of JavaScript's; the ones that matter are told by the answer to a wrong one.
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  },
} satisfies z.core.ToJSONSchemaParams

function withoutHead({ $schema: _dialect, $id: _id, ...schema }: JsonSchema): JsonSchema {
  return schema
}

function configName(type: string): string {
  return `${type.charAt(0).toUpperCase()}${type.slice(1)}Config`
}

/** Property names in snake_case, at any depth. Where an action is given, its config may be any of `config`. */
function respelled(schema: JsonSchema, config: JsonSchema): JsonSchema {
  const entries = Object.entries(schema).map(([key, value]) => {
    if (key === 'properties') return [key, respelledProperties(value as JsonSchema, config)] as const
    if (key === 'required') return [key, (value as readonly string[]).map(toSnake)] as const
    return [key, within(value, config)] as const
  })
  return withOtherNames(Object.fromEntries(entries))
}

function respelledProperties(properties: JsonSchema, config: JsonSchema): JsonSchema {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      const told = respelled(schema as JsonSchema, config)
      // What we show has a type; what we are given is judged by the handler of the action.
      return [toSnake(name), name === 'config' && !('type' in told) ? { ...told, ...config } : told]
    }),
  )
}

function within(value: unknown, config: JsonSchema): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => within(item, config))
  return typeof value === 'object' && value !== null ? respelled(value as JsonSchema, config) : value
}

/** Where a body must have a field that has another name too, either will do. */
function withOtherNames(schema: JsonSchema): JsonSchema {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>
  const required = (schema['required'] ?? []) as readonly string[]
  // Bodies are strict; what we answer has no other names.
  const other = [...otherNames].find(
    ([, name]) => schema['additionalProperties'] === false && required.includes(name),
  )
  if (!other) return schema
  const [alias, name] = other
  return {
    ...schema,
    properties: { ...properties, [alias]: { ...properties[name], description: `Another name of ${name}.` } },
    required: required.filter((one) => one !== name),
    oneOf: [{ required: [name] }, { required: [alias] }],
  }
}
