import { Field, ID, InputType } from 'type-graphql'
import { FAILING, RETRIABLE } from '../actions/delivery.js'
import type { AlertFilter } from '../store/alert-filter.js'
import type { DeliveryFilter } from '../store/delivery-filter.js'
import type { LogFilter } from '../store/log-filter.js'
import { AlertState, DeliveryStatus, LogType } from './enums.js'
import { DateTime } from './scalars.js'

const optional = (description: string) => ({ nullable: true, description })

@InputType('LogFilter', {
  description:
    'Which logs are wanted: those to which all of it applies. What is left out, null or an empty list excludes nothing.',
})
export class LogFilterInput implements LogFilter {
  @Field(() => [LogType], optional('One of these kinds.'))
  logType?: LogType[] | null

  @Field(() => [String], optional('One of these statuses, without case.'))
  status?: string[] | null

  @Field(() => [String], optional('One of these error codes.'))
  errorCode?: string[] | null

  @Field(() => [String], optional('One of these SIDs.'))
  twilioSid?: string[] | null

  @Field(() => [String], optional('Of one of these accounts.'))
  accountSid?: string[] | null

  @Field(() => String, optional('Exactly this sender.'))
  fromNumber?: string | null

  @Field(() => String, optional('Exactly this receiver.'))
  toNumber?: string | null

  @Field(
    () => String,
    optional(
      'Contained, without case, in the error message, the text, the SID, the error code or a number; without PII in no number.',
    ),
  )
  search?: string | null

  @Field(() => Boolean, optional('Whether the rules have judged its newest state.'))
  processed?: boolean | null

  @Field(() => DateTime, optional('Timestamp at or after it.'))
  since?: Date | null

  @Field(() => DateTime, optional('Timestamp before it.'))
  until?: Date | null
}

@InputType('AlertFilter', {
  description:
    'Which alerts are wanted: those to which all of it applies. What is left out, null or an empty list excludes nothing.',
})
export class AlertFilterInput implements AlertFilter {
  @Field(() => [ID], optional('Of one of these rules.'))
  ruleId?: string[] | null

  @Field(() => ID, optional('Opened at this log.'))
  logId?: string | null

  @Field(() => [AlertState], optional('In one of these states.'))
  state?: AlertState[] | null

  @Field(() => DateTime, optional('Triggered at or after it.'))
  since?: Date | null

  @Field(() => DateTime, optional('Triggered before it.'))
  until?: Date | null
}

@InputType('DeliveryFilter', {
  description:
    'Which deliveries are wanted: those to which all of it applies. What is left out, null or an empty list excludes nothing.',
})
export class DeliveryFilterInput implements DeliveryFilter {
  @Field(() => ID, optional('For this alert.'))
  alertId?: string | null

  @Field(() => [ID], optional('Of one of these rules.'))
  ruleId?: string[] | null

  @Field(() => [ID], optional('Of one of these actions.'))
  actionId?: string[] | null

  @Field(() => [DeliveryStatus], optional('In one of these statuses.'))
  status?: DeliveryStatus[] | null

  @Field(() => Boolean, optional(FAILING))
  failing?: boolean | null

  @Field(() => Boolean, optional(RETRIABLE))
  retriable?: boolean | null

  @Field(() => DateTime, optional('Its alert triggered at or after it.'))
  since?: Date | null

  @Field(() => DateTime, optional('Its alert triggered before it.'))
  until?: Date | null
}
