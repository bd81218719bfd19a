import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import { ApiScope } from '../keys/scope.js'
import { ApplyPayload } from './configuration-objects.js'
import type { Context } from './context.js'
import { NeedsScope } from './needs-scope.js'
import { Json } from './scalars.js'

/** Configuration as code: what stands as files would say it, and what files say made to stand. */
@Resolver()
export class ConfigurationResolver {
  @NeedsScope(ApiScope.ADMIN)
  @Query(() => Json, {
    description:
      'What files would have to say to make what stands: { rules: [...], receivers: [...] } in the spelling of the files. Secrets are references such as ${NAME}. Rules of one name are numbered by their age: copy: 2.',
  })
  configuration(@Ctx() { commands }: Context): Promise<unknown> {
    return commands.configuration()
  }

  @NeedsScope(ApiScope.ADMIN)
  @Mutation(() => ApplyPayload, {
    description:
      'Makes what files say stand, in one transaction: makes what is missing, changes what differs, leaves alone what is as it should be. What it names is managed by the files from then on, and refuses edits by this API.',
  })
  applyConfiguration(
    @Arg('configuration', () => Json, {
      description:
        'What the files say: { rules: [...], receivers: [...] } in their spelling. A list that is left out is left alone.',
    })
    configuration: unknown,
    @Arg('variables', () => Json, {
      nullable: true,
      description:
        'The values of the variables that the configuration names as ${NAME}: { NAME: "value" }. Secrets that name one whose value is ******** stay as they are stored.',
    })
    variables: unknown,
    @Arg('managedBy', () => String, {
      nullable: true,
      defaultValue: 'file',
      description:
        'The name of the files, shown to whoever tries to edit what they manage. Null gives it back to the API.',
    })
    managedBy: string | null,
    @Arg('dryRun', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Only say what would be done.',
    })
    dryRun: boolean | null,
    @Arg('prune', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description:
        'Delete what files of this name managed and no longer have. CONFLICT where they have nothing of it at all: they are probably others.',
    })
    prune: boolean | null,
    @Arg('pruneAll', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'With prune: delete it even where the files have nothing of it at all.',
    })
    pruneAll: boolean | null,
    @Ctx() { commands }: Context,
  ): Promise<ApplyPayload> {
    return commands.applyConfiguration({
      configuration,
      variables: variables ?? null,
      managedBy,
      dryRun: dryRun ?? false,
      prune: prune ?? false,
      pruneAll: pruneAll ?? false,
    })
  }
}
