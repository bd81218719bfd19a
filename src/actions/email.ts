import { z } from 'zod'
import { ActionType } from './action.js'
import { answerText } from './answer-text.js'
import { emailSchema, type EmailConfig } from './email-config.js'
import { emailMessage, type EmailOrigin } from './email-message.js'
import { ActionError, type Handler, type Notice, type Outcome } from './handler.js'
import { createSmtpPool, type SmtpSettings } from './smtp-pool.js'
import { unknownVariables } from './template-variables.js'

/** One try, from connecting to the last answer. */
const TRY_TIMEOUT_MS = 60_000

export interface EmailSettings extends EmailOrigin {
  /** null = no mail server is configured: every try fails for good and says so. */
  readonly smtp: SmtpSettings | null
  readonly retryAttempts: number
}

/** Sends one message to all recipients. */
export function createEmailHandler({ smtp, retryAttempts, ...origin }: EmailSettings): Handler<EmailConfig> {
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
      const { subject, text } = emailMessage(notice, config, origin)
      const recipients = to.map(({ address }) => address)
      return { from: smtp?.from ?? null, recipients, messageId, subject, text }
    },

    async send(notice, config, signal) {
      if (!smtp || !pool) {
        const reason = 'No mail server is configured: set SMTP_HOST to send email.'
        throw new ActionError('smtp-not-configured', reason, { permanent: true })
      }
      const timeout = AbortSignal.timeout(TRY_TIMEOUT_MS)
      const before = answeredBefore(notice)
      const envelope = envelopeOf(notice, config, smtp.from)
      const to = envelope.to.filter(({ address }) => !isAnswered(before, address))
      // Whom it waited for is no recipient any more.
      if (to.length === 0) return { statusCode: null, response: null, result: before }
      try {
        const info = await pool.sendMail({
          ...envelope,
          to,
          ...emailMessage(notice, config, origin),
          signal: AbortSignal.any([signal, timeout]),
        })
        return outcomeOf(info, before)
      } catch (thrown) {
        throw thrown instanceof ActionError ? thrown : explain(thrown, signal, timeout, before)
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

/** Whom the server has taken a message for, and whom it has refused for good: of neither it is asked again. */
const answered = z.object({ accepted: z.array(z.string()), rejected: z.array(z.string()) })
type Answered = z.infer<typeof answered>

/** The server is told the domain in small letters, whatever the config has. */
const isAnswered = ({ accepted, rejected }: Answered, address: string): boolean =>
  [...accepted, ...rejected].some((one) => one.toLowerCase() === address.toLowerCase())

/** What the try before left of it, where it has served some of its recipients. */
function answeredBefore({ lastResult }: Notice): Answered {
  const read = answered.safeParse(lastResult)
  return read.success && read.data.accepted.length > 0 ? read.data : { accepted: [], rejected: [] }
}

interface SmtpInfo extends Answered {
  readonly response: string
  readonly messageId: string
  /** Why each of `rejected` was. */
  readonly rejectedErrors?: readonly SmtpFailure[] | undefined
}

/**
 * Some recipients may be refused while others are served. For those that are refused for now (4xx) there is another try, which leaves
 * out whoever is served already.
 *
 * @throws ActionError where there are such
 */
function outcomeOf({ response, messageId, ...now }: SmtpInfo, before: Answered): Outcome {
  const later = (now.rejectedErrors ?? []).filter(
    ({ responseCode = 0 }) => responseCode >= 400 && responseCode < 500,
  )
  const isLater = (address: string) => later.some(({ recipient }) => recipient === address)
  const result = {
    accepted: [...before.accepted, ...now.accepted],
    rejected: [...before.rejected, ...now.rejected.filter((address) => !isLater(address))],
  }
  const [first] = later
  if (first) throw refused(first, later, result)
  return {
    statusCode: Number(/^\d{3}/.exec(response)?.[0] ?? 250),
    response: answerText(response),
    result: { messageId, ...result },
  }
}

interface SmtpFailure extends Error {
  readonly code?: string | undefined
  readonly responseCode?: number | undefined
  readonly response?: string | undefined
  /** Who was refused. */
  readonly recipient?: string | undefined
  /** The failures of the recipients, where every one of them was refused. */
  readonly rejectedErrors?: readonly SmtpFailure[] | undefined
}

/** What nodemailer itself refuses before a server is asked, so that asking again gives the same. */
const REFUSED_HERE: ReadonlySet<string> = new Set(['EENVELOPE', 'EMESSAGE', 'ENOAUTH', 'ECONFIG'])

function explain(thrown: unknown, signal: AbortSignal, timeout: AbortSignal, before: Answered): ActionError {
  const result = before.accepted.length > 0 ? before : {}
  if (signal.aborted)
    return new ActionError('aborted', 'The try was stopped before the mail server had taken the message.', {
      result,
    })
  if (timeout.aborted) {
    return new ActionError(
      'timeout',
      `The mail server did not take the message within ${TRY_TIMEOUT_MS / 1000} s.`,
      { result },
    )
  }
  const failure: SmtpFailure = thrown instanceof Error ? thrown : new Error(String(thrown))
  const { code = 'no further reason', responseCode, message } = failure
  if (responseCode === undefined) {
    const reason = `The mail server could not be used (${code}): ${answerText(message)}`
    return new ActionError('network', reason, { permanent: REFUSED_HERE.has(code), result })
  }
  return refused(failure, failure.rejectedErrors ?? [], result)
}

/** What the server answered, 4xx or 5xx; `each` are its answers for single recipients. */
function refused(failure: SmtpFailure, each: readonly SmtpFailure[], result: Partial<Answered>): ActionError {
  const { responseCode: statusCode = 0, response: answer, message } = failure
  const response = answerText(answer ?? message)
  const whom = each.flatMap(({ responseCode, recipient }) =>
    responseCode === statusCode && recipient !== undefined ? [recipient] : [],
  )
  // The answer begins with its code.
  const words = response.replace(new RegExp(`^${statusCode}[ -]`), '')
  const reason =
    whom.length === 0
      ? `The mail server answered ${statusCode}: ${words}`
      : `The mail server refused ${whom.join(', ')} with ${statusCode}: ${words}`
  return new ActionError(`smtp-${statusCode}`, reason, {
    permanent: statusCode >= 500,
    statusCode,
    response,
    result,
  })
}
