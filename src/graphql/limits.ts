import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases'
import { GraphQLError, type OperationDefinitionNode, type ParseOptions, type ValidationRule } from 'graphql'
import { measure } from './measure.js'

/**
 * What an operation may cost, before any of it runs. One module for both transports: Apollo and the socket parse with
 * `parseOptions` and validate with `limitRules`.
 */
export const limits = {
  depth: 12,
  introspectionDepth: 20,
  aliases: 30,
  tokens: 5_000,
  /** Values of an answer as `measure` estimates them: whole pages with all their edges pass, their powers do not. */
  cost: 2_000_000,
} as const

/** Counted while parsing, so that the rest of a huge document is never looked at. */
export const parseOptions = { maxTokens: limits.tokens } satisfies ParseOptions

/** Faults that an answer tells of at most: nobody mends a hundred at once, and each costs as much time as a small operation. */
export const validationOptions = { maxErrors: 10 } as const

/**
 * Whether graphql-js itself gave up: too many tokens, or more field pairs to compare than it is willing to. It gives these
 * failures no code of their own, and spells "than" as "that".
 */
export function isTooMuch(error: GraphQLError): boolean {
  return /^Syntax Error: Document contains more tha[nt] \d+ tokens|^Validation aborted\.$/.test(error.message)
}

const aliasRule = maxAliasesRule({
  n: limits.aliases,
  // Its default lets any number of aliased `__typename` through.
  allowList: [],
  propagateOnRejection: false,
  onReject: [(context) => context?.reportError(tooComplex(`more than ${limits.aliases} aliases`))],
})

/**
 * Depth and cost. graphql-armor's depth rule knows only one bound and leaves `__schema` out of it altogether, where
 * introspection needs one of its own; graphql-query-complexity brings a second copy of graphql into an ES module.
 */
const sizeRule: ValidationRule = (context) => ({
  OperationDefinition(operation: OperationDefinitionNode) {
    const { depth, introspectionDepth, cost } = measure(operation, context)
    if (depth > limits.depth) context.reportError(tooComplex(`deeper than ${limits.depth} fields`))
    if (introspectionDepth > limits.introspectionDepth)
      context.reportError(tooComplex(`introspects deeper than ${limits.introspectionDepth} fields`))
    if (cost > limits.cost) context.reportError(tooComplex('asks for too many values at once'))
  },
})

export const limitRules: ValidationRule[] = [aliasRule, sizeRule]

function tooComplex(how: string): GraphQLError {
  return new GraphQLError(`This operation is too large: ${how}.`, {
    extensions: { code: 'COMPLEXITY_LIMIT' },
  })
}
