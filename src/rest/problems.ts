import { z } from 'zod'
import { named } from './schemas.js'

/** Every failure of REST, as the server writes it. */
export const problemShape = named(
  'Problem',
  z
    .object({
      type: z.string().describe('Always about:blank: the status says what kind of problem it is.'),
      title: z.string().describe('The status in words.'),
      status: z.int().describe('The HTTP status.'),
      detail: z.string().describe('What is wrong, in a sentence.'),
      code: z.string().optional().describe('The code that GraphQL has for it, such as BAD_USER_INPUT.'),
      errors: z
        .array(
          z.object({
            path: z
              .string()
              .describe('Where it stands in the body or the query, such as actions.0.config.url.'),
            message: z.string().describe('What was expected.'),
          }),
        )
        .optional()
        .describe('Every bad field.'),
    })
    .describe('What went wrong, as RFC 9457 says it.'),
)

/** When a request is answered with each status. */
export const problems = {
  400: 'A field or a parameter is bad or unknown, or the body is no JSON.',
  401: 'There is no key, or none that is valid.',
  403: 'The key has too small a scope.',
  404: 'What is named is not there, or no longer.',
  409: 'It does not fit the state things are in.',
  413: 'The body is over 1 MB.',
  415: 'The body is not said to be application/json.',
  429: 'The key asks for too much; Retry-After says when to come again.',
  500: 'Something went wrong here; the log of the server says what.',
  503: 'The database is away or the server is starting; try again soon.',
} as const

export type Problem = keyof typeof problems
