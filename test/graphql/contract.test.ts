import { readFileSync } from 'node:fs'
import {
  type GraphQLNamedType,
  buildSchema,
  findBreakingChanges,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { printedSchema } from '../../src/graphql/emit-schema.js'
import { describeSchema } from '../../src/graphql/schema.js'

const contract = buildSchema(readFileSync(new URL('../fixtures/contract.graphql', import.meta.url), 'utf8'))
const schema = describeSchema()

describe('the schema', () => {
  it('is what schema.graphql says', () => {
    const committed = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8')
    expect(committed, 'run `npm run schema`').toBe(printedSchema())
  })

  it('breaks nothing of the contract, in either direction of use', () => {
    expect(findBreakingChanges(contract, schema)).toEqual([])
  })

  it('declares every type, field, argument and value of the contract with the same type and default', () => {
    const missing = [...elements(contract)].filter(([place, form]) => elements(schema).get(place) !== form)
    expect(missing).toEqual([])
  })

  it('describes every element', () => {
    expect(undescribed()).toEqual([])
  })
})

/** Every element under its place, such as `Query.logs(first)`, in the form `Int = 50`. */
function elements(of: typeof schema): Map<string, string> {
  const found = new Map<string, string>()
  for (const type of ownTypes(of)) {
    found.set(type.name, type.constructor.name)
    if (isEnumType(type))
      for (const value of type.getValues()) found.set(`${type.name}.${value.name}`, 'value')
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields()))
        found.set(`${type.name}.${field.name}`, `${String(field.type)} = ${String(field.defaultValue)}`)
    if (isObjectType(type))
      for (const field of Object.values(type.getFields())) {
        found.set(`${type.name}.${field.name}`, String(field.type))
        for (const arg of field.args)
          found.set(
            `${type.name}.${field.name}(${arg.name})`,
            `${String(arg.type)} = ${String(arg.defaultValue)}`,
          )
      }
  }
  return found
}

function undescribed(): string[] {
  const places: string[] = []
  const look = (place: string, description: string | null | undefined): void => {
    if (!description) places.push(place)
  }
  for (const type of ownTypes(schema)) {
    look(type.name, type.description)
    if (isEnumType(type))
      for (const value of type.getValues()) look(`${type.name}.${value.name}`, value.description)
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields()))
        look(`${type.name}.${field.name}`, field.description)
    if (isObjectType(type))
      for (const field of Object.values(type.getFields())) {
        look(`${type.name}.${field.name}`, field.description)
        for (const arg of field.args) look(`${type.name}.${field.name}(${arg.name})`, arg.description)
      }
  }
  return places
}

function ownTypes(of: typeof schema): GraphQLNamedType[] {
  return Object.values(of.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  )
}
