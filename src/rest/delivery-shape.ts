import { z } from 'zod'
import { DeliveryStatus, FAILING, RETRIABLE } from '../actions/delivery.js'
import { named } from './schemas.js'

/** A delivery as REST shows it: one row for an alert and an action that it owes. */
export const deliveryShape = named(
  'Delivery',
  z
    .object({
      id: z.guid().describe('Its id: also the webhook-id and part of the Message-ID of every try.'),
      alertId: z.guid().describe('The alert it is for; several deliveries may share one.'),
      ruleId: z.guid().describe('The rule that fired.'),
      logId: z.guid().nullable().describe('The log at which the alert opened.'),
      actionId: z.guid().describe('The action that is owed.'),
      triggeredAt: z.date().describe('When its alert was triggered.'),
      actionResult: z
        .unknown()
        .describe('What came of it: the answer, or why it failed or was suppressed; null until then.'),
      success: z.boolean().nullable().describe('Whether it succeeded; null until it is finished.'),
      status: z.enum(DeliveryStatus).describe('Where it stands.'),
      attemptCount: z.int().describe('How many tries have been made.'),
      nextAttemptAt: z.date().nullable().describe('When it is tried next; null once it is finished.'),
      completedAt: z.date().nullable().describe('When it was finished.'),
      failing: z.boolean().describe(FAILING),
      retriable: z.boolean().describe(RETRIABLE),
    })
    .describe('An action owed for an alert, and what became of it.'),
)

const attemptShape = named(
  'DeliveryAttempt',
  z
    .object({
      at: z.date().describe('When it began.'),
      success: z.boolean().describe('Whether the other side accepted it.'),
      durationMs: z.int().describe('How long it took, in milliseconds.'),
      statusCode: z.int().nullable().describe('HTTP or SMTP status, where there was an answer.'),
      error: z.string().nullable().describe('Why it failed.'),
      response: z.string().nullable().describe('The first 2 kB of the answer.'),
    })
    .describe('One try at a delivery.'),
)

export const wholeDeliveryShape = named(
  'WholeDelivery',
  deliveryShape
    .extend({ attempts: z.array(attemptShape).describe('The tries that have ended, oldest first.') })
    .describe('A delivery with its tries.'),
)
