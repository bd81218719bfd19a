import { GraphQLScalarType } from 'graphql'
import { GraphQLDateTime, GraphQLJSON } from 'graphql-scalars'

/** Instants as RFC 3339 text in UTC; anything else is refused when read. */
export const DateTime = new GraphQLScalarType<Date, Date>({
  ...GraphQLDateTime.toConfig(),
  description:
    'An instant as RFC 3339 text, such as 2007-12-03T10:15:30.123Z; answers are in UTC, to the millisecond.',
})

/** Any JSON value. */
export const Json = new GraphQLScalarType({
  ...GraphQLJSON.toConfig(),
  description: 'Any JSON value: an object, a list, a text, a number, true, false or null.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
})
