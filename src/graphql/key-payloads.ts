import { Field, ObjectType } from 'type-graphql'
import { ApiKeyObject } from './key-object.js'

@ObjectType('CreateApiKeyPayload', { description: 'A new key.', simpleResolvers: true })
export class CreateApiKeyPayload {
  @Field(() => ApiKeyObject, { description: 'What is kept of it.' })
  apiKey!: ApiKeyObject

  @Field(() => String, { description: 'The key itself. Nobody can be shown it again.' })
  key!: string
}

@ObjectType('ApiKeyPayload', { description: 'A key as it stands now.', simpleResolvers: true })
export class ApiKeyPayload {
  @Field(() => ApiKeyObject, { description: 'The key.' })
  apiKey!: ApiKeyObject
}
