import { isSignedByTwilio } from '../sources/webhooks/twilio-signature.js'
import { factOfForm, factsOfEvents, type WebhookFact } from '../sources/webhooks/twilio-webhook.js'
import { WebhookError } from '../sources/webhooks/webhook-kind.js'
import type { Inbox } from './inbox.js'
import { type Arrival, InboxState } from './inbox-entry.js'
import type { IntakeCounts, Refusal } from './intake-counts.js'

export type { Refusal }

export interface TwilioIntakeParts {
  /** The watched account; null where none is, its token null where only an API key is known. */
  readonly account: { readonly accountSid: string; readonly authToken: string | null } | null
  /** Without a slash at its end. */
  readonly publicUrl: string
  readonly inbox: Pick<Inbox, 'receive'>
  readonly counts: IntakeCounts
  readonly clock: () => Date
}

export interface TwilioRequest {
  /** Path and query as they came. */
  readonly target: string
  /** `X-Twilio-Signature`. */
  readonly signature: string | null
  readonly isForm: boolean
  readonly body: Buffer
}

export type TwilioReceipt =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly reason: Refusal }
  | { readonly kind: 'unreadable'; readonly reason: string }

export interface TwilioIntake {
  /** What is wrong before the body has been read; null where nothing is. */
  refusal(signature: string | null): Refusal | null
  /** Verifies and stores; throws where it could not be stored. */
  receive(request: TwilioRequest): Promise<TwilioReceipt>
}

/** The way in for everything that Twilio sends: only what the account's own token has signed is stored. */
export function createTwilioIntake(parts: TwilioIntakeParts): TwilioIntake {
  const { account, counts, inbox, clock } = parts

  function refusal(signature: string | null): Refusal | null {
    if (!account) return 'no-account'
    if (account.authToken === null) return 'no-token'
    return signature === null ? 'no-signature' : null
  }

  function refused(reason: Refusal): TwilioReceipt {
    counts.refuseTwilio(reason)
    return { kind: 'refused', reason }
  }

  return {
    refusal(signature) {
      const reason = refusal(signature)
      if (reason) counts.refuseTwilio(reason)
      return reason
    },

    async receive({ target, signature, isForm, body }) {
      if (!account || account.authToken === null || signature === null)
        return refused(refusal(signature) ?? 'no-account')
      const url = parts.publicUrl + target
      if (!isSignedByTwilio(account.authToken, { url, signature, body, isForm }))
        return refused('wrong-signature')
      const text = body.toString('utf8')
      try {
        const facts = isForm ? [factOfForm(text)] : factsOfEvents(text)
        if (isForm && facts.some((fact) => isForeign(fact, account.accountSid)))
          return refused('other-account')
        const at = clock()
        await inbox.receive(facts.map((fact) => arrivalOf(fact, account.accountSid, at)))
        counts.accept('twilio', facts.length)
        return { kind: 'accepted' }
      } catch (thrown) {
        if (!(thrown instanceof WebhookError)) throw thrown
        return { kind: 'unreadable', reason: thrown.message }
      }
    },
  }
}

/** A subaccount's report comes under its own SID and names the account above it, whose token signed it. */
function isForeign({ accountSids }: WebhookFact, ours: string): boolean {
  return accountSids.length > 0 && !accountSids.includes(ours)
}

function arrivalOf(fact: WebhookFact, accountSid: string, receivedAt: Date): Arrival {
  const { channel, idempotencyId, twilioSid, body } = fact
  // One event of another account is left out of a batch; refusing it all would lose the rest, which Twilio does not send again.
  const ignored = fact.ignored ?? (isForeign(fact, accountSid) ? 'it is of another account' : null)
  return {
    channel,
    idempotencyId,
    receiverId: null,
    accountSid,
    givenId: null,
    twilioSid,
    body,
    receivedAt,
    state: fact.fault !== null ? InboxState.FAILED : ignored ? InboxState.IGNORED : InboxState.PENDING,
    error: fact.fault ?? ignored,
  }
}
