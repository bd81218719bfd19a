import { InputError } from '../../errors.js'
import type { ReceiverSettings } from '../../inbox/receiver.js'
import { checkAll, parseInput, refuse } from '../parse-input.js'
import { resolveKeepingSecrets } from './kept-secrets.js'
import { type ReceiverEntry, receiverEntry, secretKeys, settingsOfReceiver } from './receiver-entries.js'
import type { References, Variables } from './references.js'

/** A receiver as files want it. */
export interface WantedReceiver {
  readonly name: string
  /** Its secrets plain; a mask keeps the secret that is stored there. */
  readonly settings: ReceiverSettings
  readonly references: References
  /** Where it stands in the files. */
  readonly path: string
}

/** Reads the receivers of files. Throws `InputError` with every bad field. */
export function readReceivers(
  entries: readonly (Readonly<Record<string, unknown>> | undefined)[],
  variables: Variables,
): WantedReceiver[] {
  const wanted: WantedReceiver[] = []
  checkAll(
    ...entries.map((given, index) => () => {
      if (!given) return
      const path = `receivers.${index}`
      const secrets = Object.fromEntries(
        secretKeys.filter((key) => key in given).map((key) => [key, given[key]]),
      )
      const { value, references, faults } = resolveKeepingSecrets(secrets, variables, path, (keep) =>
        Object.fromEntries(
          Object.entries(secrets).map(([key, text]) => [key, typeof text === 'string' ? keep(text) : text]),
        ),
      )
      checkAll(
        () => refuse(faults),
        () => {
          const entry = entryAt(path, { ...given, ...(value as object) })
          wanted.push({ name: entry.name, settings: settingsOfReceiver(entry), references, path })
        },
      )
    }),
  )
  return wanted
}

function entryAt(path: string, given: object): ReceiverEntry {
  try {
    return parseInput(receiverEntry, given)
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown
    throw new InputError(thrown.fields.map((fault) => ({ ...fault, path: `${path}.${fault.path}` })))
  }
}
