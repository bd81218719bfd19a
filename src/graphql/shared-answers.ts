import {
  createSourceEventStream,
  type DocumentNode,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
} from 'graphql'
import type { Context } from './context.js'

type Answers = Map<DocumentNode, Map<string, Promise<ExecutionResult>>>

/**
 * How subscriptions are answered: what many of one key ask in the same words of the same event is executed once. The event, the document
 * and the key are told apart by being the same object, the same text and the same id.
 */
export function createSubscribe() {
  const answers = new WeakMap<object, Answers>()

  const answer = (event: object, args: ExecutionArgs, alike: string): Promise<ExecutionResult> => {
    const ofEvent = answers.get(event) ?? kept(answers, event, new Map())
    const ofDocument = ofEvent.get(args.document) ?? kept(ofEvent, args.document, new Map())
    return ofDocument.get(alike) ?? kept(ofDocument, alike, executed({ ...args, rootValue: event }))
  }

  return async (args: ExecutionArgs): Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>> => {
    const events = await createSourceEventStream(args)
    if (!(Symbol.asyncIterator in events)) return events
    const { principal } = args.contextValue as Context
    const alike = JSON.stringify([principal.keyId, args.operationName, args.variableValues])
    return mapped(events as AsyncIterable<object>, (event) => answer(event, args, alike))
  }
}

async function executed(args: ExecutionArgs): Promise<ExecutionResult> {
  return execute(args)
}

function kept<Key, Value>(map: { set(key: Key, value: Value): unknown }, key: Key, value: Value): Value {
  map.set(key, value)
  return value
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
