import { z } from 'zod'
import { NotFoundError } from '../errors.js'
import type { KeyBook } from '../keys/api-key.js'
import { newKeyText } from '../keys/key-text.js'
import { ApiScope } from '../keys/scope.js'
import type { Commands } from './commands.js'
import { oneOf } from './one-of.js'
import { parseInput } from './parse-input.js'

export interface KeyCommandDeps {
  readonly keys: KeyBook
  /** Told of a key that has changed, so that nobody here goes by what it was. */
  readonly forgetKey: (id: string) => void
  readonly clock: () => Date
}

type KeyCommands = Pick<Commands, 'createApiKey' | 'revokeApiKey'>

export function createKeyCommands({ keys, forgetKey, clock }: KeyCommandDeps): KeyCommands {
  return {
    async createApiKey(input) {
      const settings = parseInput(apiKeyInput(clock()), input)
      const { text, ...kept } = newKeyText()
      return { apiKey: await keys.add({ ...settings, ...kept }), key: text }
    },

    async revokeApiKey(id) {
      const apiKey = await keys.revoke(id)
      if (!apiKey) throw new NotFoundError('API key', id)
      forgetKey(id)
      return { apiKey }
    },
  }
}

const apiKeyInput = (now: Date) =>
  z.strictObject({
    name: z
      .string('must be text')
      .trim()
      .min(1, 'must have 1 to 100 characters')
      .max(100, 'must have 1 to 100 characters')
      .regex(/^\P{Cc}*$/u, 'must not contain control characters'),
    scopes: z
      .array(oneOf(ApiScope), 'must be a list')
      .min(1, 'must have one scope at least')
      .transform((scopes) => [...new Set(scopes)]),
    expiresAt: z
      .date('must be a time')
      .refine((at) => at > now, 'must be in the future')
      .nullish()
      .transform((at) => at ?? null),
  })
