import { ActionType } from './action.js'
import { answerText } from './answer-text.js'
import { HOP_HEADER } from './hop-header.js'
import { MASK } from './config-secrets.js'
import { ActionError, type Handler, type Notice, type Outcome } from './handler.js'
import type { OutboundHttp, OutboundResponse } from './outbound-http.js'
import { parseRetryAfter } from './retry-after.js'
import { unknownVariables } from './template-variables.js'
import { webhookBody } from './webhook-body.js'
import { webhookSchema, webhookSigner, type WebhookConfig } from './webhook-config.js'
import { mapWebhookSecrets, shownUrl, splitUserInfo } from './webhook-secrets.js'

const USER_AGENT = 'GiftPulse'
const RETRIED_STATUSES: ReadonlySet<number> = new Set([408, 429])
/** Shorter values are no secrets, and hiding them would hide half of every answer. */
const SHORTEST_SECRET = 6

export interface WebhookSettings {
  readonly timeoutSeconds: number
  readonly retryAttempts: number
}

interface WebhookDeps {
  readonly http: OutboundHttp
  readonly webhook: WebhookSettings
  /** Whether what it tells is the demo account's. */
  readonly demo: boolean
  readonly now?: () => Date
}

/** Posts the notice as JSON, signed by Standard Webhooks where the config holds a secret. */
export function createWebhookHandler({
  http,
  webhook: settings,
  demo,
  now = () => new Date(),
}: WebhookDeps): Handler<WebhookConfig> {
  const requestOf = (notice: Notice, config: WebhookConfig) => {
    const at = now()
    const body = webhookBody(notice, config.payload, { demo })
    const { url, userInfo } = splitUserInfo(config.url)
    const headers = { ...authorization(userInfo), ...headersOf(notice, config, body, at) }
    return { method: config.method ?? 'POST', url, headers, body }
  }
  return {
    type: ActionType.WEBHOOK,
    title: 'Webhook',
    description: 'Sends a signed JSON request to a URL.',
    schema: webhookSchema((url) => http.checkUrlLiteral(url)),
    retryAttempts: settings.retryAttempts,
    mapSecrets: mapWebhookSecrets,
    recipients: () => [],
    warnings: ({ url, payload }) => [
      ...[http.warnOfUrl(url)].filter((warning) => warning !== null),
      ...stringsOf(payload)
        .flatMap(unknownVariables)
        .map((name) => `payload: {{${name}}} is not a known variable and stays empty`),
    ],

    request(notice, config) {
      const { headers, ...request } = requestOf(notice, config)
      return {
        ...request,
        url: shownUrl(request.url),
        headers: masked(headers),
        body: hidden(request.body, config),
      }
    },

    async send(notice, config, signal) {
      const response = await http.send({
        ...requestOf(notice, config),
        timeoutMs: (config.timeoutSeconds ?? settings.timeoutSeconds) * 1000,
        signal,
      })
      return judge(response, secretsOf(config), now())
    },
  }
}

/** Headers of our own that tell nothing; any other may be a secret. */
const openHeaders: ReadonlySet<string> = new Set([
  HOP_HEADER,
  'content-type',
  'webhook-id',
  'webhook-timestamp',
])

function masked(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const isOpen = openHeaders.has(name) || (name === 'user-agent' && value === USER_AGENT)
      return [name, isOpen ? value : MASK]
    }),
  )
}

function headersOf(
  { deliveryId }: Notice,
  config: WebhookConfig,
  body: string,
  at: Date,
): Record<string, string> {
  const own = Object.entries(config.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])
  return {
    'user-agent': USER_AGENT,
    'content-type': 'application/json',
    ...Object.fromEntries(own),
    [HOP_HEADER]: '1',
    'webhook-id': deliveryId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    ...(config.secret && { 'webhook-signature': webhookSigner(config.secret).sign(deliveryId, at, body) }),
  }
}

function judge({ status, headers, body }: OutboundResponse, secrets: string[], now: Date): Outcome {
  const encoding = headers['content-encoding'] ?? 'identity'
  const response =
    encoding === 'identity'
      ? answerText(body, secrets)
      : `(${body.length} bytes of ${answerText(encoding, secrets).slice(0, 50)}, not decoded)`
  if (status >= 200 && status < 300) return { statusCode: status, response, result: { statusCode: status } }
  const retried = RETRIED_STATUSES.has(status) || status >= 500
  const redirect = status >= 300 && status < 400 ? '; redirects are not followed' : ''
  throw new ActionError(`http-${status}`, `The endpoint answered ${status}${redirect}.`, {
    permanent: !retried,
    statusCode: status,
    response,
    retryAfterMs: retried ? parseRetryAfter(headers['retry-after'], now) : null,
  })
}

/** The body as it may be shown: a payload may hold secrets. */
function hidden(body: string, config: WebhookConfig): string {
  return secretsOf({ url: '', payload: config.payload }).reduce(
    (text, secret) => text.replaceAll(secret, MASK),
    body,
  )
}

function secretsOf(config: WebhookConfig): string[] {
  const secrets: string[] = []
  mapWebhookSecrets(config, (value, path) => {
    secrets.push(
      value,
      decoded(value),
      ...(path === 'url' ? [basic(value), ...value.split(':').map(decoded)] : []),
    )
    return value
  })
  return secrets.filter((secret) => secret.length >= SHORTEST_SECRET)
}

/** User info becomes Basic authorization, as browsers and curl make it; a header in the config wins. */
function authorization(userInfo: string | null): Record<string, string> {
  return userInfo ? { authorization: `Basic ${basic(userInfo)}` } : {}
}

function basic(userInfo: string): string {
  const [user = '', ...password] = userInfo.split(':')
  return Buffer.from(`${decoded(user)}:${decoded(password.join(':'))}`).toString('base64')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function stringsOf(payload: unknown): string[] {
  if (typeof payload === 'string') return [payload]
  return typeof payload === 'object' && payload !== null ? Object.values(payload).flatMap(stringsOf) : []
}
