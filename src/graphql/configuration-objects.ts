import { Field, ObjectType } from 'type-graphql'
import type { ApplyResult } from '../commands/commands.js'
import type { Change } from '../commands/configuration/change.js'
import { ChangeAction, ConfigurationKind } from './enums.js'

@ObjectType('ConfigurationChange', {
  description: 'One object that files say something of, and what becomes of it.',
  simpleResolvers: true,
})
export class ConfigurationChange implements Change {
  @Field(() => ConfigurationKind, { description: 'What it is.' })
  kind!: ConfigurationKind

  @Field(() => String, { description: 'Its name.' })
  name!: string

  @Field(() => ChangeAction, { description: 'What is done to it.' })
  action!: ChangeAction

  @Field(() => [String], { description: 'What differs, in words without secrets.' })
  details!: readonly string[]
}

@ObjectType('ApplyPayload', { description: 'What applying files came to.', simpleResolvers: true })
export class ApplyPayload implements ApplyResult {
  @Field(() => [ConfigurationChange], {
    description: 'Every object that the files have, in their order, then what they have no longer.',
  })
  changes!: readonly ConfigurationChange[]

  @Field(() => [String], { description: 'What is allowed but probably not meant.' })
  warnings!: readonly string[]

  @Field(() => Boolean, { description: 'Whether this only says what would be done.' })
  dryRun!: boolean
}
