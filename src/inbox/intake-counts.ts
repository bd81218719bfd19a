/** Why a webhook of Twilio's was refused. */
export type Refusal = 'no-account' | 'no-token' | 'no-signature' | 'wrong-signature' | 'other-account'

/** How long refusals are held against the settings, in milliseconds, and how many of them are worth a word. */
const RECENT_MS = 600_000
const MANY = 10

/** Webhooks of this process by what became of them, since its start. */
export class IntakeCounts {
  readonly refusedTwilio: Record<Refusal, number> = {
    'no-account': 0,
    'no-token': 0,
    'no-signature': 0,
    'wrong-signature': 0,
    'other-account': 0,
  }
  /** When the newest signatures were found wrong, at most so many as make many. */
  private readonly wrong: number[] = []

  /** @param onCounted hears of each count with how many more there are, for whoever keeps them elsewhere */
  constructor(
    private readonly clock: () => Date,
    private readonly onCounted: (from: 'twilio' | 'custom', outcome: string, more: number) => void,
  ) {}

  accept(from: 'twilio' | 'custom', more: number): void {
    this.onCounted(from, 'accepted', more)
  }

  /** By a custom receiver, for want of a right key, token or signature. */
  refuseCustom(): void {
    this.onCounted('custom', 'refused', 1)
  }

  refuseTwilio(reason: Refusal): void {
    this.refusedTwilio[reason] += 1
    this.onCounted('twilio', reason, 1)
    if (reason !== 'wrong-signature') return
    this.wrong.push(this.clock().getTime())
    if (this.wrong.length > MANY) this.wrong.shift()
  }

  /** What an operator should know, in words; null where nothing is odd. */
  notice(publicUrl: string): string | null {
    const [oldest] = this.wrong
    const isMany = this.wrong.length >= MANY && oldest !== undefined
    if (!isMany || this.clock().getTime() - oldest > RECENT_MS) return null
    return `Many webhooks are refused for their X-Twilio-Signature: Twilio must call ${publicUrl}/webhooks/twilio exactly so (PUBLIC_URL), and TWILIO_AUTH_TOKEN must be the account's primary token.`
  }
}
