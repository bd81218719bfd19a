import type { CustomIntake } from '../inbox/custom-intake.js'
import type { TwilioIntake } from '../inbox/twilio-intake.js'

/** What takes in webhooks, once it is ready. */
export interface WebhookFace {
  readonly twilio: TwilioIntake
  readonly custom: CustomIntake
}
