import type { Handlers } from '../actions/handler.js'
import { scopeName } from '../keys/scope.js'
import { type JsonSchema, jsonSchemas, refTo, toJson } from './json-schema.js'
import { type Problem, problemShape, problems } from './problems.js'
import type { Parameter } from './query-parameters.js'
import type { Route, Tag } from './route.js'
import { toSnake } from './spelling.js'

const tags: Readonly<Record<Tag, string>> = {
  logs: 'What Twilio reported.',
  rules: 'What makes an alert of a log.',
  actions: 'What is done for the alerts of a rule.',
  alerts: 'What was delivered, and whether it arrived.',
  deliveries: 'One delivery by itself.',
  polling: 'Asking Twilio now.',
}

const DESCRIPTION = `The same data and the same checks as GraphQL, which can also stream. Instants are RFC 3339 text in UTC. Lists
are arrays; a long one comes by pages, and its \`Link\` header leads to the next. Failures are \`application/problem+json\` (RFC 9457)
and name every bad field at once.`

export interface DescribedApi {
  readonly routes: readonly Route[]
  readonly handlers: Handlers
  /** Of the product. */
  readonly version: string
}

/** The OpenAPI 3.1 document of the routes; where the server is reached is added by whoever serves it. */
export function describeApi({ routes, handlers, version }: DescribedApi): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {}
  for (const route of routes)
    (paths[`/api${route.path.replace(/:(\w+)/g, '{$1}')}`] ??= {})[route.method.toLowerCase()] =
      operation(route)
  return {
    openapi: '3.1.0',
    info: {
      title: 'GiftPulse REST API',
      version,
      summary: 'Self-hosted monitor for Twilio accounts',
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    security: [{ key: [] }, { bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'A key of this installation.' },
        bearer: { type: 'http', scheme: 'bearer', description: 'The same key, as Authorization: Bearer.' },
      },
      schemas: jsonSchemas(handlers),
      responses: Object.fromEntries(
        Object.entries(problems).map(([status, description]) => [
          `Problem${status}`,
          { description, content: { 'application/problem+json': { schema: refTo(problemShape) } } },
        ]),
      ),
    },
  }
}

function operation(route: Route): JsonSchema {
  const { answer, input, examples, description } = route
  return {
    operationId: route.name,
    tags: [route.tag],
    summary: route.summary,
    description: [description, `Needs the scope ${scopeName(route.scope)}.`].filter(Boolean).join(' '),
    parameters: [
      ...[...route.path.matchAll(/:(\w+)/g)].map(([, name]) => pathParameter(name ?? '')),
      ...Object.entries(route.query).map(([name, parameter]) => queryParameter(toSnake(name), parameter)),
    ],
    ...(input && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: refTo(input),
            ...(examples && {
              examples: Object.fromEntries(
                Object.entries(examples).map(([summary, value]) => [
                  summary.toLowerCase().replaceAll(/[^a-z]+/g, '-'),
                  { summary, value },
                ]),
              ),
            }),
          },
        },
      },
    }),
    responses: { [answer.status]: success(answer), ...refusals(route) },
  }
}

function pathParameter(name: string): JsonSchema {
  return {
    name,
    in: 'path',
    required: true,
    description: 'Its id.',
    schema: { type: 'string', format: 'uuid' },
  }
}

function queryParameter(name: string, { description, isList, text, type }: Parameter<unknown>): JsonSchema {
  const schema = type ? { type } : toJson(text)
  // Given again and again, as `form` and `explode` say; a comma list is taken too.
  const list = { schema: { type: 'array', items: schema }, style: 'form', explode: true }
  return { name, in: 'query', description, ...(isList ? list : { schema }) }
}

function success({ description, shape, isList, headers }: Route['answer']): JsonSchema {
  const schema = shape && (isList ? { type: 'array', items: refTo(shape) } : refTo(shape))
  return {
    description,
    ...(headers && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, told]) => [
          name,
          { description: told, schema: { type: 'string' } },
        ]),
      ),
    }),
    ...(schema && { content: { 'application/json': { schema } } }),
  }
}

/** Every problem that a route may be answered with. */
function refusals(route: Route): JsonSchema {
  const statuses: Problem[] = [400, 401, 403]
  if (route.path.includes(':') || route.input) statuses.push(404)
  if (route.conflict !== undefined) statuses.push(409)
  if (route.input) statuses.push(413, 415)
  statuses.push(429, 500, 503)
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      status === 409
        ? {
            description: route.conflict,
            content: { 'application/problem+json': { schema: refTo(problemShape) } },
          }
        : { $ref: `#/components/responses/Problem${status}` },
    ]),
  )
}
