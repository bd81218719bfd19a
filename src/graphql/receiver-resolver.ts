import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { Receiver } from '../inbox/receiver.js'
import { ApiScope } from '../keys/scope.js'
import type { ReceiverReads } from '../store/receiver-reads.js'
import { idOf } from '../store/row-id.js'
import { isUuid } from '../store/uuid.js'
import { withinInput } from './arguments.js'
import type { Context } from './context.js'
import { NeedsScope } from './needs-scope.js'
import { DeletePayload, ReceiverPayload } from './payloads.js'
import { CreateReceiverInput, UpdateReceiverInput } from './receiver-inputs.js'
import { ReceiverObject } from './receiver-object.js'

@Resolver(() => ReceiverObject)
export class ReceiverResolver {
  constructor(
    private readonly reads: ReceiverReads,
    private readonly publicUrl: string,
  ) {}

  @NeedsScope(ApiScope.READ)
  @Query(() => [ReceiverObject], { description: 'The receivers, oldest first.' })
  receivers(): Promise<Receiver[]> {
    return this.reads.all()
  }

  @NeedsScope(ApiScope.READ)
  @Query(() => ReceiverObject, {
    nullable: true,
    description: 'One receiver; null where there is none with this id.',
  })
  async receiver(@Arg('id', () => ID, { description: 'Its id.' }) id: string): Promise<Receiver | null> {
    if (!isUuid(id)) return null
    return (await this.reads.byIds([id.toLowerCase()])).get(id.toLowerCase()) ?? null
  }

  @FieldResolver(() => String, { description: 'Where its senders post to.' })
  url(@Root() { name }: Receiver): string {
    return `${this.publicUrl}/webhooks/custom/${name}`
  }

  @FieldResolver(() => Boolean, { description: 'Whether senders can sign what they send.' })
  hasSecret(@Root() { secret }: Receiver): boolean {
    return secret !== null
  }

  @FieldResolver(() => Boolean, { description: 'Whether senders can show a token.' })
  hasToken(@Root() { token }: Receiver): boolean {
    return token !== null
  }

  @NeedsScope(ApiScope.ADMIN)
  @Mutation(() => ReceiverPayload, { description: 'Makes a receiver. CONFLICT where its name is taken.' })
  async createReceiver(
    @Arg('input', () => CreateReceiverInput, { description: 'The receiver.' }) input: CreateReceiverInput,
    @Ctx() { commands }: Context,
  ): Promise<ReceiverPayload> {
    return withinInput(commands.createReceiver(input))
  }

  @NeedsScope(ApiScope.ADMIN)
  @Mutation(() => ReceiverPayload, { description: 'Changes a receiver; absent keeps, null clears.' })
  async updateReceiver(
    @Arg('id', () => ID, { description: 'The receiver.' }) id: string,
    @Arg('input', () => UpdateReceiverInput, { description: 'What changes.' }) input: UpdateReceiverInput,
    @Ctx() { commands }: Context,
  ): Promise<ReceiverPayload> {
    return withinInput(commands.updateReceiver(idOf('receiver', id), input))
  }

  @NeedsScope(ApiScope.ADMIN)
  @Mutation(() => DeletePayload, { description: 'Deletes a receiver; its logs stay.' })
  async deleteReceiver(
    @Arg('id', () => ID, { description: 'The receiver.' }) id: string,
    @Ctx() { commands }: Context,
  ): Promise<DeletePayload> {
    return commands.deleteReceiver(idOf('receiver', id))
  }
}
