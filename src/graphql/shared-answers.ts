import {
  createSourceEventStream,
  type DocumentNode,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  Kind,
  visit,
} from 'graphql'
import type { Context } from './context.js'

/** Answers that are kept at a time, the newest: whoever is told of an event later than that has it executed anew. */
const KEPT = 500

/**
 * How subscriptions are answered: what many of one key ask of the same event, by the same document with the same variables, is executed
 * once. Never across keys: what is masked for one may be whole for another.
 */
export function createSubscribe() {
  const answers = new Map<string, Promise<ExecutionResult>>()
  const idOf = numbered()

  const answer = (event: object, args: ExecutionArgs, asked: string): Promise<ExecutionResult> => {
    const id = `${idOf(event)} ${asked}`
    const known = answers.get(id)
    if (known) return known
    const fresh = executed({ ...args, rootValue: event })
    answers.set(id, fresh)
    // The oldest: a map keeps its keys in the order in which they came.
    for (const oldest of answers.keys()) {
      if (answers.size <= KEPT) break
      answers.delete(oldest)
    }
    return fresh
  }

  return async (args: ExecutionArgs): Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>> => {
    const events = await createSourceEventStream(args)
    if (!(Symbol.asyncIterator in events)) return events
    const { document, operationName, variableValues, contextValue } = args
    const { principal } = contextValue as Context
    const variables = withoutBeginnings(document, variableValues ?? {})
    const asked = `${idOf(document)} ${JSON.stringify([principal.keyId, operationName, variables])}`
    return mapped(events as AsyncIterable<object>, (event) => answer(event, args, asked))
  }
}

async function executed(args: ExecutionArgs): Promise<ExecutionResult> {
  return execute(args)
}

/** A number for each object, the same whenever it is asked for. */
function numbered(): (object: object) => number {
  const numbers = new WeakMap<object, number>()
  let last = 0
  return (object) => {
    const number = numbers.get(object) ?? ++last
    numbers.set(object, number)
    return number
  }
}

/** The variables but for those that only say where a subscription begins: subscribers that resume each have a place of their own. */
function withoutBeginnings(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const beginnings = new Set(
    document.definitions.flatMap((definition) =>
      definition.kind !== Kind.OPERATION_DEFINITION
        ? []
        : definition.selectionSet.selections.flatMap((field) =>
            field.kind !== Kind.FIELD
              ? []
              : (field.arguments ?? []).flatMap(({ name, value }) =>
                  name.value === 'after' && value.kind === Kind.VARIABLE ? [value.name.value] : [],
                ),
          ),
    ),
  )
  if (beginnings.size === 0) return variables
  const uses = new Map<string, number>()
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void uses.set(name.value, (uses.get(name.value) ?? 0) + 1),
  })
  return Object.fromEntries(
    Object.entries(variables).filter(([name]) => !beginnings.has(name) || uses.get(name) !== 1),
  )
}

/** Not a generator: that would end only after the event for which it waits, which may never come. */
function mapped<From, To>(
  source: AsyncIterable<From>,
  map: (value: From) => Promise<To>,
): AsyncIterableIterator<To> {
  const iterator = source[Symbol.asyncIterator]()
  return {
    async next() {
      const { done, value } = await iterator.next()
      return done ? { done, value: undefined } : { done: false, value: await map(value) }
    },
    async return() {
      await iterator.return?.()
      return { done: true, value: undefined }
    },
    async throw(failure) {
      await iterator.return?.()
      throw failure
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
