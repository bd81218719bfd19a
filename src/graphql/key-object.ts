import { Field, ID, ObjectType } from 'type-graphql'
import type { Principal } from '../http/principal.js'
import type { ApiKey } from '../keys/api-key.js'
import { ApiScope } from './enums.js'
import { DateTime } from './scalars.js'

@ObjectType('ApiKey', {
  description: 'A key that opens this API. The key itself is shown once, when it is made.',
  simpleResolvers: true,
})
export class ApiKeyObject implements ApiKey {
  @Field(() => ID, { description: 'Its id.' })
  id!: string

  @Field(() => String, { description: 'What people call it; names need not be unique.' })
  name!: string

  @Field(() => [ApiScope], { description: 'What it may do.' })
  scopes!: readonly ApiScope[]

  @Field(() => String, { description: 'The last four characters of the key, to tell keys apart.' })
  hint!: string

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When it stops to open anything; null = never.' })
  expiresAt!: Date | null

  @Field(() => DateTime, { nullable: true, description: 'When it last opened something, to the minute.' })
  lastUsedAt!: Date | null

  @Field(() => DateTime, { nullable: true, description: 'When it was revoked; null where it was not.' })
  revokedAt!: Date | null
}

@ObjectType('Viewer', { description: 'Whoever is asking, by the key that was shown.' })
export class ViewerObject implements Pick<Principal, 'name'> {
  @Field(() => String, { description: 'What the key is called; the one of API_KEY is the administrator.' })
  name!: string

  @Field(() => [ApiScope], { description: 'What it may do, as it was granted.' })
  scopes!: readonly ApiScope[]
}
