import { Field, ID, InputType } from 'type-graphql'
import type { AuditFilter } from '../store/audit-reads.js'
import { AuditAction, AuditActor, AuditObject } from './enums.js'
import { DateTime } from './scalars.js'

const optional = (description: string) => ({ nullable: true, description })

@InputType('AuditFilter', {
  description:
    'Which changes are wanted: those to which all of it applies. What is left out, null or an empty list excludes nothing.',
})
export class AuditFilterInput implements AuditFilter {
  @Field(() => [AuditActor], optional('Made by one of these kinds of callers.'))
  actor?: AuditActor[] | null

  @Field(() => [ID], optional('Made with one of these keys.'))
  keyId?: string[] | null

  @Field(() => [AuditAction], optional('One of these.'))
  action?: AuditAction[] | null

  @Field(() => [AuditObject], optional('Done to one of these kinds of things.'))
  objectType?: AuditObject[] | null

  @Field(() => [ID], optional('Done to one of these.'))
  objectId?: string[] | null

  @Field(() => String, optional('Made by this request.'))
  requestId?: string | null

  @Field(() => DateTime, optional('Made at or after it.'))
  since?: Date | null

  @Field(() => DateTime, optional('Made before it.'))
  until?: Date | null
}
