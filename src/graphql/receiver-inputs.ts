import { Field, InputType, Int } from 'type-graphql'

const PLACE =
  'Names joined by dots, such as alert.labels.name, or a JSON pointer; null = the field of that name.'
const SECRET =
  'For signatures by Standard Webhooks: whsec_ and base64, or any other text of 8 to 512 characters.'
const GENERATE = 'Makes a new secret, which the answer shows this once.'
const TOKEN =
  'What the sender shows as Authorization: Bearer or X-Receiver-Token: 8 to 512 printable characters without spaces.'
const MAX_BYTES = 'The largest body, from 256 to 1048576 bytes.'

@InputType('ReceiverMappingInput', { description: 'Where in a body each is found.' })
export class ReceiverMappingInput {
  @Field(() => String, { nullable: true, description: `The id of the log. ${PLACE}` })
  id?: string | null

  @Field(() => String, { nullable: true, description: `When it happened. ${PLACE}` })
  timestamp?: string | null

  @Field(() => String, { nullable: true, description: `The status. ${PLACE}` })
  status?: string | null

  @Field(() => String, { nullable: true, description: `The error code. ${PLACE}` })
  errorCode?: string | null

  @Field(() => String, { nullable: true, description: `The message. ${PLACE}` })
  message?: string | null
}

@InputType('CreateReceiverInput', { description: 'A new receiver.' })
export class CreateReceiverInput {
  @Field(() => String, { description: '1 to 64 characters of a to z, 0 to 9 and -; no other has it.' })
  name!: string

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  description?: string | null

  @Field(() => Boolean, { nullable: true, defaultValue: true, description: 'Whether it takes anything in.' })
  enabled?: boolean | null

  @Field(() => String, { nullable: true, description: SECRET })
  secret?: string | null

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: GENERATE })
  generateSecret?: boolean | null

  @Field(() => String, { nullable: true, description: TOKEN })
  token?: string | null

  @Field(() => ReceiverMappingInput, {
    nullable: true,
    description: 'Where in a body the log is found; the plain fields where left out.',
  })
  mapping?: ReceiverMappingInput | null

  @Field(() => Int, { nullable: true, defaultValue: 65_536, description: MAX_BYTES })
  maxBytes?: number | null
}

@InputType('UpdateReceiverInput', {
  description: 'What changes of a receiver; what is left out stays, null clears.',
})
export class UpdateReceiverInput {
  @Field(() => String, { nullable: true, description: 'What it is for.' })
  description?: string | null

  @Field(() => Boolean, { nullable: true, description: 'Whether it takes anything in.' })
  enabled?: boolean | null

  @Field(() => String, { nullable: true, description: `${SECRET} The mask keeps the one that is stored.` })
  secret?: string | null

  @Field(() => Boolean, { nullable: true, description: `${GENERATE} The old one opens nothing any more.` })
  generateSecret?: boolean | null

  @Field(() => String, { nullable: true, description: `${TOKEN} The mask keeps the one that is stored.` })
  token?: string | null

  @Field(() => ReceiverMappingInput, {
    nullable: true,
    description: 'The whole new mapping; null = the plain fields.',
  })
  mapping?: ReceiverMappingInput | null

  @Field(() => Int, { nullable: true, description: `${MAX_BYTES} null = 65536.` })
  maxBytes?: number | null
}
