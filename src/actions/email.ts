import { ActionType } from './action.js'
import { answerText } from './answer-text.js'
import { emailSchema, type EmailConfig } from './email-config.js'
import { emailMessage } from './email-message.js'
import { ActionError, type Handler, type Notice, type Outcome } from './handler.js'
import { createSmtpPool, type SmtpSettings } from './smtp-pool.js'
import { unknownVariables } from './template-variables.js'

/** One try, from connecting to the last answer. */
const TRY_TIMEOUT_MS = 60_000

export interface EmailSettings {
  /** null = no mail server is configured: every try fails for good and says so. */
  readonly smtp: SmtpSettings | null
  readonly retryAttempts: number
  /** Where mails link to. */
  readonly publicUrl: string
}

/** Sends one message to all recipients. */
export function createEmailHandler({ smtp, retryAttempts, publicUrl }: EmailSettings): Handler<EmailConfig> {
  const pool = smtp && createSmtpPool(smtp)

  return {
    type: ActionType.EMAIL,
    title: 'Email',
    description: 'Sends one email to every recipient.',
    schema: emailSchema,
    retryAttempts,
    mapSecrets: (config) => config,
    recipients: (config) => [...new Set(config.recipients.map((address) => address.toLowerCase()))],
    warnings: ({ subject = '', body = '' }) => [
      ...(smtp ? [] : ['No mail server is configured (SMTP_HOST), so deliveries of this action will fail.']),
      ...unknownVariables(subject).map(
        (name) => `subject: {{${name}}} is not a known variable and stays empty`,
      ),
      ...unknownVariables(body).map((name) => `body: {{${name}}} is not a known variable and stays empty`),
    ],

    request(notice, config) {
      const { to, messageId } = envelopeOf(notice, config, smtp?.from ?? '')
      const { subject, text } = emailMessage(notice, config, publicUrl)
      const recipients = to.map(({ address }) => address)
      return { from: smtp?.from ?? null, recipients, messageId, subject, text }
    },

    async send(notice, config, signal) {
      if (!smtp || !pool) {
        const reason = 'No mail server is configured: set SMTP_HOST to send email.'
        throw new ActionError('smtp-not-configured', reason, { permanent: true })
      }
      const timeout = AbortSignal.timeout(TRY_TIMEOUT_MS)
      try {
        const info = await pool.sendMail({
          ...envelopeOf(notice, config, smtp.from),
          ...emailMessage(notice, config, publicUrl),
          signal: AbortSignal.any([signal, timeout]),
        })
        return outcomeOf(info)
      } catch (thrown) {
        throw explain(thrown, signal, timeout)
      }
    },

    close() {
      pool?.close()
      return Promise.resolve()
    },
  }
}

function envelopeOf(notice: Notice, { recipients, priority }: EmailConfig, from: string) {
  return {
    from,
    // As objects, not as text: text would be parsed as a list, in which one entry may become two.
    to: [...new Set(recipients)].map((address) => ({ name: '', address })),
    messageId: `<${notice.deliveryId}@giftpulse>`,
    priority: priority ?? 'normal',
    // RFC 3834: keeps out-of-office answers from coming back.
    headers: { 'Auto-Submitted': 'auto-generated' },
  } as const
}

interface SmtpInfo {
  readonly response: string
  readonly messageId: string
  readonly accepted: readonly string[]
  readonly rejected: readonly string[]
}

/** Some recipients may be refused while others are served; a second try would reach those twice. */
function outcomeOf({ response, messageId, accepted, rejected }: SmtpInfo): Outcome {
  return {
    statusCode: Number(/^\d{3}/.exec(response)?.[0] ?? 250),
    response: answerText(response),
    result: { messageId, accepted, rejected },
  }
}

interface SmtpFailure extends Error {
  readonly code?: string
  readonly responseCode?: number
  readonly response?: string
}

/** What nodemailer itself refuses before a server is asked, so that asking again gives the same. */
const REFUSED_HERE: ReadonlySet<string> = new Set(['EENVELOPE', 'EMESSAGE', 'ENOAUTH', 'ECONFIG'])

function explain(thrown: unknown, signal: AbortSignal, timeout: AbortSignal): ActionError {
  if (signal.aborted)
    return new ActionError('aborted', 'The try was stopped before the mail server had taken the message.')
  if (timeout.aborted) {
    return new ActionError(
      'timeout',
      `The mail server did not take the message within ${TRY_TIMEOUT_MS / 1000} s.`,
    )
  }
  const failure: SmtpFailure = thrown instanceof Error ? thrown : new Error(String(thrown))
  const { code = 'no further reason', responseCode: statusCode, message } = failure
  if (statusCode === undefined) {
    const reason = `The mail server could not be used (${code}): ${answerText(message)}`
    return new ActionError('network', reason, { permanent: REFUSED_HERE.has(code) })
  }
  const response = answerText(failure.response ?? message)
  const reason = `The mail server answered ${statusCode}: ${response}`
  return new ActionError(`smtp-${statusCode}`, reason, { permanent: statusCode >= 500, statusCode, response })
}
