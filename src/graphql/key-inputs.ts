import { Field, InputType } from 'type-graphql'
import { ApiScope } from './enums.js'
import { DateTime } from './scalars.js'

@InputType('CreateApiKeyInput', { description: 'A new key.' })
export class CreateApiKeyInput {
  @Field(() => String, { description: 'What people call it: 1 to 100 characters.' })
  name!: string

  @Field(() => [ApiScope], { description: 'What it may do: one scope at least.' })
  scopes!: ApiScope[]

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it stops to open anything, in the future; never where left out.',
  })
  expiresAt?: Date | null
}
