import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiKey } from '../keys/api-key.js'
import { ApiScope } from '../keys/scope.js'
import type { Reads } from '../store/reads.js'
import { idOf } from '../store/row-id.js'
import { withinInput } from './arguments.js'
import type { Context } from './context.js'
import { CreateApiKeyInput } from './key-inputs.js'
import { ApiKeyObject, ViewerObject } from './key-object.js'
import { ApiKeyPayload, CreateApiKeyPayload } from './key-payloads.js'
import { NeedsScope } from './needs-scope.js'

@Resolver(() => ApiKeyObject)
export class KeyResolver {
  constructor(private readonly reads: Reads['keys']) {}

  @NeedsScope(ApiScope.ADMIN)
  @Query(() => [ApiKeyObject], {
    description: 'The keys besides that of API_KEY, oldest first, with the revoked and the expired ones.',
  })
  apiKeys(): Promise<ApiKey[]> {
    return this.reads.list()
  }

  @NeedsScope(ApiScope.READ)
  @Query(() => ViewerObject, { description: 'Whose key this is and what it may do.' })
  viewer(@Ctx() { principal }: Context): ViewerObject {
    return { name: principal.name, scopes: [...principal.scopes] }
  }

  @NeedsScope(ApiScope.ADMIN)
  @Mutation(() => CreateApiKeyPayload, { description: 'Makes a key, and shows it this once.' })
  async createApiKey(
    @Arg('input', () => CreateApiKeyInput, { description: 'The key.' }) input: CreateApiKeyInput,
    @Ctx() { commands }: Context,
  ): Promise<CreateApiKeyPayload> {
    return withinInput(commands.createApiKey(input))
  }

  @NeedsScope(ApiScope.ADMIN)
  @Mutation(() => ApiKeyPayload, {
    description:
      'Revokes a key for good: within seconds it opens nothing in any process, and its sockets are closed. A revoked one stays as it is.',
  })
  async revokeApiKey(
    @Arg('id', () => ID, { description: 'The key.' }) id: string,
    @Ctx() { commands }: Context,
  ): Promise<ApiKeyPayload> {
    return commands.revokeApiKey(idOf('API key', id))
  }
}
