import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createActionInput, createRuleInput } from '../../src/commands/rule-input.js'
import { routes } from '../../src/rest/routes.js'
import { toSnake } from '../../src/rest/spelling.js'
import { someHandlers } from '../actions/samples.js'
import { openRestServer, type RestServer } from '../fixtures/rest-server.js'

interface Schema {
  readonly properties: Readonly<Record<string, object>>
  readonly required?: readonly string[]
}
interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly parameters: readonly { readonly name: string; readonly description: string }[]
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
  readonly servers: unknown
}

const handlers = someHandlers()
const statements = { query: () => Promise.reject(new Error('this test has no database')) }
let rest: RestServer
let document: Document
beforeAll(async () => {
  rest = await openRestServer({ statements, commands: {}, handlers })
  document = rest.openapi as unknown as Document
})
afterAll(async () => {
  await rest.close()
  await handlers.close()
})

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(
      JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
    )
    expect([valid, errors, validator.version]).toEqual([true, undefined, '3.1'])
  })

  it('has every route, each under a name of its own and in words', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
    )
    expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(
      routes
        .map(({ method, path }) => `${method.toLowerCase()} /api${path.replace(':id', '{id}')}`)
        .toSorted(),
    )
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length)
    for (const { operationId, summary, parameters } of operations) {
      expect(summary, operationId).toMatch(/^[A-Z]/)
      for (const { name, description } of parameters) expect(description, name).toMatch(/\.$/)
    }
  })

  it('describes every field of every body', () => {
    for (const [name, { properties }] of Object.entries(document.components.schemas)) {
      // Those of the handlers are described in words elsewhere.
      if (name.endsWith('Config')) continue
      for (const [field, schema] of Object.entries(properties))
        expect(schema, `${name}.${field}`).toMatchObject({ description: expect.stringMatching(/\.$/) })
    }
  })

  it.each([
    ['NewRule', createRuleInput],
    ['NewAction', createActionInput],
  ] as const)('has the fields of %s from the schema by which the command reads it', (name, schema) => {
    const { properties } = document.components.schemas[name]!
    const aliases = name === 'NewAction' ? ['type'] : []
    expect(Object.keys(properties).toSorted()).toEqual(
      [...Object.keys(schema.shape).map(toSnake), ...aliases].toSorted(),
    )
  })

  it('has the settings of every type of action', () => {
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['EmailConfig', 'WebhookConfig', 'LogConfig']),
    )
    expect(document.components.schemas['WebhookConfig']).toMatchObject({
      required: ['url'],
      properties: { timeoutSeconds: { type: 'number' } },
    })
  })

  it('is read without a key, and says where the server is reached', async () => {
    const response = await fetch(`${rest.http.url}/api/openapi.json`)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/json; charset=utf-8',
    ])
    expect(document.servers).toEqual([{ url: rest.http.url }])
  })
})
