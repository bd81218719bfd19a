import { z } from 'zod'
import {
  mappedFields,
  plainMapping,
  type ReceiverMapping,
  type ReceiverSettings,
} from '../../inbox/receiver.js'
import { bodyPlace, createReceiverInput } from '../receiver-input.js'

/** What a file calls each place of a mapping. */
const placeKeys = {
  id: 'id',
  timestamp: 'timestamp',
  status: 'status',
  errorCode: 'error_code',
  message: 'message',
} as const

/** What a command takes, and what it takes it for where it is left out. */
const taken = createReceiverInput.shape

/** Where in a body each is found, as a file has it. */
const mappingEntry = z
  .strictObject(
    Object.fromEntries(mappedFields.map((field) => [placeKeys[field], bodyPlace])),
    'must be a map',
  )
  .nullish()
  .transform((given): ReceiverMapping => ({
    ...plainMapping,
    ...Object.fromEntries(mappedFields.map((field) => [field, given?.[placeKeys[field]] ?? null])),
  }))

/** A receiver in a file, its references resolved: what the command takes, spelled as the tables spell it. */
export const receiverEntry = z.strictObject({
  name: taken.name,
  description: taken.description,
  enabled: taken.enabled,
  secret: taken.secret,
  token: taken.token,
  mapping: mappingEntry,
  max_bytes: taken.maxBytes,
})

/** The parts of an entry that may name variables. */
export const secretKeys = ['secret', 'token'] as const

export type ReceiverEntry = z.output<typeof receiverEntry>

/** The settings that an entry stands for, its secrets plain. */
export function settingsOfReceiver(entry: ReceiverEntry): ReceiverSettings {
  const { description, enabled, secret, token, mapping, max_bytes: maxBytes } = entry
  return { description, enabled, secret, token, mapping, maxBytes }
}

/** The settings of a receiver in the order of a file, by their names there. */
export function entriesOfReceiver(
  name: string,
  { description, enabled, secret, token, mapping, maxBytes }: ReceiverSettings,
): (readonly [key: string, value: unknown])[] {
  const places = mappedFields
    .filter((field) => mapping[field] !== null)
    .map((field) => [placeKeys[field], mapping[field]])
  return [
    ['name', name],
    ['description', description],
    ['enabled', enabled],
    ['secret', secret],
    ['token', token],
    ['mapping', places.length === 0 ? null : Object.fromEntries(places)],
    ['max_bytes', maxBytes],
  ]
}

/** What an entry stands for that says nothing but its name. */
export const plainReceiver = settingsOfReceiver(receiverEntry.parse({ name: 'a' }))
