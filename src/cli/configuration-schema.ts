import { createHandlers } from '../actions/index.js'
import { createOutboundHttp } from '../actions/outbound-http.js'
import { configurationJsonSchema } from '../commands/configuration/json-schema.js'
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
    maskNumbers: true,
  })
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'giftpulse.yaml',
    description: 'Settings of GiftPulse, and the rules that giftpulse apply makes stand.',
    type: 'object',
    properties: { ...configurationJsonSchema(handlers), ...settingsJsonSchema() },
    additionalProperties: false,
  }
}
