import { randomBytes } from 'node:crypto'
import { MASK } from '../actions/config-secrets.js'
import type { SecretBox } from '../actions/secret-box.js'
import { ConflictError, InputError, NotFoundError } from '../errors.js'
import type { InboxEntry } from '../inbox/inbox-entry.js'
import type { Receiver, ReceiverSettings, ReceiverStore } from '../inbox/receiver.js'
import type { Commands } from './commands.js'
import { checkAll, parseChecked } from './parse-input.js'
import { createReceiverInput, updateReceiverInput } from './receiver-input.js'
import { refuseManaged } from './refuse-managed.js'

export interface ReceiverCommandDeps {
  readonly receivers: ReceiverStore
  readonly secrets: SecretBox
  /** Makes an entry of the inbox wait to be worked again; false where there is none, or it was ignored as it arrived. */
  readonly replay: (id: string) => Promise<boolean>
  readonly receivedById: (id: string) => Promise<InboxEntry | null>
}

type ReceiverCommands = Pick<
  Commands,
  'createReceiver' | 'updateReceiver' | 'deleteReceiver' | 'replayReceived'
>

export function createReceiverCommands({
  receivers,
  secrets,
  replay,
  receivedById,
}: ReceiverCommandDeps): ReceiverCommands {
  const seal = (text: string | null) => (text === null ? null : secrets.seal(text))

  return {
    async createReceiver(input) {
      const { name, generateSecret, ...given } = parseChecked(
        createReceiverInput,
        input,
        ({ secret = null, token = null, ...parts }) =>
          checkAll(
            () => refuseBoth(secret, parts.generateSecret ?? false),
            () => refuseMasks({ secret, token }),
          ),
      )
      const generated = generateSecret ? newSecret() : null
      const secret = generated ?? given.secret
      const receiver = await receivers.insert(name, {
        ...given,
        secret: seal(secret),
        token: seal(given.token),
      })
      if (!receiver) throw new ConflictError(`There is a receiver "${name}" already.`)
      return { receiver, secret: generated, warnings: warningsOf(receiver) }
    },

    async updateReceiver(id, input) {
      let generated: string | null = null
      const receiver = await receivers.update(id, (before) => {
        refuseManaged('receiver', before)
        const { generateSecret, secret, token, ...given } = parseChecked(
          updateReceiverInput,
          input,
          (parts) =>
            checkAll(
              () => refuseBoth(parts.secret ?? null, parts.generateSecret ?? false),
              () =>
                refuseMasks({
                  secret: before.secret === null ? (parts.secret ?? null) : null,
                  token: before.token === null ? (parts.token ?? null) : null,
                }),
            ),
        )
        generated = generateSecret ? newSecret() : null
        return {
          ...settingsOf(before),
          ...withoutAbsent(given),
          secret: generated === null ? kept(secret, before.secret) : seal(generated),
          token: kept(token, before.token),
        }
      })
      if (!receiver) throw new NotFoundError('receiver', id)
      return { receiver, secret: generated, warnings: warningsOf(receiver) }
    },

    async deleteReceiver(id) {
      refuseManaged('receiver', await standing(id))
      if (!(await receivers.delete(id))) throw await notChanged(id)
      return { id }
    },

    async replayReceived(id) {
      const isPending = await replay(id)
      const received = await receivedById(id)
      if (!received) throw new NotFoundError('received webhook', id)
      if (!isPending) throw new ConflictError(`It was not taken in, and never will be: ${received.error}.`)
      return { received }
    },
  }

  async function standing(id: string): Promise<Receiver> {
    const receiver = (await receivers.byIds([id])).get(id)
    if (!receiver) throw new NotFoundError('receiver', id)
    return receiver
  }

  /** Why one that stood there a moment ago was not changed: a file took it over meanwhile, or somebody deleted it. */
  async function notChanged(id: string): Promise<Error> {
    refuseManaged('receiver', await standing(id))
    return new ConflictError('Somebody else changed the receiver at the same moment: try again.')
  }

  /** A secret as it is stored from now on: absent and masked ones stay. */
  function kept(given: string | null | undefined, stored: string | null): string | null {
    return given === undefined || given === MASK ? stored : seal(given)
  }
}

function settingsOf({ description, enabled, secret, token, mapping, maxBytes }: Receiver): ReceiverSettings {
  return { description, enabled, secret, token, mapping, maxBytes }
}

/** Zod leaves fields that were not given out, but their type does not say so. */
function withoutAbsent<Given extends object>(
  given: Given,
): { [Key in keyof Given]: Exclude<Given[Key], undefined> } {
  return given as { [Key in keyof Given]: Exclude<Given[Key], undefined> }
}

function refuseBoth(secret: string | null, generate: boolean): void {
  if (secret !== null && generate)
    throw new InputError([{ path: 'generateSecret', message: 'cannot be true where a secret is given' }])
}

function refuseMasks({
  secret,
  token,
}: {
  readonly secret: string | null
  readonly token: string | null
}): void {
  const masked = Object.entries({ secret, token }).filter(([, value]) => value === MASK)
  const message = 'is the mask of a secret, but no secret is stored here'
  if (masked.length > 0) throw new InputError(masked.map(([path]) => ({ path, message })))
}

/** What of a receiver is allowed but probably not meant. */
export function warningsOf({
  secret,
  token,
  enabled,
}: Pick<Receiver, 'secret' | 'token' | 'enabled'>): string[] {
  return [
    ...(secret === null && token === null
      ? ['It has neither a secret nor a token: only a key of this API can send to it.']
      : []),
    ...(enabled ? [] : ['It is disabled: what is sent to it is refused.']),
  ]
}

/** As Standard Webhooks write them. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}
