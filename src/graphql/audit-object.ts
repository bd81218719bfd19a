import { Field, ID, ObjectType } from 'type-graphql'
import type { AuditEntry } from '../audit/audit-entry.js'
import { AuditAction, AuditActor, AuditObject } from './enums.js'
import { DateTime, Json } from './scalars.js'

@ObjectType('AuditEntry', {
  description: 'A change that somebody made. It is kept for ever; nobody can edit or delete it.',
  simpleResolvers: true,
})
export class AuditEntryObject implements AuditEntry {
  @Field(() => ID, { description: 'Its id.' })
  id!: string

  @Field(() => DateTime, { description: 'When it was made.' })
  at!: Date

  @Field(() => AuditActor, { description: 'What kind of caller made it.' })
  actor!: AuditActor

  @Field(() => String, {
    description: 'What the key was called, or administrator, cli or system.',
  })
  actorName!: string

  @Field(() => ID, { nullable: true, description: 'The key; null for callers that have none of their own.' })
  keyId!: string | null

  @Field(() => AuditAction, { description: 'What was done.' })
  action!: AuditAction

  @Field(() => AuditObject, { description: 'To what it was done.' })
  objectType!: AuditObject

  @Field(() => ID, {
    nullable: true,
    description: 'Its id; null where it was done to many, or to what has none.',
  })
  objectId!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'What it was called then; an action by the name of its rule.',
  })
  objectName!: string | null

  @Field(() => Json, {
    description:
      'What differs, by the path of the field: { "config.url": { "from": ..., "to": ... } }, null being nothing. Secrets and phone numbers are masked.',
  })
  changes!: AuditEntry['changes']

  @Field(() => String, {
    nullable: true,
    description: 'The X-Request-Id of the request; changes made together have the same.',
  })
  requestId!: string | null

  @Field(() => String, { nullable: true, description: 'The address that sent the request.' })
  ip!: string | null
}
