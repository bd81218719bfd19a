import { z } from 'zod'
import type { ActionType } from './action.js'
import type { Handlers } from './handler.js'

/** What can be done for an alert, and what it wants to know, for those who make forms of it. */
export interface ActionTypeInfo {
  readonly type: ActionType
  readonly title: string
  readonly description: string
  /** JSON Schema (2020-12) of the config; what says `writeOnly` is a secret. */
  readonly configSchema: Readonly<Record<string, unknown>>
}

/** Describes every handler. What a schema checks by code alone (a template's syntax, an address) is not in it. */
export function describeHandlers({ list }: Handlers): readonly ActionTypeInfo[] {
  return list.map(({ type, title, description, schema }) => ({
    type,
    title,
    description,
    configSchema: z.toJSONSchema(schema, { io: 'input' }),
  }))
}
