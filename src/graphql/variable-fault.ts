import type { GraphQLError } from 'graphql'
import type { FieldFault } from '../errors.js'
import { shorten } from '../sources/shorten.js'

const LONGEST_MESSAGE = 500

/**
 * The bad field that graphql-js names in the message of a variable it could not accept; null for any other error. Three
 * forms: `Variable "$input" got invalid value 1 at "input.actions[0].config"; <reason>`, the same without a place, and
 * `Variable "$id" of required type "ID!" was not provided.`
 */
export function variableFault(error: GraphQLError): FieldFault | null {
  const variable = /^Variable "\$(\w+)" /.exec(error.message)?.[1]
  if (variable === undefined || error.path) return null
  // The value itself is quoted in front of the place and may hold anything, so the last place is the right one.
  const place = /^.* at "([^"]*)"; (.*)$/s.exec(error.message)
  const path = (place?.[1] ?? variable).replaceAll(/\[(\d+)\]/g, '.$1')
  const reason = place?.[2] ?? error.message.slice(error.message.lastIndexOf('; ') + 1).replace(/^ /, '')
  // Not in the words of a type system: people read it beside the field that they have filled in.
  if (reason.startsWith('Int cannot represent')) return { path, message: 'must be a whole number' }
  const inner = /^Field "(\w+)" (?:of required type|is not defined)/.exec(reason)?.[1]
  return { path: inner === undefined ? path : `${path}.${inner}`, message: shortened(reason) }
}

/** Messages quote what was sent; nobody needs a megabyte of it back. */
export function shortened(message: string): string {
  return shorten(message, LONGEST_MESSAGE)
}
