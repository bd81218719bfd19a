import { Kind, type OperationDefinitionNode, OperationTypeNode, parse } from 'graphql'
import { say } from '../../strings.js'

/** What is to be run. */
export interface Operation {
  readonly query: string
  readonly operationName: string | undefined
  readonly variables: unknown
  readonly isSubscription: boolean
}

/**
 * The operation of a document that the cursor (an offset in it) is in, the first where it is in none.
 * Throws an `Error` in words for the reader where the document or the variables cannot be read.
 */
export function operationAt(query: string, variables: string, cursor: number): Operation {
  const operations = parse(query).definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  )
  const found = operations.find(({ loc }) => loc && loc.start <= cursor && cursor <= loc.end) ?? operations[0]
  if (!found) throw new Error(say.explorer.noOperation)
  return {
    query,
    operationName: found.name?.value,
    variables: variables.trim() === '' ? {} : readVariables(variables),
    isSubscription: found.operation === OperationTypeNode.SUBSCRIPTION,
  }
}

function readVariables(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(say.explorer.noJson(why), { cause: error })
  }
}
