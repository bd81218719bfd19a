import { Webhook } from 'standardwebhooks'
import { z } from 'zod'

import { templateFault } from './template.js'

const MAX_PAYLOAD_BYTES = 20_000
const MAX_PAYLOAD_DEPTH = 20

/** RFC 9110: a field name is a token; a value is visible text, here within Latin-1, without line breaks. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/** Set by us or by the connection; a config may not speak for them. */
const reservedHeaders: ReadonlySet<string> = new Set(
  (
    'host content-length content-encoding transfer-encoding connection keep-alive ' +
    'upgrade te trailer expect http2-settings'
  ).split(' '),
)
const reservedPrefixes = ['webhook-', 'proxy-', 'x-giftpulse-']

/**
 * Settings of a webhook.
 *
 * @param urlFault why a URL may not be called, or null
 */
export function webhookSchema(urlFault: (url: string) => string | null) {
  return z.strictObject({
    url: z
      .string()
      .max(2048)
      .superRefine((url, context) => {
        const fault = urlFault(url)
        if (fault !== null) context.addIssue({ code: 'custom', message: fault })
      })
      .meta({
        title: 'URL',
        description: 'Where it is sent; user:password@ before the host becomes Basic authorization.',
        format: 'uri',
      }),
    method: z
      .enum(['POST', 'PUT'])
      .meta({ title: 'Method', description: 'POST where nothing is chosen.' })
      .optional(),
    headers: z
      .record(z.string(), z.string().max(4096).meta({ writeOnly: true }))
      .superRefine(checkHeaders)
      .meta({ title: 'Headers', description: 'Sent along; their values are kept as secrets.' })
      .optional(),
    payload: z
      .unknown()
      .superRefine(checkPayload)
      .meta({
        title: 'Payload',
        description: 'JSON in place of the standard body; its texts may hold {{variables}}.',
      })
      .optional(),
    secret: z
      .string()
      .max(512)
      .superRefine(checkSecret)
      .meta({
        title: 'Secret',
        description: 'Signs each request by Standard Webhooks; whsec_ and base64, or any text.',
        format: 'secret',
        writeOnly: true,
      })
      .optional(),
    timeoutSeconds: z
      .number()
      .min(1)
      .max(300)
      .meta({ title: 'Timeout', description: 'Seconds until a try is given up.' })
      .optional(),
  })
}

export type WebhookConfig = z.infer<ReturnType<typeof webhookSchema>>

/**
 * The signer for a secret: `whsec_` and base64 as Standard Webhooks writes them; any other text is used byte for
 * byte (UTF-8). Throws where the base64 cannot be read.
 */
export function webhookSigner(secret: string): Webhook {
  return secret.startsWith('whsec_')
    ? new Webhook(secret)
    : new Webhook(Buffer.from(secret, 'utf8'), { format: 'raw' })
}

function checkHeaders(headers: Record<string, string>, context: z.RefinementCtx): void {
  const seen = new Set<string>()
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase()
    const fault =
      headerFault(lower, value) ?? (seen.has(lower) ? 'is given twice: header names have no case' : null)
    if (fault !== null) context.addIssue({ code: 'custom', path: [name], message: fault })
    seen.add(lower)
  }
}

function headerFault(name: string, value: string): string | null {
  if (!HEADER_NAME.test(name)) return 'is not a valid header name'
  if (reservedHeaders.has(name) || reservedPrefixes.some((prefix) => name.startsWith(prefix))) {
    return 'is a reserved header'
  }
  return HEADER_VALUE.test(value) ? null : 'must be a header value: visible Latin-1 text without line breaks'
}

function checkSecret(secret: string, context: z.RefinementCtx): void {
  try {
    webhookSigner(secret)
  } catch {
    context.addIssue({ code: 'custom', message: 'must hold something, in base64 after whsec_' })
  }
}

function checkPayload(payload: unknown, context: z.RefinementCtx): void {
  if (payload === undefined) return
  const fault = payloadFault(payload, MAX_PAYLOAD_DEPTH)
  if (fault !== null) context.addIssue({ code: 'custom', message: fault })
  else if (Buffer.byteLength(JSON.stringify(payload)) > MAX_PAYLOAD_BYTES) {
    context.addIssue({ code: 'custom', message: `must be ${MAX_PAYLOAD_BYTES} bytes of JSON at most` })
  }
}

function payloadFault(value: unknown, depthLeft: number): string | null {
  if (depthLeft === 0) return `must be nested ${MAX_PAYLOAD_DEPTH} levels deep at most`
  if (typeof value === 'string') return templateFault(value)
  if (typeof value !== 'object' || value === null) return null
  for (const inner of Object.values(value)) {
    const fault = payloadFault(inner, depthLeft - 1)
    if (fault !== null) return fault
  }
  return null
}
