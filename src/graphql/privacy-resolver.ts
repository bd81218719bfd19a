import { Arg, Ctx, Field, Int, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { Erased } from '../commands/erase-command.js'
import { ApiScope } from '../keys/scope.js'
import type { Context } from './context.js'
import { NeedsScope } from './needs-scope.js'

@ObjectType('EraseNumberPayload', { description: 'What was erased.', simpleResolvers: true })
export class EraseNumberPayload implements Erased {
  @Field(() => String, { description: 'The number, masked.' })
  number!: string

  @Field(() => Int, {
    description:
      'How many rows this took it out of. A poll or a webhook that was being stored at that moment takes it out as well, of whatever it finds first: those rows are not among them.',
  })
  rows!: number
}

@Resolver()
export class PrivacyResolver {
  @NeedsScope(ApiScope.ADMIN)
  @Mutation(() => EraseNumberPayload, {
    description:
      'Takes a phone number out of everything that is stored, raw records, received webhooks and answers too, for good. Rows stay, so counts do; rules that look for it are disabled. What Twilio still has of it comes in without it from then on.',
  })
  eraseNumber(
    @Arg('number', () => String, { description: 'With its calling code: +14155552671.' }) number: string,
    @Ctx() { commands }: Context,
  ): Promise<EraseNumberPayload> {
    return commands.eraseNumber(number)
  }
}
