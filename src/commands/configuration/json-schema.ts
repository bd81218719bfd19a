import { z } from 'zod'
import type { Handlers } from '../../actions/handler.js'
import { actionEntry, ruleEntry } from './entries.js'
import { receiverEntry } from './receiver-entries.js'

/** What each key of a rule means, for whoever writes one in an editor. */
const meanings: Readonly<Record<keyof typeof ruleEntry.shape, string>> = {
  name: 'What people call it. Files tell rules apart by it.',
  copy: 'Which it is of several rules with this name, by their age: 1 is the oldest that these files manage. Left out where the name is said once.',
  description: 'What it is for.',
  enabled: 'Whether it judges logs.',
  log_type: 'The kind of log it judges; any where left out.',
  pattern_type: 'What it looks for.',
  pattern_value:
    'error_code: 30001,30003-30008,!30006. status: failed,undelivered. regex: an RE2 pattern. threshold, where given: code:, status: or regex: and one of these.',
  threshold_count: 'threshold: how many matching logs.',
  threshold_window_minutes: 'threshold: within how many minutes of log time.',
  cooldown_minutes:
    'For so many minutes after it fired, matches join the open alert instead of opening another.',
  actions: 'What is done for its alerts.',
}

/** What each key of a receiver means. */
const receiverMeanings: Readonly<Record<keyof typeof receiverEntry.shape, string>> = {
  name: 'The end of its URL: /webhooks/custom/<name>. Files tell receivers apart by it.',
  description: 'What it is for.',
  enabled: 'Whether it takes what is sent to it.',
  secret: 'Checks signatures by Standard Webhooks.',
  token: 'Taken as Authorization: Bearer.',
  mapping: 'Where in a body each is found: a dotted path or a JSON pointer.',
  max_bytes: 'The largest body, in bytes.',
}

/** Matches texts that name a variable, which may stand wherever a config has a text. */
const reference = { type: 'string', pattern: String.raw`\$\{[A-Za-z_][A-Za-z0-9_]*\}` }

/** JSON Schema of each list that files may have, by its key: from the schemas by which it is checked. */
export function configurationJsonSchema(handlers: Handlers): Record<string, unknown> {
  const described = Object.entries(ruleEntry.shape)
    .filter(([key]) => key !== 'actions')
    .map(([key, schema]) => [key, schema.meta({ description: meanings[key as keyof typeof meanings] })])
  const rule = schemaOf(z.strictObject(Object.fromEntries(described) as Record<string, z.ZodType>))
  const actions = handlers.list.map((handler) => {
    const isNeeded = !handler.schema.safeParse({}).success
    return {
      type: 'object',
      properties: {
        type: { const: handler.type },
        config: referable(schemaOf(handler.schema)),
        enabled: { ...schemaOf(actionEntry.shape.enabled), description: 'Whether new alerts make it act.' },
      },
      required: isNeeded ? ['type', 'config'] : ['type'],
      additionalProperties: false,
    }
  })
  const { properties, ...rest } = rule as { properties: object }
  return {
    rules: {
      description: 'The rules that these files manage. Left out: none is touched; empty: none is left.',
      type: 'array',
      items: {
        ...rest,
        properties: {
          ...properties,
          actions: {
            description: meanings.actions,
            type: ['array', 'null'],
            maxItems: 50,
            items: { anyOf: actions },
          },
        },
      },
    },
    receivers: {
      description:
        'The receivers of custom webhooks that these files manage. Left out: none is touched; empty: none is left.',
      type: 'array',
      items: referable(schemaOf(describedReceiver())),
    },
  }
}

function describedReceiver(): z.ZodType {
  const described = Object.entries(receiverEntry.shape).map(([key, schema]) => [
    key,
    schema.meta({ description: receiverMeanings[key as keyof typeof receiverMeanings] }),
  ])
  return z.strictObject(Object.fromEntries(described) as Record<string, z.ZodType>)
}

function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest
}

/** The schema with a reference allowed wherever a text has to look like something. */
function referable(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(referable)
  if (typeof schema !== 'object' || schema === null) return schema
  const { type, pattern, format, minLength, enum: choices } = schema as Record<string, unknown>
  const isAnyText = [pattern, format, choices].every((one) => one === undefined) && Number(minLength ?? 0) < 2
  if (type === 'string' && !isAnyText) return { anyOf: [schema, reference] }
  return Object.fromEntries(Object.entries(schema).map(([key, inner]) => [key, referable(inner)]))
}
