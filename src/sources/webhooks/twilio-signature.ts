import { isUtf8 } from 'node:buffer'
import twilio from 'twilio'
import { readForm } from './twilio-webhook.js'

/** A request as it arrived, and the URL that its sender was given. */
export interface SignedRequest {
  readonly url: string
  /** `X-Twilio-Signature`. */
  readonly signature: string
  readonly body: Buffer
  readonly isForm: boolean
}

/** Far more than Twilio ever sends: sorting and hashing a megabyte of them several times over is work that nobody has earned. */
const MAX_PARAMETERS = 1_000

/**
 * Whether Twilio signed it with this token. A form is signed with all its parameters; of any other body the URL carries a digest,
 * `bodySHA256`, and both are checked, over the bytes that came. Never throws: a URL that is none was never signed.
 */
export function isSignedByTwilio(authToken: string, request: SignedRequest): boolean {
  const { url, signature, body, isForm } = request
  // Text that is no UTF-8 would be hashed as other bytes than those that came.
  if (!URL.canParse(url) || !isUtf8(body)) return false
  if (new URL(url).searchParams.has('bodySHA256'))
    return twilio.validateRequestWithBody(authToken, signature, url, body.toString('utf8'))
  if (!isForm) return false
  const parameters = readForm(body.toString('utf8'))
  return (
    Object.keys(parameters).length <= MAX_PARAMETERS &&
    twilio.validateRequest(authToken, signature, url, parameters)
  )
}
