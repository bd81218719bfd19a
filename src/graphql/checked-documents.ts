import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, specifiedRules, validate } from 'graphql'
import { limitRules, parseOptions, validationOptions } from './limits.js'

/** Documents that are kept; beyond them all are forgotten and checked anew. */
const KEPT = 200
/** Longer ones are not kept, in characters. */
const LONGEST_KEPT = 8_192

/**
 * What operations on sockets ask, parsed and validated under the same limits as over HTTP. A document that many ask is checked once, and
 * a thousand subscriptions hold it once.
 */
export class CheckedDocuments {
  private readonly kept = new Map<string, DocumentNode>()

  constructor(private readonly schema: GraphQLSchema) {}

  /** The document, or why it is refused. */
  check(text: string): DocumentNode | GraphQLError[] {
    const known = this.kept.get(text)
    if (known) return known
    try {
      const document = parse(text, parseOptions)
      const errors = validate(this.schema, document, [...specifiedRules, ...limitRules], validationOptions)
      if (errors.length > 0) return [...errors]
      this.keep(text, document)
      return document
    } catch (failure) {
      if (failure instanceof GraphQLError) return [failure]
      const extensions = { code: 'GRAPHQL_PARSE_FAILED' }
      return [new GraphQLError('Syntax Error', { originalError: failure as Error, extensions })]
    }
  }

  private keep(text: string, document: DocumentNode): void {
    if (text.length > LONGEST_KEPT) return
    if (this.kept.size >= KEPT) this.kept.clear()
    this.kept.set(text, document)
  }
}
