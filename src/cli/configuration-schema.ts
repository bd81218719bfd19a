import { createHandlers } from '../actions/index.js'
import { createOutboundHttp } from '../actions/outbound-http.js'
import { configurationJsonSchema } from '../commands/configuration/json-schema.js'
import { textKeys } from '../config/object-files.js'
import { settingsJsonSchema } from '../config/json-schema.js'

/** JSON Schema of `giftpulse.yaml`: the settings, and the lists of objects. */
export function configurationSchema(): Record<string, unknown> {
  // Only asked what their configs look like; they send nothing.
  const handlers = createHandlers({
    smtp: null,
    http: createOutboundHttp({ allowPrivateNetworks: false }),
    log: () => undefined,
    webhook: { timeoutSeconds: 30, retryAttempts: 3 },
    retryAttempts: 8,
    publicUrl: '',
    demo: false,
    maskNumbers: true,
  })
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'giftpulse.yaml',
    description: 'Settings of GiftPulse, and the rules that giftpulse apply makes stand.',
    type: 'object',
    properties: { ...asWritten(configurationJsonSchema(handlers)), ...settingsJsonSchema() },
    additionalProperties: false,
  }
}

interface ListSchema {
  readonly items: { readonly properties: Readonly<Record<string, { readonly type?: string | string[] }>> }
}

/** The lists as files may have them: what is to be a text is read as one, though YAML takes it for a number. */
function asWritten(lists: Record<string, unknown>): Record<string, unknown> {
  const written = Object.entries(lists as Record<string, ListSchema>).map(([name, list]) => {
    const properties = Object.entries(list.items.properties).map(([key, schema]) => [
      key,
      textKeys.has(key) ? plainScalar(schema) : schema,
    ])
    return [name, { ...list, items: { ...list.items, properties: Object.fromEntries(properties) as object } }]
  })
  return Object.fromEntries(written) as Record<string, unknown>
}

/** The same schema for what stands there without quotes; its other demands are on texts only. */
function plainScalar(schema: object): object {
  const { type, anyOf } = schema as { type?: string | string[]; anyOf?: object[] }
  if (anyOf) return { ...schema, anyOf: anyOf.map(plainScalar) }
  const types = [type ?? []].flat()
  return types.includes('string') ? { ...schema, type: [...types, 'number', 'boolean'] } : schema
}
