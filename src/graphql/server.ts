import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { ApolloServer } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled'
import { expressMiddleware } from '@as-integrations/express5'
import { GraphQLError, type OperationDefinitionNode } from 'graphql'
import type { Caller } from '../audit/caller.js'
import { callerOf } from '../http/caller.js'
import type { GraphqlFace } from '../http/graphql-face.js'
import type { Admission, Principal } from '../http/principal.js'
import type { DetailedLines } from '../logger/paced.js'
import { type Context, type ContextDeps, createContext } from './context.js'
import { createFormatError } from './errors.js'
import { limitRules, parseOptions, validationOptions } from './limits.js'
import { type ResolverDeps, createSchema } from './schema.js'
import { createSockets } from './socket.js'

export interface GraphqlDeps extends ResolverDeps, ContextDeps, Admission {
  /** An operation over HTTP was answered after so many milliseconds; `type` is `unknown` where it was none. */
  readonly onAnswered?: (type: string, durationMs: number) => void
  /** Paced: a fault that one operation meets is met by many. */
  readonly logger: DetailedLines
}

/** Makes GraphQL ready to answer: operations over HTTP by Apollo, and over sockets by graphql-ws, both behind the same limits. */
export async function startGraphql(deps: GraphqlDeps): Promise<GraphqlFace> {
  const schema = createSchema(deps)
  const formatError = createFormatError(deps.logger)
  const contextOf = (principal: Principal, caller: Caller): Context => createContext(deps, principal, caller)

  const apollo = new ApolloServer<Context>({
    schema,
    parseOptions,
    validationRules: limitRules,
    validationOptions,
    formatError: (_formatted, error) => formatError(error),
    introspection: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // A key in a header cannot come from a foreign page without a preflight, so it counts as one of the safe headers.
    csrfPrevention: { requestHeaders: ['x-api-key', 'authorization', 'apollo-require-preflight'] },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      {
        requestDidStart: async () => {
          const begunAt = performance.now()
          return {
            didResolveOperation: async ({ operation }) => refuseSubscription(operation),
            willSendResponse: async ({ operation }) =>
              deps.onAnswered?.(operation?.operation ?? 'unknown', performance.now() - begunAt),
          }
        },
      },
    ],
    logger: forApollo(deps.logger),
  })
  await apollo.start()

  const sockets = createSockets({
    schema,
    contextOf,
    formatError,
    authenticate: deps.authenticate,
    countRequest: deps.countRequest,
    isStillValid: deps.isStillValid,
    running: deps.running,
    logger: deps.logger,
  })
  return {
    handle: expressMiddleware(apollo, {
      context: async ({ req, res }) => contextOf(res.locals.principal as Principal, callerOf(req, res)),
    }),
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      sockets.upgrade(request, socket, head),
    get openSockets() {
      return sockets.open
    },
    close: async () => {
      await sockets.close()
      await apollo.stop()
    },
  }
}

/** Apollo tells everything in one text, in which what varies stands too. */
function forApollo(lines: DetailedLines): Record<keyof DetailedLines, (text: unknown) => void> {
  const said = (level: keyof DetailedLines) => (text: unknown) =>
    lines[level]({ text }, 'a message of Apollo')
  return { debug: said('debug'), info: said('info'), warn: said('warn'), error: said('error') }
}

/** Without this Apollo would execute it once, as if it were a query, on an event that is not there. */
function refuseSubscription(operation: OperationDefinitionNode | undefined): void {
  if (operation?.operation !== 'subscription') return
  const message = 'Subscriptions need a socket: graphql-transport-ws on this same path.'
  throw new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } })
}
