import { Field, ObjectType } from 'type-graphql'

/** One setting of the configuration as the API shows it. */
@ObjectType('SettingInForce', {
  description: 'One setting as the process that answers has it.',
  simpleResolvers: true,
})
export class SettingObject {
  @Field(() => String, { description: 'The environment variable.' })
  name!: string

  @Field(() => String, { description: 'The part of the configuration it belongs to.' })
  section!: string

  @Field(() => String, {
    nullable: true,
    description:
      'What it is; a secret is masked, null where it was left out and that means something of its own.',
  })
  value!: string | null

  @Field(() => Boolean, { description: 'Whether its value is never shown.' })
  isSecret!: boolean

  @Field(() => String, {
    description:
      'Where it was given: environment, .env, file (giftpulse.yaml or what CONFIG_FILE names), or default.',
  })
  origin!: string

  @Field(() => String, {
    nullable: true,
    description: 'What it is where nothing is given, or in words what leaving it out means.',
  })
  default!: string | null

  @Field(() => String, { description: 'What it is for.' })
  meaning!: string
}
