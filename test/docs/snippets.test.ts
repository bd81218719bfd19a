import { readFileSync } from 'node:fs'
import { buildSchema, getOperationAST, type GraphQLSchema, parse, specifiedRules, validate } from 'graphql'
import { getVariableValues } from 'graphql/execution/values.js'
import { describe, expect, it } from 'vitest'
import { ActionType } from '../../src/actions/action.js'
import { checkActionConfig } from '../../src/actions/check-config.js'
import { createHandlers } from '../../src/actions/index.js'
import { createOutboundHttp } from '../../src/actions/outbound-http.js'
import { createSecretBox } from '../../src/actions/secret-box.js'
import { parseInput } from '../../src/commands/parse-input.js'
import { createRuleCommands } from '../../src/commands/rule-commands.js'
import type { RuleBook } from '../../src/commands/rule-book.js'
import { createActionInput } from '../../src/commands/rule-input.js'
import { limitRules, parseOptions } from '../../src/graphql/limits.js'
import { describeSchema } from '../../src/graphql/schema.js'
import { readBody } from '../../src/rest/given-body.js'
import type { Rule } from '../../src/rules/rule.js'
import { snippetsIn } from './markdown.js'

const written = buildSchema(readFileSync('schema.graphql', 'utf8'))

const handlers = createHandlers({
  smtp: { host: 'mail.example.com', port: 587, user: null, password: null, from: 'giftpulse@example.com' },
  http: createOutboundHttp({ allowPrivateNetworks: false }),
  log: () => {},
  webhook: { timeoutSeconds: 30, retryAttempts: 3 },
  retryAttempts: 8,
  publicUrl: 'https://giftpulse.example.com',
  demo: false,
  maskNumbers: true,
})

/** Takes every rule, and keeps none. */
const forgetful: RuleBook = { change: async () => ({}) as Rule as never }
const { createRule } = createRuleCommands({ book: forgetful, handlers, secrets: createSecretBox('a key') })

/** What a request would be refused for before it runs. */
function faultsOf(query: string, variables: object, schema: GraphQLSchema = written): string[] {
  const document = parse(query, parseOptions)
  const faults = validate(schema, document, [...specifiedRules, ...limitRules])
  if (faults.length > 0) return faults.map(({ message }) => message)
  const declared = getOperationAST(document)?.variableDefinitions ?? []
  const required = declared.some(({ type, defaultValue }) => type.kind === 'NonNullType' && !defaultValue)
  if (!required || Object.keys(variables).length === 0) return []
  return (getVariableValues(schema, declared, { ...variables }).errors ?? []).map(({ message }) => message)
}

/** Every curl call with a body: to which path, and with what. */
const calls = snippetsIn('sh').flatMap(({ place, text }) =>
  [...text.matchAll(/^curl\b.*?https?:\/\/[^/\s]+(\/\S+)[\s\S]*?-d '(\{[\s\S]*?\n\})'/gm)].map(
    ([, path = '', body = '']) => ({ place, path, body }),
  ),
)

/** Those to GraphQL, and those to REST. */
const bodies = calls.filter(({ path }) => path === '/graphql')
const restBodies = calls
  .filter(({ path }) => path.startsWith('/api/'))
  .map(({ path, body, ...call }) => ({ ...call, path, input: readBody(JSON.parse(body)).input }))

/** The operations in every script. */
const embedded = snippetsIn('js').flatMap(({ place, text }) =>
  [...text.matchAll(/query: `([^`]+)`/g)].map(([, query]) => ({ place, query: query ?? '' })),
)

describe('the examples', () => {
  it.each(snippetsIn('graphql'))('$place is an operation of the API', ({ text }) => {
    expect(faultsOf(text, {})).toEqual([])
  })

  it.each(bodies)('$place posts an operation of the API, with its variables', ({ body }) => {
    const { query, variables = {} } = JSON.parse(body) as { query: string; variables?: object }
    expect(faultsOf(query, variables)).toEqual([])
  })

  it.each(embedded)('$place asks for what the API has', ({ query }) => {
    expect(faultsOf(query, {})).toEqual([])
  })

  it.each(snippetsIn('json'))('$place is JSON', ({ text }) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow()
  })

  const rules = [
    ...snippetsIn('json')
      .filter(({ label }) => label === 'CreateRuleInput')
      .map(({ place, text }) => ({ place, input: JSON.parse(text) as object })),
    ...bodies
      .map(({ place, body }) => ({ place, ...(JSON.parse(body) as { variables?: { input?: object } }) }))
      .flatMap(({ place, variables }) => (variables?.input ? [{ place, input: variables.input }] : [])),
  ]

  it.each(rules)('$place is a rule that is accepted without a warning', async ({ input }) => {
    const query = 'mutation ($input: CreateRuleInput!) { createRule(input: $input) { warnings } }'
    expect(faultsOf(query, { input })).toEqual([])
    const schema = describeSchema()
    const declared = getOperationAST(parse(query))?.variableDefinitions ?? []
    const { coerced } = getVariableValues(schema, declared, { input })
    expect((await createRule(coerced?.input)).warnings).toEqual([])
  })

  it.each(restBodies)('$place is taken by REST without a warning', async ({ path, input }) => {
    if (path === '/api/rules') {
      expect((await createRule(input)).warnings).toEqual([])
      return
    }
    const { actionType, config } = parseInput(createActionInput, input)
    const checked = checkActionConfig(handlers, actionType, config)
    expect([path, handlers.get(actionType).warnings?.(checked)]).toEqual(['/api/actions', []])
  })

  const configs = snippetsIn('json').filter(({ label }) => label in ActionType)

  it.each(configs)('$place is a config of $label actions without a warning', ({ label, text }) => {
    const type = ActionType[label as keyof typeof ActionType]
    const config = checkActionConfig(handlers, type, JSON.parse(text))
    expect(handlers.get(type).warnings?.(config)).toEqual([])
  })

  it('are found: of every kind some', () => {
    const kinds = [snippetsIn('graphql'), bodies, restBodies, embedded, rules, configs]
    expect(kinds.map(({ length }) => length).filter((length) => length === 0)).toEqual([])
  })
})
