import { DeliveryStatus, FAILING, RETRIABLE } from '../actions/delivery.js'
import { LogType } from '../sources/log.js'
import type { DeliveryFilter } from '../store/delivery-filter.js'
import type { LogFilter } from '../store/log-filter.js'
import { type Parameter, flag, instant, text, texts, values } from './query-parameters.js'

/** A parameter for every field of a filter: one that is added there is missed here by the compiler. */
type ParametersOf<Filter> = {
  readonly [Field in keyof Filter]-?: Parameter<NonNullable<Filter[Field]>>
}

export const logFilter = {
  logType: values(LogType, 'One of these kinds.'),
  status: texts('One of these statuses, without case.'),
  errorCode: texts('One of these error codes.'),
  twilioSid: texts('One of these SIDs.'),
  accountSid: texts('Of one of these accounts.'),
  fromNumber: text('Exactly this sender; a + is written %2B in an address.'),
  toNumber: text('Exactly this receiver; a + is written %2B in an address.'),
  search: text(
    'Contained, without case, in the error message, the text, the SID, the error code or a number; without PII in no number.',
  ),
  processed: flag('Whether the rules have judged its newest state.'),
  since: instant('Timestamp at or after it.'),
  until: instant('Timestamp before it.'),
} satisfies ParametersOf<LogFilter>

export const deliveryFilter = {
  alertId: text('For this alert.'),
  ruleId: texts('Of one of these rules.'),
  actionId: texts('Of one of these actions.'),
  status: values(DeliveryStatus, 'In one of these statuses.'),
  failing: flag(FAILING),
  retriable: flag(RETRIABLE),
  since: instant('Its alert triggered at or after it.'),
  until: instant('Its alert triggered before it.'),
} satisfies ParametersOf<DeliveryFilter>
