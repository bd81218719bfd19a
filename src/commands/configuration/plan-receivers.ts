import { isDeepStrictEqual } from 'node:util'
import { MASK } from '../../actions/config-secrets.js'
import { SecretBoxError, type SecretBox } from '../../actions/secret-box.js'
import { InputError } from '../../errors.js'
import type { Receiver, ReceiverSettings } from '../../inbox/receiver.js'
import { checkAll } from '../parse-input.js'
import { ChangeAction, type Change, ConfigurationKind, type Step, writeNothing } from './change.js'
import { managementDifferences, planLeft, type PlanOptions } from './management.js'
import type { WantedReceiver } from './read-receivers.js'
import { entriesOfReceiver, secretKeys } from './receiver-entries.js'
import type { References } from './references.js'

/** A receiver as it stands, its secrets sealed, with the references by which files gave them. */
export interface StandingReceiver {
  readonly receiver: Receiver
  readonly references: References
}

/** What an apply writes of receivers, inside its transaction; secrets are sealed. */
export interface ReceiverWriter {
  standing(): Promise<StandingReceiver[]>
  create(name: string, settings: ReceiverSettings): Promise<Receiver>
  update(id: string, settings: ReceiverSettings): Promise<void>
  /** Says what manages it from now on, and by which references its secrets were given. */
  manage(id: string, managedBy: string | null, references: References): Promise<void>
  remove(id: string): Promise<void>
}

/**
 * What has to be done for the receivers that are wanted to stand, in the order of the files, with deletions last.
 * @throws InputError where a mask stands for no secret
 */
export function planReceivers(
  wanted: readonly WantedReceiver[],
  standing: readonly StandingReceiver[],
  { managedBy, prune }: PlanOptions,
  secrets: SecretBox,
  writer: ReceiverWriter,
): Step[] {
  const steps: Step[] = []
  checkAll(
    ...wanted.map((one) => () => {
      const before = standing.find(({ receiver }) => receiver.name === one.name)
      refuseMasks(one, before?.receiver ?? null)
      steps.push(before ? planUpdate(one, before) : planCreate(one))
    }),
  )
  const names = new Set(wanted.map(({ name }) => name))
  const left = standing.filter(
    ({ receiver }) => managedBy !== null && receiver.managedBy === managedBy && !names.has(receiver.name),
  )
  return [
    ...steps,
    ...left.map(({ receiver }) =>
      planLeft(ConfigurationKind.RECEIVER, receiver.name, prune, () => writer.remove(receiver.id)),
    ),
  ]

  function planCreate({ name, settings, references }: WantedReceiver): Step {
    return {
      change: changeOf(name, ChangeAction.CREATE, []),
      write: async () => {
        const { id } = await writer.create(name, sealed(settings, null))
        await writer.manage(id, managedBy, references)
      },
    }
  }

  function planUpdate({ name, settings, references }: WantedReceiver, before: StandingReceiver): Step {
    const { receiver } = before
    const differing = differences(name, settings, receiver)
    const details = [
      ...differing,
      ...(isDeepStrictEqual(references, before.references) ? [] : ['other variables are named']),
      ...managementDifferences(receiver.managedBy, managedBy),
    ]
    if (details.length === 0) return { change: changeOf(name, ChangeAction.KEEP, []), write: writeNothing }
    return {
      change: changeOf(name, ChangeAction.UPDATE, details),
      write: async () => {
        if (differing.length > 0) await writer.update(receiver.id, sealed(settings, receiver))
        await writer.manage(receiver.id, managedBy, references)
      },
    }
  }

  function differences(name: string, settings: ReceiverSettings, receiver: Receiver): string[] {
    const before = new Map(entriesOfReceiver(name, receiver))
    return entriesOfReceiver(name, settings).flatMap(([key, value]) => {
      const stands = before.get(key)
      if (key === 'secret' || key === 'token')
        return isSameSecret(value as string | null, stands as string | null) ? [] : [`${key} differs`]
      return isDeepStrictEqual(value, stands)
        ? []
        : [`${key}: ${JSON.stringify(stands)} -> ${JSON.stringify(value)}`]
    })
  }

  function isSameSecret(plain: string | null, sealedText: string | null): boolean {
    if (plain === null || sealedText === null) return plain === sealedText
    if (plain === MASK) return true
    try {
      return secrets.open(sealedText) === plain
    } catch (thrown) {
      if (thrown instanceof SecretBoxError) return false
      throw thrown
    }
  }

  /** As it is stored: a masked secret stays the one of before. */
  function sealed(settings: ReceiverSettings, before: Receiver | null): ReceiverSettings {
    const stored = secretKeys.map((key) => {
      const plain = settings[key]
      if (plain === null) return [key, null]
      return [key, plain === MASK ? (before?.[key] ?? null) : secrets.seal(plain)]
    })
    return { ...settings, ...(Object.fromEntries(stored) as Pick<ReceiverSettings, 'secret' | 'token'>) }
  }
}

function refuseMasks({ settings, path }: WantedReceiver, before: Receiver | null): void {
  const masked = secretKeys.filter((key) => settings[key] === MASK && (before?.[key] ?? null) === null)
  const message = 'is the mask of a secret, but no secret is stored here'
  if (masked.length > 0) throw new InputError(masked.map((key) => ({ path: `${path}.${key}`, message })))
}

function changeOf(name: string, action: ChangeAction, details: readonly string[]): Change {
  return { kind: ConfigurationKind.RECEIVER, name, action, details }
}
