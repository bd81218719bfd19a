import { z } from 'zod'
import { webhookSigner } from '../actions/webhook-config.js'
import { pathFault } from '../inbox/body-path.js'
import { mappedFields, plainMapping, RECEIVER_NAME, type ReceiverMapping } from '../inbox/receiver.js'
import { storableFault } from '../sources/storable.js'

/** The smallest and largest limits of a body, in bytes; the server itself takes no larger ones. */
const SMALLEST_LIMIT = 256
const LARGEST_LIMIT = 1024 * 1024
const DEFAULT_LIMIT = 64 * 1024

const checked = (fault: (value: string) => string | null) => (value: string, context: z.RefinementCtx) => {
  const message = fault(value)
  if (message !== null) context.addIssue({ code: 'custom', message })
}

/** Where something is found in a body. */
export const bodyPlace = z
  .string('must be text')
  .superRefine(checked((path) => storableFault(path) ?? pathFault(path)))
  .nullish()

const mapping = z
  .strictObject(Object.fromEntries(mappedFields.map((field) => [field, bodyPlace])))
  .transform((given): ReceiverMapping => {
    const places = Object.entries(given).map(([field, path]) => [field, path ?? null])
    return { ...plainMapping, ...Object.fromEntries(places) }
  })

const description = z
  .string('must be text')
  .max(1_000, 'must have 1,000 characters at most')
  .superRefine(checked(storableFault))
const secret = z
  .string('must be text')
  .min(8, 'must have 8 to 512 characters')
  .max(512, 'must have 8 to 512 characters')
  .superRefine(checked(secretFault))
const token = z
  .string('must be text')
  .regex(/^[\x21-\x7e]{8,512}$/, 'must have 8 to 512 printable characters without spaces')
const maxBytes = z
  .int('must be a whole number')
  .min(SMALLEST_LIMIT, `must be from ${SMALLEST_LIMIT} to ${LARGEST_LIMIT}`)
  .max(LARGEST_LIMIT, `must be from ${SMALLEST_LIMIT} to ${LARGEST_LIMIT}`)
const flag = z.boolean('must be true or false')

/** A new receiver. */
export const createReceiverInput = z.strictObject({
  name: z.string('must be text').regex(RECEIVER_NAME, 'must have 1 to 64 characters of a to z, 0 to 9 and -'),
  description: description.nullish().transform((text) => text ?? null),
  enabled: flag.nullish().transform((value) => value ?? true),
  secret: secret.nullish().transform((text) => text ?? null),
  generateSecret: flag.nullish().transform((value) => value ?? false),
  token: token.nullish().transform((text) => text ?? null),
  mapping: mapping.nullish().transform((given) => given ?? plainMapping),
  maxBytes: maxBytes.nullish().transform((bytes) => bytes ?? DEFAULT_LIMIT),
})

/** Absent = keep, null = clear. */
export const updateReceiverInput = z
  .strictObject({
    description: description.nullable(),
    enabled: flag,
    secret: secret.nullable(),
    generateSecret: flag.nullable(),
    token: token.nullable(),
    mapping: mapping.nullable().transform((given) => given ?? plainMapping),
    maxBytes: maxBytes.nullable().transform((bytes) => bytes ?? DEFAULT_LIMIT),
  })
  .partial()

function secretFault(text: string): string | null {
  try {
    webhookSigner(text)
    return null
  } catch {
    return 'must hold something, in base64 after whsec_'
  }
}
