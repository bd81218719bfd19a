import type { z } from 'zod'

const nouns: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

/** What is expected where a schema does not say it itself, in the words of every other fault. */
export const expectation: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value'))
    return 'is required'
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${nouns[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`
    case 'too_small':
      if (issue.origin === 'number') return `must be ${issue.minimum} or more`
      return issue.minimum === 1
        ? 'must not be empty'
        : `must have ${issue.minimum} ${partsOf(issue.origin)} or more`
    case 'too_big':
      if (issue.origin === 'number') return `must be ${issue.maximum} at most`
      return `must have ${issue.maximum} ${partsOf(issue.origin)} at most`
    default:
      return undefined
  }
}

const partsOf = (origin: string): string => (origin === 'string' ? 'characters' : 'entries')
