import { Field, ObjectType } from 'type-graphql'
import { AlertObject } from './alert-object.js'
import { DeliveryObject } from './delivery-object.js'
import { LogObject } from './log-object.js'

const CURSOR = 'Where to go on after this event: give it as after to any subscription.'

@ObjectType('LogEvent', { description: 'Something happened to a log.', simpleResolvers: true })
export class LogEvent {
  @Field(() => String, { description: CURSOR })
  cursor!: string

  @Field(() => LogObject, { description: 'The log as it is when this is sent.' })
  log!: LogObject
}

@ObjectType('AlertEvent', { description: 'An alert was triggered.', simpleResolvers: true })
export class AlertEvent {
  @Field(() => String, { description: CURSOR })
  cursor!: string

  @Field(() => AlertObject, { description: 'The alert as it is when this is sent.' })
  alert!: AlertObject
}

@ObjectType('DeliveryEvent', { description: 'A delivery changed.', simpleResolvers: true })
export class DeliveryEvent {
  @Field(() => String, { description: CURSOR })
  cursor!: string

  @Field(() => DeliveryObject, { description: 'The delivery as it is when this is sent.' })
  delivery!: DeliveryObject
}
